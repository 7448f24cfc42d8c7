#pragma once

#include <cmath>

#include "autodiff/host_device.h"

/// The formula of every elementwise function, once, for every device. Each struct is a trivially
/// copyable function of one element (or two); NaN in gives NaN out unless it says otherwise.
namespace gradus::scalar {

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

}  // namespace gradus::scalar
