// Chapter 13, live: the catapult at the reader's c, in the uv model and in a
// ReLU network on 128 images.

#include <algorithm>
#include <functional>

#include "chapters/ch13_catapult/experiment.h"
#include "chapters/ch13_catapult/train_uv.h"
#include "chapters/live/live.h"
#include "data/load.h"

namespace gradus::live {

// c. Rows: step, loss over the first loss, eta lambda_max, eta lam.
Steps catapult(Controls at) {
  const State start{small_start, at[0]};
  const Orbit map = orbit(start, 0, 30);
  const auto steps =
      std::find_if_not(map.begin(), map.end(), finite) - map.begin() - 1;
  std::vector<double> top;
  const Orbit states =
      train_uv({.width = 100}, start, 0, static_cast<int>(steps), &top);
  return [=, t = std::size_t{0}]() mutable -> Row {
    if (t == states.size()) return {};
    const auto [phi, kappa] = states[t];
    const double ratio = phi / start.phi;
    const Row row = {double(t), ratio * ratio, top[t], kappa};
    ++t;
    return row;
  };
}

// c, width, seed. Rows: step, loss over the first loss, eta lambda_max.
Steps catapult_images(Controls at) {
  const double c = at[0];
  const Dataset images = first(embedded_fashion_mnist().train, 128);
  const Tensor x = standardised_images(images, Layout::flat);
  const Tensor y = one_hot(images.labels, images.classes);
  const Model net = fcn({.width = std::int64_t(at[1]), .depth = 3});
  std::vector<Tensor> w = init(net, std::uint64_t(at[2])), top;
  return [=, t = 0, lr = 0.0, start = 0.0]() mutable -> Row {
    if (t > image_steps) return {};
    const Tensor L = mse_half_mean(net(w, x), y);
    const double loss = L.item();
    if (!(loss <= 1e5)) return {};
    Hvp H(L, w);
    const Sharpness found =
        sharpness(std::ref(H), w, {.tolerance = 1e-2, .start = top});
    top = found.eigenvector;
    if (t == 0) lr = c / found.lambda_max, start = loss;
    Sgd(net, {.lr = lr}).step(w, H.gradient());
    return {double(t++), loss / start, lr * found.lambda_max};
  };
}

}  // namespace gradus::live
