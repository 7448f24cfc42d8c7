#include "autodiff/ops.h"
#include "autodiff/ops/op.h"

namespace gradus {

Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b) {
  Backend& device = common_backend("matmul", a, b);
  const auto text = [](const Tensor& x, bool t) { return to_string(x.shape()) + (t ? "^T" : ""); };
  const auto refuse = [&](const auto&... why) {
    fail("[matmul] ", text(a, transpose_a), " x ", text(b, transpose_b), ": ", why...);
  };
  if (a.rank() != 2 || b.rank() != 2) refuse("both operands need rank 2");
  const MatmulSpec spec{.m = a.shape()[transpose_a ? 1 : 0],
                        .k = a.shape()[transpose_a ? 0 : 1],
                        .n = b.shape()[transpose_b ? 0 : 1],
                        .transpose_a = transpose_a,
                        .transpose_b = transpose_b};
  const std::int64_t b_rows = b.shape()[transpose_b ? 1 : 0];
  if (spec.k != b_rows) refuse("inner dimensions ", spec.k, " and ", b_rows, " differ");
  Tensor y = empty_like(a, {spec.m, spec.n});
  device.matmul(array_of(a), array_of(b), spec, array_of(y));

  // `Y = A B`, `dY = dA B + A dB`:
  //   <Y_bar, dA B> = <Y_bar B^T, dA>  =>  A_bar = Y_bar B^T
  //   <Y_bar, A dB> = <A^T Y_bar, dB>  =>  B_bar = A^T Y_bar
  // An operand that is stored transposed has the transposed cotangent: `(Y_bar B^T)^T = B Y_bar^T`.
  return record("matmul", std::move(y), {a, b},
                {[transpose_a, transpose_b](auto& in, auto&, auto& y_bar) {
                   return transpose_a ? matmul(in[1], y_bar, transpose_b, true)
                                      : matmul(y_bar, in[1], false, !transpose_b);
                 },
                 [transpose_a, transpose_b](auto& in, auto&, auto& y_bar) {
                   return transpose_b ? matmul(y_bar, in[0], true, transpose_a)
                                      : matmul(in[0], y_bar, !transpose_a, false);
                 }});
}

}  // namespace gradus
