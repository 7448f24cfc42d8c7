#include "autodiff/hvp.h"

#include <algorithm>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/device.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"

namespace gradus {

Hvp::Hvp(const Tensor& loss, std::vector<Tensor> params)
    : params_(std::move(params)), gradient_(grad(loss, params_, {.record = true})) {}

Hvp::Hvp(Loss loss, std::vector<Tensor> params, std::int64_t examples)
    : Hvp(std::move(loss), std::move(params), examples, Options()) {}

Hvp::Hvp(Loss loss, std::vector<Tensor> params, std::int64_t examples, Options options)
    : loss_(std::move(loss)), params_(std::move(params)), examples_(examples), chunk_(examples) {
  check(examples > 0, "[hvp] the measuring set is empty");
  check(!params_.empty(), "[hvp] there are no parameters");
  // A graph takes fixed + per_example * examples bytes: two small ones tell both numbers.
  const auto graph_bytes = [&](std::int64_t count) {
    const Device device = params_.at(0).device();
    const std::int64_t before = memory_stats(device).live_bytes;
    const Gradient gradient = chunk_gradient(0, count);
    return memory_stats(device).live_bytes - before;
  };
  if (examples > 1) {
    const std::int64_t small = std::min<std::int64_t>(examples / 2, 8);
    const std::int64_t one = graph_bytes(small), two = graph_bytes(2 * small);
    const std::int64_t per_example = std::max<std::int64_t>((two - one) / small, 1);
    const std::int64_t fixed = std::max<std::int64_t>(2 * one - two, 0);
    const std::int64_t fit =
        std::clamp<std::int64_t>((options.budget_bytes - fixed) / per_example, 1, examples);
    const std::int64_t chunks = (examples + fit - 1) / fit;
    chunk_ = (examples + chunks - 1) / chunks;
  }
  if (chunk_ == examples) gradient_ = chunk_gradient(0, examples);
}

Hvp::Gradient Hvp::chunk_gradient(std::int64_t begin, std::int64_t end) const {
  const Recording on(true);
  return grad(loss_(params_, begin, end), params_, {.record = true});
}

std::vector<Tensor> Hvp::mean_over_chunks(
    const std::function<std::vector<Tensor>(const Gradient&)>& term) const {
  const NoGrad values_only;
  std::vector<Tensor> total(params_.size());
  // Sizes that differ by one example at most: what a chunk's graph leaves in the pool fits the next.
  const std::int64_t chunks = (examples_ + chunk_ - 1) / chunk_;
  for (std::int64_t i = 0; i < chunks; ++i) {
    const std::int64_t begin = examples_ * i / chunks, end = examples_ * (i + 1) / chunks;
    const double share = static_cast<double>(end - begin) / static_cast<double>(examples_);
    const std::vector<Tensor> part = term(chunk_gradient(begin, end));
    for (std::size_t p = 0; p < total.size(); ++p)
      total[p] = i == 0 ? scale(part[p], share) : total[p] + scale(part[p], share);
  }
  return total;
}

std::vector<Tensor> Hvp::operator()(const std::vector<Tensor>& v) {
  check(v.size() == params_.size(), "[hvp] the vector has ", v.size(), " tensors for ",
        params_.size(), " parameters");
  for (std::size_t i = 0; i < v.size(); ++i)
    check(v[i].shape() == params_[i].shape(), "[hvp] the vector has shape ", v[i].shape(),
          " for parameter ", i, " of shape ", params_[i].shape());
  ++products_;
  const auto times_v = [&](const Gradient& gradient) {
    return vjp(gradient, v, params_, {.zeros = true});  // a gradient linear in w has H = 0
  };
  return graph_kept() ? times_v(gradient_) : mean_over_chunks(times_v);
}

std::vector<Tensor> Hvp::gradient() {
  const auto values = [](const Gradient& gradient) {
    std::vector<Tensor> cut;
    for (const Tensor& g : gradient) cut.push_back(stop_gradient(g));
    return cut;
  };
  return graph_kept() ? values(gradient_) : mean_over_chunks(values);
}

}  // namespace gradus
