// Chapter 17, live: the curvature of one network along 50 steps.

#include <optional>

#include "autodiff/hvp.h"
#include "chapters/ch17_super_consistency/task.h"
#include "chapters/live/live.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

namespace gradus::live {

// Width, number of the variant, seed. Rows: step and loss; where eta lambda is
// measured, then also step, loss and a lower bound of eta lambda that each row
// raises. The last of a step is the answer.
Steps sharpening(Controls at) {
  const Variant& variant = variants.at(std::size_t(at[1]));
  const Model net = network(variant, std::int64_t(at[0]));
  const Examples images = task({}, 1);
  return [=, w = init(net, std::uint64_t(at[2])), top = std::vector<Tensor>{},
          lr = variant.lr, t = 0, L = std::optional<Tensor>(),
          H = std::optional<Hvp>(),
          search =
              std::optional<EigenSearch>()]() mutable -> std::optional<Row> {
    if (t > kernel_steps) return Row{};
    if (!L) {
      L = mse_half_mean(net(w, images.x), images.y);
      return L->item() <= 1e5 ? Row{double(t), L->item()} : Row{};
    }
    if (!H) {
      H.emplace(*L, w);
      EigenOptions options{.tolerance = 1e-2, .start = top};
      options.seed = std::uint64_t(t);  // of the noise
      if (measured(t)) search.emplace(*H, w, 1, options);
      return {};
    }
    if (search) {
      const bool more = search->step();
      const Spectrum found = search->found();
      if (!more) top = found.eigenvectors[0], search.reset();
      return Row{double(t), L->item(), lr * found.eigenvalues[0]};
    }
    Sgd(net, {.lr = lr}).step(w, H->gradient());
    L.reset(), H.reset();
    return ++t, std::nullopt;
  };
}

}  // namespace gradus::live
