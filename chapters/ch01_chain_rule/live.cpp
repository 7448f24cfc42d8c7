// Chapter 1, live: the error of a finite difference at the reader's step.

#include "chapters/live/live.h"
#include "autodiff/grad.h"
#include "chapters/ch01_chain_rule/small_net.h"

namespace gradus::live {

// log10 h, 1 for single precision. Row: relative errors, forward and central,
// of the slope along v; the slope itself in double precision.
Steps differences(Controls at) {
  const double h = std::pow(10.0, at[0]);
  const DType dtype = at[1] == 1 ? DType::f32 : DType::f64;
  return [=, done = false]() mutable -> Row {
    if (done) return {};
    done = true;
    const SmallNet exact(0), net(0, dtype);
    const Params u = random_direction(exact.w, {0, 10});
    const double slope = inner_product(grad(exact.loss(exact.w), exact.w), u);
    const NoGrad values_only;
    Params v;
    for (const Tensor& part : u)
      v.push_back(from_host(part.to_vector(), part.shape(), dtype));
    const auto value = [&](double step) {
      return net.loss(add_scaled(net.w, step, v)).item();
    };
    const auto error = [&](double difference) {
      return std::abs(difference - slope) / std::abs(slope);
    };
    return {error((value(h) - value(0)) / h),
            error((value(h) - value(-h)) / (2 * h))};
  };
}

}  // namespace gradus::live
