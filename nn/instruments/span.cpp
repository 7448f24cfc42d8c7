#include "nn/instruments/span.h"

#include <Eigen/QR>
#include <algorithm>
#include <utility>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

void check_spans(const Span& span, const EarlyTraining& training) {
  check(!training.batch && !training.fresh,
        "[in_span] training goes through batches, which may lie outside the span");
  const Tensor& x = training.measuring.x;
  check(x.rank() == 2 && span.coordinates.dim(0) == x.dim(0) && span.basis.dim(1) == x.dim(1),
        "[in_span] inputs ", x.shape(), " are not those of a span of ", span.coordinates.shape(),
        " coordinates and a basis ", span.basis.shape());
}

}  // namespace

Span span_of(const Tensor& x) {
  check(x.rank() == 2, "[span_of] x is ", x.shape(), "; it needs one row for each example");
  const Eigen::Index n = x.dim(0), d = x.dim(1), r = std::min(n, d);
  // Eigen's matrices are column-major: x in row-major order is x^T, and so on.
  const std::vector<double> values = x.to_vector();
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(
      Eigen::Map<const Eigen::MatrixXd>(values.data(), d, n));
  const Eigen::MatrixXd basis = qr.householderQ() * Eigen::MatrixXd::Identity(d, r);
  const Eigen::MatrixXd coordinates = qr.matrixQR().topRows(r).triangularView<Eigen::Upper>();
  const auto tensor = [&](const Eigen::MatrixXd& transposed) {
    const double* begin = transposed.data();
    return from_host(std::vector<double>(begin, begin + transposed.size()),
                     {transposed.cols(), transposed.rows()}, x.dtype(), x.device());
  };
  return {tensor(coordinates), tensor(basis)};
}

// [in_span]
EarlyTraining in_span(EarlyTraining training, const Span& span) {
  check_spans(span, training);
  training.measuring.x = span.coordinates;
  Tensor& first = training.start.front();
  first = matmul(span.basis, first);
  training.model.params.front().shape = first.shape();
  return training;
}
// [in_span]

}  // namespace gradus
