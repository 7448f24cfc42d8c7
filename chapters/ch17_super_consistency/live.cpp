// Chapter 17, live: the curvature of one network along 50 steps.

#include <functional>

#include "autodiff/hvp.h"
#include "chapters/ch17_super_consistency/task.h"
#include "chapters/live/live.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

namespace gradus::live {

// Width, number of the variant, seed. Rows: step, loss and, when it is
// measured, eta lambda.
Steps sharpening(Controls at) {
  const Variant& variant = variants.at(std::size_t(at[1]));
  const Model net = network(variant, std::int64_t(at[0]));
  const Examples images = task({}, 1);
  return [=, w = init(net, std::uint64_t(at[2])), top = std::vector<Tensor>{},
          lr = variant.lr, t = 0]() mutable -> Row {
    if (t > kernel_steps) return {};
    const Tensor L = mse_half_mean(net(w, images.x), images.y);
    if (!(L.item() <= 1e5)) return {};
    Row row = {double(t), L.item()};
    Hvp H(L, w);
    if (measured(t)) {
      EigenOptions options{.tolerance = 1e-2, .start = top};
      options.seed = std::uint64_t(t);  // of the noise
      const Sharpness found = sharpness(std::ref(H), w, options);
      top = found.eigenvector;
      row.push_back(lr * found.lambda_max);
    }
    Sgd(net, {.lr = lr}).step(w, H.gradient());
    ++t;
    return row;
  };
}

}  // namespace gradus::live
