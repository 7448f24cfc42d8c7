#include "nn/instruments/landscape.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

// NaN compares false with everything and would hide; here it is as high as infinity.
double height(double loss) {
  return std::isnan(loss) ? std::numeric_limits<double>::infinity() : loss;
}

std::size_t highest(const std::vector<double>& loss) {
  const auto lower = [](double a, double b) { return height(a) < height(b); };
  return static_cast<std::size_t>(std::max_element(loss.begin(), loss.end(), lower) - loss.begin());
}

}  // namespace

double LossLine::barrier() const {
  const std::size_t top = highest(loss);
  return top == 0 ? 0.0 : height(loss[top]) - loss[0];
}

double LossLine::barrier_at() const { return t[highest(loss)]; }

namespace {

using Vector = std::vector<Tensor>;
using LossAt = std::function<Tensor(const Vector& params)>;

// The points of a line by their number.
class Line {
 public:
  Line(const LossAt& loss, const Vector& from, const Vector& to, int points)
      : loss_(loss), from_(from), to_(to), last_(points - 1) {
    check(points >= 2, "[loss_along_line] ", points, " points; a line needs at least its two ends");
    check_same_shapes("loss_along_line", "the end", from, to);
    way_ = add_scaled(to, -1.0, from);
  }
  double t(int i) const { return static_cast<double>(i) / last_; }
  double loss(int i) const {
    return loss_(i == 0 ? from_ : i == last_ ? to_ : add_scaled(from_, t(i), way_)).item();
  }

 private:
  const LossAt& loss_;
  const Vector& from_;
  const Vector& to_;
  Vector way_;
  int last_;
};

}  // namespace

LossLine loss_along_line(const LossAt& loss, const Vector& from, const Vector& to, int points) {
  const NoGrad values_only;
  const Line line(loss, from, to, points);
  LossLine result;
  for (int i = 0; i < points; ++i) {
    result.t.push_back(line.t(i));
    result.loss.push_back(line.loss(i));
  }
  return result;
}

bool line_has_barrier(const LossAt& loss, const Vector& from, const Vector& to, int points) {
  const NoGrad values_only;
  const Line line(loss, from, to, points);
  const double start = height(line.loss(0));
  // Strides that halve: each visits the points that no longer one did.
  for (int stride = 32; stride > 0; stride /= 2)
    for (int i = stride; i < points; i += stride)
      if ((stride == 32 || i % (2 * stride) != 0) && height(line.loss(i)) > start) return true;
  return false;
}

}  // namespace gradus
