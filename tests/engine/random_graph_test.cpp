// Random expressions: programs of ops drawn from fixed seeds, whose gradients and Hessian-vector
// products must agree with finite differences.
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/gradient_check.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "tests/catch.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// One op of a program: from all values so far to the next.
struct Step {
  std::string text;
  std::function<Tensor(const Tensors& values)> apply;
};

class RandomProgram {
 public:
  RandomProgram(std::uint64_t seed, int steps) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      const Shape shape = random_shape();
      leaves_.push_back(
          random_uniform(shape, {seed, static_cast<std::uint64_t>(i)}, -1, 1, DType::f64));
    }
    Tensors values = leaves_;
    while (static_cast<int>(steps_.size()) < steps) append(random_step(values), values);
    // The result weighs every value, so that nothing is left out.
    for (std::size_t i = 0; i < values.size(); ++i)
      weights_.push_back(random_uniform(values[i].shape(), {seed, 100 + i}, -1, 1, DType::f64));
  }

  const Tensors& leaves() const { return leaves_; }

  // The program's scalar result at other leaves.
  Tensor operator()(const Tensors& leaves) const {
    Tensors values = leaves;
    for (const Step& step : steps_) values.push_back(step.apply(values));
    Tensor result = dot(values[0], weights_[0]);
    for (std::size_t i = 1; i < values.size(); ++i) result = result + dot(values[i], weights_[i]);
    return result;
  }

  std::string text() const {
    std::string all;
    for (std::size_t i = 0; i < steps_.size(); ++i)
      all += "v" + std::to_string(leaves_.size() + i) + " = " + steps_[i].text + "\n";
    return all;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  Shape random_shape() {
    std::vector<std::int64_t> dims(below(4));
    for (auto& dim : dims) dim = static_cast<std::int64_t>(1 + below(3));
    return Shape(dims);
  }

  // Appends a step, and one that brings its value back to size 1 if it has grown: conditioning.
  void append(Step step, Tensors& values) {
    values.push_back(step.apply(values));
    steps_.push_back(std::move(step));
    double largest = 0;
    for (double v : values.back().to_vector()) largest = std::max(largest, std::fabs(v));
    if (largest > 2) {
      const std::size_t at = values.size() - 1;
      append({"scale(v" + std::to_string(at) + ")",
              [at, factor = 1 / largest](const Tensors& v) { return scale(v[at], factor); }},
             values);
    }
  }

  Step random_step(const Tensors& values) {
    const std::size_t a = below(values.size());
    const Tensor& x = values[a];
    const auto one = [a](const std::string& name, const std::function<Tensor(const Tensor&)>& f) {
      return Step{name + "(v" + std::to_string(a) + ")",
                  [a, f](const Tensors& v) { return f(v[a]); }};
    };
    switch (below(20)) {
      case 0: return one("tanh", tanh);
      case 1: return one("sigmoid", sigmoid);
      case 2: return one("exp", exp);
      case 3: return one("square", square);
      case 4: return one("negate", negate);
      // inside their domains, whatever x is
      case 5: return one("log 1+square", [](const Tensor& t) { return log(1.0 + square(t)); });
      case 6: return one("sqrt 1+square", [](const Tensor& t) { return sqrt(1.0 + square(t)); });
      case 7:
        return one("pow 1+square", [](const Tensor& t) { return pow(1.0 + square(t), -1.5); });
      case 8:
        return one("logsumexp",
                   [axes = random_axes(x)](const Tensor& t) { return logsumexp(t, axes, true); });
      case 9: return one("sum", [axes = random_axes(x)](const Tensor& t) { return sum(t, axes); });
      case 10:
        return one("mean",
                   [axes = random_axes(x)](const Tensor& t) { return mean(t, axes, true); });
      case 11: return one("reshape", [](const Tensor& t) { return reshape(t, Shape{t.size()}); });
      case 12: return one("transpose", [](const Tensor& t) { return transpose(t); });
      case 13:
        return one("broadcast_to", [](const Tensor& t) {
          std::vector<std::int64_t> dims = t.shape().dims();
          dims.insert(dims.begin(), 2);
          return broadcast_to(t, Shape(dims));
        });
      case 14:
        if (x.rank() == 0)
          return one("abs 2+tanh", [](const Tensor& t) { return abs(2.0 + tanh(t)); });
        return one("pad slice",
                   [axis = static_cast<int>(below(x.shape().dims().size()))](const Tensor& t) {
                     return slice(pad(t, axis, 1, 1), axis, 1, t.dim(axis) + 1);
                   });
      case 15:
        if (x.rank() == 0)
          return one("softmax 1", [](const Tensor& t) { return softmax(reshape(t, Shape{1})); });
        return one("log_softmax", [](const Tensor& t) { return log_softmax(t); });
      case 16: {  // a product of a matrix with another's transpose
        const std::size_t b = below(values.size());
        const std::int64_t rows = x.size(), columns = values[b].size();
        return {"matmul(v" + std::to_string(a) + ", v" + std::to_string(b) + ")",
                [=](const Tensors& v) {
                  const Tensor left = reshape(v[a], Shape{1, rows});
                  const Tensor right = reshape(v[b], Shape{columns, 1});
                  return matmul(matmul(left, matmul(left, right, true, true)), right);
                }};
      }
      default: return random_binary(values, a);
    }
  }

  Axes random_axes(const Tensor& x) {
    Axes axes;
    for (int axis = 0; axis < x.rank(); ++axis)
      if (below(2)) axes.push_back(axis);
    return axes;
  }

  // A binary op of v_a and a value that broadcasts with it: v_a itself, if no other does.
  Step random_binary(const Tensors& values, std::size_t a) {
    std::vector<std::size_t> partners;
    for (std::size_t b = 0; b < values.size(); ++b)
      if (broadcasts(values[a].shape(), values[b].shape())) partners.push_back(b);
    const std::size_t b = partners[below(partners.size())];
    const auto two = [a, b](const std::string& name,
                            const std::function<Tensor(const Tensor&, const Tensor&)>& f) {
      return Step{name + "(v" + std::to_string(a) + ", v" + std::to_string(b) + ")",
                  [a, b, f](const Tensors& v) { return f(v[a], v[b]); }};
    };
    switch (below(4)) {
      case 0: return two("add", add);
      case 1: return two("subtract", subtract);
      case 2: return two("multiply", multiply);
      default:
        return two("divide by 1+square",
                   [](const Tensor& x, const Tensor& y) { return x / (1.0 + square(y)); });
    }
  }

  static bool broadcasts(const Shape& a, const Shape& b) {
    for (int i = 1; i <= std::min(a.rank(), b.rank()); ++i) {
      const std::int64_t da = a[a.rank() - i], db = b[b.rank() - i];
      if (da != db && da != 1 && db != 1) return false;
    }
    return true;
  }

  std::mt19937_64 random_;
  Tensors leaves_;
  std::vector<Step> steps_;
  Tensors weights_;
};

double relative(double a, double b) {
  return std::fabs(a - b) / std::max({1.0, std::fabs(a), std::fabs(b)});
}

TEST_CASE("random expressions: gradients and Hessian-vector products") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomProgram f(seed, 4 + static_cast<int>(seed % 12));
    INFO("seed " << seed << "\n" << f.text());
    const Tensors& x = f.leaves();
    const Tensors u = random_like(x, seed, 1000), v = random_like(x, seed, 2000);

    const double slope = derivative_at_zero([&](double t) { return f(moved(x, t, v)).item(); });
    CHECK(relative(inner(grad(f(x), x), v), slope) < 1e-8);

    Hvp hvp(f(x), x);
    const Tensors hv = hvp(v);
    const double curvature = derivative_at_zero([&](double t) {
      const Tensors moved_x = moved(x, t, v);
      return inner(grad(f(moved_x), moved_x), u);
    });
    CHECK(relative(inner(hv, u), curvature) < 1e-8);
    CHECK(relative(inner(hv, u), inner(hvp(u), v)) < 1e-12);
  }
}

}  // namespace
}  // namespace gradus
