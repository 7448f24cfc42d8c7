#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "autodiff/backend.h"
#include "autodiff/check.h"
#include "autodiff/tensor.h"

/// What the files of this folder share: how an op enters the graph.
namespace gradus {

using Inputs = std::vector<Tensor>;

/// `value`, remembered as the output of op `name` on `inputs` with one rule per input, unless
/// NoGrad is in force. Without rules the op has no gradient and says so when asked for one. A rule
/// is mostly a generic lambda, [](auto& in, auto& y, auto& y_bar) { ... }, unnamed where unused.
Tensor record(const char* name, Tensor value, std::initializer_list<Tensor> inputs,
              std::initializer_list<Vjp> vjps);

/// An uninitialised tensor of x's dtype and device.
inline Tensor empty_like(const Tensor& x, Shape shape) {
  return empty(std::move(shape), x.dtype(), x.device());
}

/// A function of one entry, with its parameter if it has one.
struct Formula {
  Formula(Unary name, double parameter = 0) : op(name), p(parameter) {}
  Unary op;
  double p;
};

/// f of every entry of x. A constant.
Tensor of_entries(Formula f, const Tensor& x);

/// The mask, 1 or 0, of where maximum(a, b) takes a; a and b have one shape. A constant.
Tensor first_wins(const Tensor& a, const Tensor& b);

/// The device that both operands are on; throws in op's name unless dtype and device agree.
Backend& common_backend(const char* op, const Tensor& a, const Tensor& b);

}  // namespace gradus
