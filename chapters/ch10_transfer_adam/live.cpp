// Chapter 10, live: how far one step of Adam moves the output, and what eps
// leaves of it.

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/live/live.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus::live {
namespace {

constexpr double base_width = 256;

Row step_at(double width, const std::vector<double>& at) {
  const double m = width / base_width;
  const double base_lr = at[1] == 0 ? 1e-5 : 1e-3;
  const Adam::Options options{.lr = at[1] == 1 ? base_lr / m : base_lr,
                              .eps = at[3] == 1 ? at[2] / m : at[2]};
  const Model net =
      fcn({.in = 16,
           .width = std::int64_t(width),
           .depth = 3,
           .out = 1,
           .parametrisation = at[1] == 2 ? abc::mup_table8 : abc::sp,
           .base_width = std::int64_t(base_width)});
  const auto seed = std::uint64_t(at[4]);
  std::vector<Tensor> w = init(net, seed, DType::f64);
  const Tensor x = random_normal({8, 16}, {seed, 100}, 1.0, DType::f64);
  const Tensor c = random_normal({8, 1}, {seed, 101}, 1.0, DType::f64);
  const Tensor f = net(w, x);
  const std::vector<Tensor> g = grad(linear_loss(f, c), w);
  Adam(net, options).step(w, g);
  // An entry goes lr |g| / (|g| + eps); that of a dead unit is 0.
  double kept = 0, count = 0;
  for (const double v : g[1].to_vector()) {
    if (v == 0) continue;
    kept += std::abs(v) / (std::abs(v) + options.eps);
    ++count;
  }
  return {width, rms(net(w, x) - f) / base_lr, kept / count};
}

}  // namespace

// width, 0 for SP, 1 for SP with its rate over m, 2 for muP, eps, 1 if eps goes
// as 1/m, seed. A row for the base width, to compare with, and one for the
// reader's: width, the rms change of f in one step, per rate at the base width,
// and the mean share of a hidden entry's step that eps leaves.
Steps adam_step(Controls at) {
  return
      [all = Row(at.begin(), at.end()), next = base_width]() mutable -> Row {
        if (next == 0) return {};
        const double width = next;
        next = width == all[0] ? 0 : all[0];
        return step_at(width, all);
      };
}

}  // namespace gradus::live
