#pragma once

#include <functional>
#include <utility>

#include "autodiff/hvp.h"
#include "chapters/ch12_sharpness/networks.h"
#include "chapters/support/csv.h"
#include "chapters/support/stopwatch.h"

/// Chapter 12. The methods where the answer is known, what a product costs, and
/// how the methods converge.
namespace gradus {

/// All eigenvalues of three uv nets, in descending order.
inline void measure_uv(Csv& rows) {
  struct Net {
    std::int64_t width;
    UvState state;
    double target;
  };
  for (const auto& [n, state, y] :
       {Net{1, {2, 5}, 1}, Net{8, {1, 2}, 0.3}, Net{8, {-1, 2}, 2}}) {
    const UvConfig config{.width = n};
    const Params w = uv_params(config, state.f, state.lam);
    Hvp hvp(square(uv(config)(w, ones({1, 1}, DType::f64)) - y) / 2, w);
    const Spectrum found =
        top_eigenvalues(std::ref(hvp), w, 2 * n, {.tolerance = 1e-12});
    for (double x : found.eigenvalues)
      rows.row({n, state.f, state.lam, y, x});
  }
}

// [small]
/// f = abc, where the eigenvalue of largest magnitude is not the largest.
inline void measure_wrong(Csv& rows) {
  const Tensor half = full({1}, 0.5, DType::f64);
  const Tensor a = 1 * half, b = 1 * half, c = 1 * half;
  Hvp hvp(square(a * b * c - 1) / 2, {a, b, c});
  const EigenOptions precise{.tolerance = 1e-7, .max_products = 200};
  const double by_power =
      power_iteration(std::ref(hvp), {a, b, c}, precise).lambda_max;
  const double by_lanczos =
      sharpness(std::ref(hvp), {a, b, c}, precise).lambda_max;
  rows.row({"abc by power iteration", by_power});
  rows.row({"abc by Lanczos", by_lanczos});
}
// [small]

/// A net so small that its Hessian can be eliminated: 5-6-6-3, 84 parameters.
inline void measure_dense(std::uint64_t seed, Csv& rows) {
  const Examples examples = random_examples(12, 5, 3, {seed, 400});
  const Model net = network(examples, 6, 3);
  const Params w = init(net, seed, DType::f64);
  Hvp hvp(loss_of(net, w, examples), w);
  const double found =
      sharpness(std::ref(hvp), w, {.tolerance = 1e-7}).lambda_max;
  rows.row({"84 weights by Lanczos", found});
  rows.row({"84 weights by elimination",
            largest_eigenvalue(dense(std::ref(hvp), w), 0, 10 * found)});
}

// [product]
/// Pearlmutter (1994): the gradient of <g, v>, with a graph of its own.
inline Params product_afresh(const Tensor& loss, const Params& w,
                             const Params& v) {
  const Params g = grad(loss, w, {.record = true});
  Tensor slope = dot(g[0], v[0]);
  for (std::size_t i = 1; i < g.size(); ++i) slope = slope + dot(g[i], v[i]);
  return grad(slope, w);
}
// [product]

/// Each pass nine times; `checks` gets what the two products differ by.
inline void measure_cost(std::uint64_t seed, Csv& times, Csv& checks) {
  const Examples examples = random_examples(256, 256, 10, {seed, 101});
  const Model net = network(examples, 256, 6);
  const Params w = init(net, seed, DType::f64);
  const Params v = random_vector(w, {seed, 100});
  const auto loss = [&] { return loss_of(net, w, examples); };
  const auto afresh = [&] { return product_afresh(loss(), w, v); };
  Hvp hvp(loss(), w);  // keeps the graph of the gradient
  const auto forward = [&] {
    const NoGrad values_only;
    loss();
  };
  const std::pair<const char*, std::function<void()>> passes[] = {
      {"forward", forward},
      {"gradient", [&] { grad(loss(), w); }},
      {"product", [&] { hvp(v); }},
      {"product afresh", [&] { afresh(); }}};
  for (const auto& [name, pass] : passes)
    for (int round = 0; round < 9; ++round)
      times.row({name, round, seconds_of(pass)});
  const Params kept = hvp(v);
  checks.row({"difference of two products",
              norm(add_scaled(kept, -1, afresh())) / norm(kept)});
}

inline void add_trace(const char* matrix, const char* method,
                      const Trace& trace, Csv& rows) {
  for (std::size_t k = 0; k < trace.value.size(); ++k)
    rows.row({matrix, method, k + 1, trace.value[k], trace.residual[k]});
}

/// 20 eigenvalues crowd between 0.9 and 1, and 280 fill 0 to 0.5. (A rotation
/// would change nothing: the start is random.)
inline void converge_planted(std::uint64_t seed, int products, Csv& rows,
                             Csv& checks) {
  Values eigenvalues;
  for (int i = 0; i < 20; ++i) eigenvalues.push_back(1 - 0.1 * i / 19);
  for (int i = 0; i < 280; ++i) eigenvalues.push_back(0.5 * i / 279);
  const Tensor diagonal = from_host(eigenvalues, {300}, DType::f64);
  const LinearOperator planted = [&](const Params& v) {
    return Params{diagonal * v[0]};
  };
  const Params start = random_vector({diagonal}, {seed, 200});
  add_trace("planted", "power", power(planted, start, products), rows);
  add_trace("planted", "Lanczos", lanczos(planted, start, products), rows);
  const EigenOptions same{
      .tolerance = 0, .max_products = 24, .start = start, .start_noise = 0};
  checks.row({"planted by nn/instruments/sharpness.h",
              sharpness(planted, start, same).lambda_max});
}

/// A network after one step of gradient descent; its top eigenvector from
/// before the step is a warm start.
inline void converge_network(const Examples& examples, std::uint64_t seed,
                             int products, Csv& rows) {
  const Model net = network(examples, 256, 3);
  Params w = init(net, seed, DType::f64);
  Hvp before(loss_of(net, w, examples), w);
  const Sharpness old = sharpness(std::ref(before), w, {.tolerance = 1e-4});
  w = add_scaled(w, -1 / old.lambda_max, before.gradient());
  Hvp after(loss_of(net, w, examples), w);
  const Params start = random_vector(w, {seed, 300});
  add_trace("network", "power", power(std::ref(after), start, products),
            rows);
  add_trace("network", "Lanczos", lanczos(std::ref(after), start, products),
            rows);
  add_trace("network", "warm",
            lanczos(std::ref(after), old.eigenvector, products / 2), rows);
}

}  // namespace gradus
