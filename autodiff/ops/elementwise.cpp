#include <cstddef>

#include "autodiff/ops.h"
#include "autodiff/ops/op.h"
#include "autodiff/recording.h"

/// Elementwise ops act on each entry by itself, so their Jacobian is diagonal: dy = f'(x) dx
/// entry by entry gives x_bar = f'(x) y_bar. Where f' is a simple function of y, the rule uses y.
/// A rule here is a function of the op's operands, its output y and y_bar.

// A rule calls its arguments x, or a and b, as the op does whose rule it is.
#pragma GCC diagnostic ignored "-Wshadow"

namespace gradus {
namespace {

template <class Rule>
Tensor map(const char* name, Formula f, const Tensor& x, Rule rule) {
  return record(name, of_entries(f, x), {x},
                {[rule](auto& in, auto& y, auto& y_bar) { return rule(in[0], y, y_bar); }});
}

template <class Rule>
Vjp of_pair(Rule rule) {
  return [rule](auto& in, auto& y, auto& y_bar) { return rule(in[0], in[1], y, y_bar); };
}
Vjp of_pair(std::nullptr_t) { return nullptr; }

// The op of two operands whose rules are a_rule and b_rule. Broadcasting is an op of its own with
// its own rule, so in these rules a and b have one shape.
template <class Op, class RuleA, class RuleB>
Tensor combine(const char* name, Binary kernel, const Tensor& a, const Tensor& b, const Op& op,
               RuleA a_rule, RuleB b_rule) {
  Backend& device = common_backend(name, a, b);
  if (!(a.shape() == b.shape())) {
    const Shape shape = broadcast_shape(name, a.shape(), b.shape());
    return op(broadcast_to(a, shape), broadcast_to(b, shape));
  }
  Tensor y = empty_like(a, a.shape());
  device.binary(kernel, array_of(a), array_of(b), array_of(y));
  return record(name, std::move(y), {a, b}, {of_pair(a_rule), of_pair(b_rule)});
}

}  // namespace

Tensor negate(const Tensor& x) { return scale(x, -1.0); }

Tensor scale(const Tensor& x, double factor) {
  // y = c x, dy = c dx  =>  x_bar = c y_bar
  return map("scale", {Unary::scale, factor}, x,
             [factor](auto&, auto&, auto& y_bar) { return factor * y_bar; });
}

Tensor divide_by(const Tensor& x, double c) {
  // y = x / c, dy = dx / c  =>  x_bar = y_bar / c
  return map("divide_by", {Unary::divide_by, c}, x,
             [c](auto&, auto&, auto& y_bar) { return y_bar / c; });
}

Tensor shift(const Tensor& x, double constant) {
  // y = x + c, dy = dx  =>  x_bar = y_bar
  return map("shift", {Unary::shift, constant}, x, [](auto&, auto&, auto& y_bar) { return y_bar; });
}

Tensor pow(const Tensor& x, double exponent) {
  // y = x^p, dy = p x^(p-1) dx  =>  x_bar = p x^(p-1) y_bar; for `p = 0` this is 0, also at `x = 0`
  return map("pow", {Unary::power, exponent}, x, [p = exponent](auto& x, auto&, auto& y_bar) {
    return p == 0 ? where_positive(y_bar, full_like(y_bar, 0)) : y_bar * (p * pow(x, p - 1));
  });
}

Tensor exp(const Tensor& x) {
  // y = e^x, dy = y dx  =>  x_bar = y y_bar
  return map("exp", Unary::exp, x, [](auto&, auto& y, auto& y_bar) { return y_bar * y; });
}

Tensor log(const Tensor& x) {
  // y = log x, dy = dx / x  =>  x_bar = y_bar / x
  return map("log", Unary::log, x, [](auto& x, auto&, auto& y_bar) { return y_bar / x; });
}

Tensor sqrt(const Tensor& x) {
  // y^2 = x, 2 y dy = dx  =>  x_bar = y_bar / (2 y)
  return map("sqrt", Unary::sqrt, x, [](auto&, auto& y, auto& y_bar) { return 0.5 * (y_bar / y); });
}

Tensor square(const Tensor& x) {
  // y = x^2, dy = 2 x dx  =>  x_bar = 2 x y_bar
  return map("square", Unary::square, x,
             [](auto& x, auto&, auto& y_bar) { return 2.0 * (y_bar * x); });
}

Tensor abs(const Tensor& x) {
  // y = |x|, dy = sign(x) dx  =>  x_bar = sign(x) y_bar; and 0 where `y = 0`, even if
  // `y_bar = inf`; the sign is constant off the kink
  return map("abs", Unary::abs, x, [](auto& x, auto& y, auto& y_bar) {
    return where_positive(y_bar * stop_gradient(sign(x)), stop_gradient(y));
  });
}

// [tanh]
Tensor tanh(const Tensor& x) {
  // y = tanh x, dy = (1 - y^2) dx  =>  x_bar = (1 - y^2) y_bar
  return map("tanh", Unary::tanh, x, [](auto&, auto& y, auto& y_bar) {
    return y_bar * (1.0 - square(y));  // 1 / cosh^2 x, without its overflow
  });
}
// [tanh]

Tensor sigmoid(const Tensor& x) {
  // y = 1 / (1 + e^-x), dy = y (1 - y) dx  =>  x_bar = y (1 - y) y_bar
  return map("sigmoid", Unary::sigmoid, x,
             [](auto&, auto& y, auto& y_bar) { return y_bar * (y * (1.0 - y)); });
}

Tensor relu(const Tensor& x) {
  // y = max(x, 0), dy = [x > 0] dx  =>  x_bar = [x > 0] y_bar; `x > 0` exactly where `y > 0`
  return map("relu", Unary::relu, x,
             [](auto&, auto& y, auto& y_bar) { return where_positive(y_bar, stop_gradient(y)); });
}

Tensor add(const Tensor& a, const Tensor& b) {
  // y = a + b, dy = da + db  =>  a_bar = b_bar = y_bar
  const auto same = [](auto&, auto&, auto&, auto& y_bar) { return y_bar; };
  return combine("add", Binary::add, a, b, add, same, same);
}

Tensor subtract(const Tensor& a, const Tensor& b) {
  // y = a - b, dy = da - db  =>  a_bar = y_bar, b_bar = -y_bar
  return combine(
      "subtract", Binary::subtract, a, b, subtract,
      [](auto&, auto&, auto&, auto& y_bar) { return y_bar; },
      [](auto&, auto&, auto&, auto& y_bar) { return -y_bar; });
}

Tensor multiply(const Tensor& a, const Tensor& b) {
  // y = a b, dy = b da + a db  =>  a_bar = b y_bar, b_bar = a y_bar
  return combine(
      "multiply", Binary::multiply, a, b, multiply,
      [](auto&, auto& b, auto&, auto& y_bar) { return y_bar * b; },
      [](auto& a, auto&, auto&, auto& y_bar) { return y_bar * a; });
}

Tensor divide(const Tensor& a, const Tensor& b) {
  // y = a / b, b dy = da - y db  =>  a_bar = y_bar / b, b_bar = -y y_bar / b
  return combine(
      "divide", Binary::divide, a, b, divide,
      [](auto&, auto& b, auto&, auto& y_bar) { return y_bar / b; },
      [](auto&, auto& b, auto& y, auto& y_bar) { return -(y_bar * y / b); });
}

Tensor maximum(const Tensor& a, const Tensor& b) {
  // y = max(a, b)  =>  a_bar = [a wins] y_bar, b_bar = [b wins] y_bar
  return combine(
      "maximum", Binary::maximum, a, b, maximum,
      [](auto& a, auto& b, auto&, auto& y_bar) { return where_positive(y_bar, first_wins(a, b)); },
      [](auto& a, auto& b, auto&, auto& y_bar) {
        return where_positive(y_bar, 1.0 - first_wins(a, b));
      });
}

Tensor where_positive(const Tensor& x, const Tensor& gate) {
  // y = [gate > 0] x, dy = [gate > 0] dx  =>  x_bar = [gate > 0] y_bar; none for the gate
  return combine(
      "where_positive", Binary::where_positive, x, gate, where_positive,
      [](auto&, auto& gate, auto&, auto& y_bar) {
        return where_positive(y_bar, stop_gradient(gate));
      },
      nullptr);
}

}  // namespace gradus
