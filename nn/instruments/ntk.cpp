#include "nn/instruments/ntk.h"

#include <cmath>
#include <numeric>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/random_streams.h"
#include "nn/instruments/norms.h"

namespace gradus {
namespace {

// Cotangent number i: a unit vector, or a random probe.
Tensor cotangent(const Tensor& outputs, const NtkOptions& options, std::int64_t i) {
  if (options.probes > 0)
    return random_normal(
        outputs.shape(),
        {options.seed, instrument_stream::ntk_probe + static_cast<std::uint64_t>(i)}, 1.0,
        outputs.dtype(), outputs.device());
  std::vector<double> unit(static_cast<std::size_t>(outputs.size()));
  unit[static_cast<std::size_t>(i)] = 1.0;
  return from_host(unit, outputs.shape(), outputs.dtype(), outputs.device());
}

}  // namespace

std::vector<NtkShare> ntk_shares(const Tensor& outputs, const std::vector<Tensor>& params,
                                 const NtkOptions& options) {
  check(options.factors.empty() || options.factors.size() == params.size(), "[ntk_shares] ",
        options.factors.size(), " factors for ", params.size(), " parameters");
  check(options.probes == 0 || options.probes >= 2, "[ntk_shares] ", options.probes,
        " probes; ask for at least 2, or for 0: exact");
  const std::int64_t passes = options.probes > 0 ? options.probes : outputs.size();

  // norms[l][i] = |J_l^T z_i|, and over a power of two squares[l][i] = D_l |J_l^T z_i|^2
  const NoGrad values_only;
  std::vector<std::vector<double>> norms(params.size()), squares(params.size());
  double largest = 0;
  for (std::int64_t i = 0; i < passes; ++i) {
    const std::vector<Tensor> rows =
        vjp({outputs}, {cotangent(outputs, options, i)}, params, {.zeros = true});
    for (std::size_t l = 0; l < params.size(); ++l) {
      norms[l].push_back(frobenius_norm(rows[l]));
      largest = std::fmax(largest, norms[l].back());
    }
  }
  const int exponent = largest > 0 && std::isfinite(largest) ? std::ilogb(largest) : 0;
  for (std::size_t l = 0; l < params.size(); ++l) {
    const double factor = options.factors.empty() ? 1.0 : options.factors[l];
    for (const double length : norms[l]) {
      const double x = std::ldexp(length, -exponent);
      squares[l].push_back(factor * x * x);
    }
  }

  // Over unit vectors the squares sum to the trace; over probes their mean estimates it.
  const double count = static_cast<double>(passes);
  const double parts = options.probes > 0 ? count : 1.0;
  std::vector<NtkShare> shares(params.size());
  double total = 0;
  for (std::size_t l = 0; l < params.size(); ++l) {
    shares[l].trace = std::accumulate(squares[l].begin(), squares[l].end(), 0.0) / parts;
    total += shares[l].trace;
  }
  for (NtkShare& s : shares) {
    s.share = s.trace / total;
    s.trace = std::ldexp(s.trace, 2 * exponent);
  }
  if (options.probes == 0) return shares;

  // The standard error of a ratio of means a / b: that of the mean of a_i - (a / b) b_i, over b.
  for (std::size_t l = 0; l < params.size(); ++l) {
    double sum = 0;
    for (std::size_t i = 0; i < squares[l].size(); ++i) {
      double whole = 0;
      for (const std::vector<double>& layer : squares) whole += layer[i];
      const double deviation = squares[l][i] - shares[l].share * whole;
      sum += deviation * deviation;
    }
    shares[l].standard_error = std::sqrt(sum / (count * (count - 1))) / total;
  }
  return shares;
}

}  // namespace gradus
