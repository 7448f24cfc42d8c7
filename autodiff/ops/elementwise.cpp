#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/ops/op.h"

/// Elementwise ops act on each entry by itself, so their Jacobian is diagonal: dy = f'(x) dx
/// entry by entry gives x_bar = f'(x) y_bar. Where f' is a simple function of y, the rule uses y.
namespace gradus {
namespace {

Tensor map(const char* name, Unary op, const Tensor& x, double p, Vjp vjp) {
  Tensor y = empty_like(x, x.shape());
  backend(x.device()).unary(op, array_of(x), p, array_of(y));
  return record(name, std::move(y), {x}, {std::move(vjp)});
}

// Broadcasting is an op of its own with its own rule, so a and b have one shape in `combine`'s ops.
template <class Op>
Tensor combine(const char* name, Binary kernel, const Tensor& a, const Tensor& b, const Op& op,
               std::initializer_list<Vjp> vjps) {
  Backend& device = common_backend(name, a, b);
  if (!(a.shape() == b.shape())) {
    const Shape shape = broadcast_shape(name, a.shape(), b.shape());
    return op(broadcast_to(a, shape), broadcast_to(b, shape));
  }
  Tensor y = empty_like(a, a.shape());
  device.binary(kernel, array_of(a), array_of(b), array_of(y));
  return record(name, std::move(y), {a, b}, vjps);
}

}  // namespace

Tensor negate(const Tensor& x) { return scale(x, -1.0); }

Tensor scale(const Tensor& x, double factor) {
  // y = c x, dy = c dx  =>  x_bar = c y_bar
  return map(
      "scale", Unary::scale, x, factor,
      [factor](const Inputs&, const Tensor&, const Tensor& y_bar) { return scale(y_bar, factor); });
}

Tensor divide_by(const Tensor& x, double c) {
  // y = x / c, dy = dx / c  =>  x_bar = y_bar / c
  return map(
      "divide_by", Unary::divide_by, x, c,
      [c](const Inputs&, const Tensor&, const Tensor& y_bar) { return divide_by(y_bar, c); });
}

Tensor shift(const Tensor& x, double constant) {
  // y = x + c, dy = dx  =>  x_bar = y_bar
  return map("shift", Unary::shift, x, constant,
             [](const Inputs&, const Tensor&, const Tensor& y_bar) { return y_bar; });
}

Tensor pow(const Tensor& x, double exponent) {
  // y = x^p, dy = p x^(p-1) dx  =>  x_bar = p x^(p-1) y_bar; for p = 0 this is 0, also at x = 0
  return map("pow", Unary::power, x, exponent,
             [exponent](const Inputs& in, const Tensor&, const Tensor& y_bar) {
               if (exponent == 0.0) return scale(y_bar, 0.0);
               return y_bar * scale(pow(in[0], exponent - 1.0), exponent);
             });
}

Tensor exp(const Tensor& x) {
  // y = e^x, dy = y dx  =>  x_bar = y y_bar
  return map("exp", Unary::exp, x, 0.0,
             [](const Inputs&, const Tensor& y, const Tensor& y_bar) { return y_bar * y; });
}

Tensor log(const Tensor& x) {
  // y = log x, dy = dx / x  =>  x_bar = y_bar / x
  return map("log", Unary::log, x, 0.0,
             [](const Inputs& in, const Tensor&, const Tensor& y_bar) { return y_bar / in[0]; });
}

Tensor sqrt(const Tensor& x) {
  // y^2 = x, 2 y dy = dx  =>  x_bar = y_bar / (2 y)
  return map("sqrt", Unary::sqrt, x, 0.0, [](const Inputs&, const Tensor& y, const Tensor& y_bar) {
    return scale(y_bar / y, 0.5);
  });
}

Tensor square(const Tensor& x) {
  // y = x^2, dy = 2 x dx  =>  x_bar = 2 x y_bar
  return map("square", Unary::square, x, 0.0,
             [](const Inputs& in, const Tensor&, const Tensor& y_bar) {
               return scale(y_bar * in[0], 2.0);
             });
}

Tensor abs(const Tensor& x) {
  // y = |x|, dy = sign(x) dx  =>  x_bar = sign(x) y_bar; the sign is constant off the kink
  return map("abs", Unary::abs, x, 0.0, [](const Inputs& in, const Tensor&, const Tensor& y_bar) {
    return y_bar * stop_gradient(sign(in[0]));
  });
}

// [tanh]
Tensor tanh(const Tensor& x) {
  // y = tanh x, dy = (1 - y^2) dx  =>  x_bar = (1 - y^2) y_bar
  return map("tanh", Unary::tanh, x, 0.0, [](const Inputs&, const Tensor& y, const Tensor& y_bar) {
    return y_bar * (1.0 - square(y));
  });
}
// [tanh]

Tensor sigmoid(const Tensor& x) {
  // y = 1 / (1 + e^-x), dy = y (1 - y) dx  =>  x_bar = y (1 - y) y_bar
  return map(
      "sigmoid", Unary::sigmoid, x, 0.0,
      [](const Inputs&, const Tensor& y, const Tensor& y_bar) { return y_bar * (y * (1.0 - y)); });
}

Tensor relu(const Tensor& x) {
  // y = max(x, 0), dy = [x > 0] dx  =>  x_bar = [x > 0] y_bar, and x > 0 exactly where y > 0
  return map("relu", Unary::relu, x, 0.0, [](const Inputs&, const Tensor& y, const Tensor& y_bar) {
    return where_positive(y_bar, stop_gradient(y));
  });
}

Tensor add(const Tensor& a, const Tensor& b) {
  // y = a + b, dy = da + db  =>  a_bar = b_bar = y_bar
  const Vjp same = [](const Inputs&, const Tensor&, const Tensor& y_bar) { return y_bar; };
  return combine("add", Binary::add, a, b, add, {same, same});
}

Tensor subtract(const Tensor& a, const Tensor& b) {
  // y = a - b, dy = da - db  =>  a_bar = y_bar, b_bar = -y_bar
  return combine("subtract", Binary::subtract, a, b, subtract,
                 {[](const Inputs&, const Tensor&, const Tensor& y_bar) { return y_bar; },
                  [](const Inputs&, const Tensor&, const Tensor& y_bar) { return -y_bar; }});
}

Tensor multiply(const Tensor& a, const Tensor& b) {
  // y = a b, dy = b da + a db  =>  a_bar = b y_bar, b_bar = a y_bar
  return combine(
      "multiply", Binary::multiply, a, b, multiply,
      {[](const Inputs& in, const Tensor&, const Tensor& y_bar) { return y_bar * in[1]; },
       [](const Inputs& in, const Tensor&, const Tensor& y_bar) { return y_bar * in[0]; }});
}

Tensor divide(const Tensor& a, const Tensor& b) {
  // y = a / b, b dy = da - y db  =>  a_bar = y_bar / b, b_bar = -y y_bar / b
  return combine(
      "divide", Binary::divide, a, b, divide,
      {[](const Inputs& in, const Tensor&, const Tensor& y_bar) { return y_bar / in[1]; },
       [](const Inputs& in, const Tensor& y, const Tensor& y_bar) {
         return -(y_bar * y / in[1]);
       }});
}

Tensor maximum(const Tensor& a, const Tensor& b) {
  // y = a where a >= b, else b  =>  a_bar = [a >= b] y_bar, b_bar = [a < b] y_bar
  return combine("maximum", Binary::maximum, a, b, maximum,
                 {[](const Inputs& in, const Tensor&, const Tensor& y_bar) {
                    return y_bar * stop_gradient(greater_equal(in[0], in[1]));
                  },
                  [](const Inputs& in, const Tensor&, const Tensor& y_bar) {
                    return y_bar * stop_gradient(less(in[0], in[1]));
                  }});
}

Tensor where_positive(const Tensor& x, const Tensor& gate) {
  // y = [gate > 0] x, dy = [gate > 0] dx  =>  x_bar = [gate > 0] y_bar; none for the gate
  return combine("where_positive", Binary::where_positive, x, gate, where_positive,
                 {[](const Inputs& in, const Tensor&, const Tensor& y_bar) {
                    return where_positive(y_bar, stop_gradient(in[1]));
                  },
                  nullptr});
}

}  // namespace gradus
