#include "nn/instruments/coordinate_check.h"

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

std::vector<Tensor> values(const std::vector<Layer>& layers) {
  std::vector<Tensor> h;
  for (const Layer& layer : layers) h.push_back(layer.h);
  return h;
}

}  // namespace

std::vector<CoordinateRow> coordinate_check(const LayersOf& layers, std::vector<Tensor> params,
                                            const TrainingStep& training_step, std::int64_t steps) {
  check(steps >= 0, "[coordinate_check] the number of steps is ", steps);
  std::vector<Layer> start;
  std::vector<CoordinateRow> rows;
  for (std::int64_t t = 0; t <= steps; ++t) {
    if (t > 0) params = training_step(params, t - 1);
    const NoGrad values_only;
    const std::vector<Layer> now = layers(params);
    if (t == 0) start = now;
    check_same_shapes("coordinate_check", "what a layer computes", values(start), values(now));
    for (std::size_t l = 0; l < now.size(); ++l)
      rows.push_back(
          {t, now[l].name, l + 1 == now.size(), rms(now[l].h), rms(now[l].h - start[l].h)});
  }
  return rows;
}

}  // namespace gradus
