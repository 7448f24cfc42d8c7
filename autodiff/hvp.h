#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "autodiff/tensor.h"

namespace gradus {

/// Products H v of the Hessian H of a scalar loss, exact (Pearlmutter 1994): the gradient g is
/// recorded once, and since H is symmetric, H v is the vjp of g with the cotangent v.
class Hvp {
 public:
  struct Options {
    std::int64_t budget_bytes = std::int64_t{2} << 30;  ///< memory that a graph may take
  };
  /// Mean loss over examples begin..end-1 of the measuring set, as a function of the parameters.
  using Loss = std::function<Tensor(const std::vector<Tensor>& params, std::int64_t begin,
                                    std::int64_t end)>;

  /// H of `loss` with respect to `params`, from a graph that exists already.
  Hvp(const Tensor& loss, std::vector<Tensor> params);
  /// H of the mean loss over `examples` examples. The gradient's graph is kept for every product
  /// if it fits the budget; otherwise each product goes chunk by chunk through the examples,
  /// building and freeing one chunk's graph at a time.
  Hvp(Loss loss, std::vector<Tensor> params, std::int64_t examples, Options options);
  Hvp(Loss loss, std::vector<Tensor> params, std::int64_t examples);

  /// H v; v and the result have one tensor per parameter, of its shape.
  std::vector<Tensor> operator()(const std::vector<Tensor>& v);

  /// The gradient at the same parameters.
  std::vector<Tensor> gradient();
  /// Whether one graph serves all products.
  bool graph_kept() const { return !gradient_.empty(); }
  /// Examples per chunk at most; all of them where the graph is kept.
  std::int64_t chunk() const { return chunk_; }
  /// How many products were computed so far.
  std::int64_t products() const { return products_; }

 private:
  using Gradient = std::vector<Tensor>;
  /// The recorded gradient of the mean loss over examples begin..end-1.
  Gradient chunk_gradient(std::int64_t begin, std::int64_t end) const;
  /// The mean over all examples of `term`, a linear function of a chunk's recorded gradient.
  std::vector<Tensor> mean_over_chunks(
      const std::function<std::vector<Tensor>(const Gradient&)>& term) const;

  Loss loss_;
  std::vector<Tensor> params_;
  Gradient gradient_;  // recorded; empty when chunked
  std::int64_t examples_ = 1;
  std::int64_t chunk_ = 1;
  std::int64_t products_ = 0;
};

}  // namespace gradus
