#include "chapters/live/ten_steps.h"

#include <cmath>

#include "autodiff/grad.h"
#include "data/load.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

namespace gradus::live {
namespace {

using Params = std::vector<Tensor>;

const Examples& images() {
  static const Examples all = [] {
    const Dataset first_512 = first(embedded_fashion_mnist().train, 512);
    return Examples{standardised_images(first_512, Layout::flat),
                    one_hot(first_512.labels, first_512.classes)};
  }();
  return all;
}

Tensor loss_of(const EarlyTraining& training, const Params& w) {
  return training.loss(training.model(w, training.measuring.x),
                       training.measuring.y);
}

// A search for lambda at w, where the loss is L.
EigenSearch search_at(const Tensor& L, const Params& w, double tolerance,
                      const Params& top) {
  return {Hvp(L, w), w, 1, {.tolerance = tolerance, .start = top}};
}

// One more product for lambda_0, if that is not known yet; whether it is now.
bool search_on(Start& start, const Tensor& L) {
  if (start.initial.products == 0)
    start.search = search_at(L, start.training.start, start.tolerance, {});
  if (!start.search) return true;
  const bool more = start.search->step();
  start.initial = start.search->found();
  if (!more) start.search.reset();
  return !more;
}

}  // namespace

std::shared_ptr<Start> start_of(const FcnConfig& network, double tolerance) {
  const Model net = fcn(network);
  return std::make_shared<Start>(Start{.training = {.model = net,
                                                    .loss = mse_half_mean,
                                                    .start = init(net, 0),
                                                    .measuring = images()},
                                       .tolerance = tolerance,
                                       .search = {},
                                       .initial = {}});
}

Steps ten_steps(const std::shared_ptr<Start>& start, double c) {
  return [=, w = std::vector<Params>{start->training.start}, L = Tensor(),
          loss = std::vector<double>{}, known = false, t = std::size_t{0},
          top = Params{},
          search =
              std::optional<EigenSearch>()]() mutable -> std::optional<Row> {
    const EarlyTraining& training = start->training;
    const auto lost = [&](double value) {
      return !(value <= training.limits.divergence);
    };
    if (loss.empty()) {
      L = loss_of(training, w[0]);
      loss.push_back(L.item());
      return Row{0, loss[0]};
    }
    if (!known) {
      known = search_on(*start, L);
      return Row{start->initial.eigenvalues[0]};
    }
    const double lambda_0 = start->initial.eigenvalues[0];
    if (loss.size() <= std::size_t(training.steps) && !lost(loss.back())) {
      Params moved = w.back();
      Sgd(training.model, {.lr = c / lambda_0}).step(moved, grad(L, moved));
      w.push_back(moved);
      L = loss_of(training, moved);
      loss.push_back(L.item());
      return Row{double(loss.size() - 1), loss.back()};
    }
    if (t == loss.size()) return Row{};
    double lambda = lambda_0;
    if (t == 0) {
      top = start->initial.eigenvectors[0];
    } else if (lost(loss[t])) {
      lambda = std::nan("");
    } else {
      if (!search) {
        search =
            search_at(loss_of(training, w[t]), w[t], training.tolerance, top);
        return {};
      }
      if (search->step()) return {};
      const Spectrum found = search->found();
      top = found.eigenvectors[0], lambda = found.eigenvalues[0];
      search.reset();
    }
    const Row row = {double(t), loss[t], lambda / lambda_0};
    return ++t, row;
  };
}

}  // namespace gradus::live
