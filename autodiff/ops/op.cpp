#include "autodiff/ops/op.h"

#include "autodiff/recording.h"

namespace gradus {

Tensor record(const char* name, Tensor value, std::initializer_list<Tensor> inputs,
              std::initializer_list<Vjp> vjps) {
  if (!recording()) return value;
  Node& node = *value.node();
  node.name = name;
  node.inputs = inputs;
  node.vjps = vjps;
  return value;
}

Tensor of_entries(Formula f, const Tensor& x) {
  Tensor y = empty_like(x, x.shape());
  backend(x.device()).unary(f.op, array_of(x), f.p, array_of(y));
  return y;
}

Backend& common_backend(const char* op, const Tensor& a, const Tensor& b) {
  check(a.dtype() == b.dtype(), "[", op, "] operands are ", a.dtype(), " and ", b.dtype(),
        "; make both the same dtype");
  check(a.device() == b.device(), "[", op, "] operands are on ", a.device(), " and ", b.device(),
        "; move both to one device");
  return backend(a.device());
}

}  // namespace gradus
