#include "nn/landscape.h"

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

LossLine loss_along_line(const std::function<Tensor(const std::vector<Tensor>& params)>& loss,
                         const std::vector<Tensor>& from, const std::vector<Tensor>& to,
                         int points) {
  check(points >= 2, "[loss_along_line] ", points, " points; a line needs at least its two ends");
  const NoGrad values_only;
  const std::vector<Tensor> way = add_scaled(to, -1.0, from);
  LossLine line;
  for (int i = 0; i < points; ++i) {
    const double t = static_cast<double>(i) / (points - 1);
    const bool start = i == 0, end = i + 1 == points;
    line.t.push_back(t);
    line.loss.push_back(loss(start ? from : end ? to : add_scaled(from, t, way)).item());
  }
  return line;
}

}  // namespace gradus
