#pragma once

#include <cmath>
#include <cstddef>

#include "autodiff/host_device.h"

/// Every elementwise function: its name, its formula, once for every device, and the switch from the
/// one to the other, the one place where the run-time op becomes a type. A formula is a trivially
/// copyable function of one element (or two); NaN in gives NaN out unless it says otherwise.
namespace gradus {

// --- of one argument ---

/// Elementwise functions of one argument x and, where the comment names it, a parameter p.
enum class Unary {
  scale,      ///< p x
  divide_by,  ///< x / p
  shift,      ///< x + p
  power,      ///< x^p
  exp,
  log,
  sqrt,
  square,
  abs,
  sign,
  tanh,
  sigmoid,
  relu,
};
/// What a recorded program calls it.
inline const char* to_string(Unary op) {
  static constexpr const char* names[] = {"scale", "divide_by", "shift",  "power", "exp",
                                          "log",   "sqrt",      "square", "abs",   "sign",
                                          "tanh",  "sigmoid",   "relu"};
  static_assert(sizeof names / sizeof *names == static_cast<std::size_t>(Unary::relu) + 1);
  return names[static_cast<std::size_t>(op)];
}

namespace formula {

// clang-format off
template <class T> struct Scale    { T p; GRADUS_HOST_DEVICE T operator()(T x) const { return p * x; } };
template <class T> struct DivideBy { T p; GRADUS_HOST_DEVICE T operator()(T x) const { return x / p; } };
template <class T> struct Shift    { T p; GRADUS_HOST_DEVICE T operator()(T x) const { return x + p; } };
template <class T> struct Power    { T p; GRADUS_HOST_DEVICE T operator()(T x) const { return std::pow(x, p); } };

struct Exp    { template <class T> GRADUS_HOST_DEVICE T operator()(T x) const { return std::exp(x); } };
struct Log    { template <class T> GRADUS_HOST_DEVICE T operator()(T x) const { return std::log(x); } };
struct Sqrt   { template <class T> GRADUS_HOST_DEVICE T operator()(T x) const { return std::sqrt(x); } };
struct Square { template <class T> GRADUS_HOST_DEVICE T operator()(T x) const { return x * x; } };
struct Abs    { template <class T> GRADUS_HOST_DEVICE T operator()(T x) const { return std::fabs(x); } };
struct Tanh   { template <class T> GRADUS_HOST_DEVICE T operator()(T x) const { return std::tanh(x); } };
// clang-format on

/// -1, 0 or 1.
struct Sign {
  template <class T>
  GRADUS_HOST_DEVICE T operator()(T x) const {
    return x > T(0) ? T(1) : x < T(0) ? T(-1) : x;
  }
};

/// 1 / (1 + e^-x), written so that the exponential never overflows.
struct Sigmoid {
  template <class T>
  GRADUS_HOST_DEVICE T operator()(T x) const {
    const T e = std::exp(-std::fabs(x));
    return (x < T(0) ? e : T(1)) / (T(1) + e);
  }
};

/// max(x, 0), written so that a NaN is not taken for a small number.
struct Relu {
  template <class T>
  GRADUS_HOST_DEVICE T operator()(T x) const {
    return x < T(0) ? T(0) : x;
  }
};

}  // namespace formula

/// Calls `use` with the formula of `op`, whose parameter is p.
template <class T, class Use>
void with_formula(Unary op, T p, const Use& use) {
  switch (op) {
    case Unary::scale: return use(formula::Scale<T>{p});
    case Unary::divide_by: return use(formula::DivideBy<T>{p});
    case Unary::shift: return use(formula::Shift<T>{p});
    case Unary::power: return use(formula::Power<T>{p});
    case Unary::exp: return use(formula::Exp{});
    case Unary::log: return use(formula::Log{});
    case Unary::sqrt: return use(formula::Sqrt{});
    case Unary::square: return use(formula::Square{});
    case Unary::abs: return use(formula::Abs{});
    case Unary::sign: return use(formula::Sign{});
    case Unary::tanh: return use(formula::Tanh{});
    case Unary::sigmoid: return use(formula::Sigmoid{});
    case Unary::relu: return use(formula::Relu{});
  }
}

// --- of two arguments ---

/// Elementwise functions of two arguments; comparisons give 1 or 0.
enum class Binary {
  add,
  subtract,
  multiply,
  divide,
  maximum,
  first_wins,      ///< 1 where maximum takes a, else 0
  where_positive,  ///< a where b > 0, else 0
  equal,
  less,
  less_equal,
};
inline const char* to_string(Binary op) {
  static constexpr const char* names[] = {"add",     "subtract",   "multiply",       "divide",
                                          "maximum", "first_wins", "where_positive", "equal",
                                          "less",    "less_equal"};
  static_assert(sizeof names / sizeof *names == static_cast<std::size_t>(Binary::less_equal) + 1);
  return names[static_cast<std::size_t>(op)];
}

namespace formula {

// clang-format off
struct Add      { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a + b; } };
struct Subtract { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a - b; } };
struct Multiply { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a * b; } };
struct Divide   { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a / b; } };

struct Equal     { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a == b ? T(1) : T(0); } };
struct Less      { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a < b ? T(1) : T(0); } };
struct LessEqual { template <class T> GRADUS_HOST_DEVICE T operator()(T a, T b) const { return a <= b ? T(1) : T(0); } };
// clang-format on

/// The larger of two; NaN if either is.
struct Maximum {
  template <class T>
  GRADUS_HOST_DEVICE T operator()(T a, T b) const {
    return a >= b || a != a ? a : b;
  }
};

/// 1 where Maximum is a: where a >= b, and where a is NaN.
struct FirstWins {
  template <class T>
  GRADUS_HOST_DEVICE T operator()(T a, T b) const {
    return a >= b || a != a ? T(1) : T(0);
  }
};

/// a where b > 0, else 0; a NaN gate lets a through, so that a diverging run stays visible.
struct WherePositive {
  template <class T>
  GRADUS_HOST_DEVICE T operator()(T a, T b) const {
    return b <= T(0) ? T(0) : a;
  }
};

}  // namespace formula

/// Calls `use` with the formula of `op`.
template <class Use>
void with_formula(Binary op, const Use& use) {
  switch (op) {
    case Binary::add: return use(formula::Add{});
    case Binary::subtract: return use(formula::Subtract{});
    case Binary::multiply: return use(formula::Multiply{});
    case Binary::divide: return use(formula::Divide{});
    case Binary::maximum: return use(formula::Maximum{});
    case Binary::first_wins: return use(formula::FirstWins{});
    case Binary::where_positive: return use(formula::WherePositive{});
    case Binary::equal: return use(formula::Equal{});
    case Binary::less: return use(formula::Less{});
    case Binary::less_equal: return use(formula::LessEqual{});
  }
}

}  // namespace gradus
