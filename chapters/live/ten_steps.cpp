#include "chapters/live/ten_steps.h"

#include <cmath>

#include "autodiff/grad.h"
#include "data/load.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

namespace gradus::live {

Start start_of(const FcnConfig& network, double tolerance) {
  const Dataset images = first(embedded_fashion_mnist().train, 512);
  const Model net = fcn(network);
  Start start;
  start.training = {.model = net,
                    .loss = mse_half_mean,
                    .start = init(net, 0),
                    .measuring = {standardised_images(images, Layout::flat),
                                  one_hot(images.labels, images.classes)}};
  start.initial = sharpness_at(start.training, start.training.start,
                               {.tolerance = tolerance});
  return start;
}

Steps ten_steps(const Start& start, double c) {
  using Params = std::vector<Tensor>;
  return [=, w = std::vector<Params>{start.training.start},
          loss = std::vector<double>{}, t = std::size_t{0},
          top = start.initial.eigenvector]() mutable -> Row {
    const auto& [training, initial] = start;
    const auto& [x, y] = training.measuring;
    if (w.size() > loss.size()) {
      const Tensor L = mse_half_mean(training.model(w.back(), x), y);
      loss.push_back(L.item());
      if (L.item() <= training.limits.divergence &&
          loss.size() <= std::size_t(training.steps)) {
        Params moved = w.back();
        Sgd(training.model, {.lr = c / initial.lambda_max})
            .step(moved, grad(L, moved));
        w.push_back(moved);
      }
      return {double(loss.size() - 1), loss.back()};
    }
    if (t == loss.size()) return {};
    double lambda = initial.lambda_max;
    if (!(loss[t] <= training.limits.divergence)) {
      lambda = std::nan("");
    } else if (t > 0) {
      const Sharpness found = sharpness_at(
          training, w[t], {.tolerance = training.tolerance, .start = top});
      top = found.eigenvector, lambda = found.lambda_max;
    }
    const Row row = {double(t), loss[t], lambda / initial.lambda_max};
    return ++t, row;
  };
}

}  // namespace gradus::live
