#pragma once

#include "autodiff/backend.h"
#include "autodiff/scalar_functions.h"

/// From the names of elementwise functions to their formulas: the one place where the run-time op
/// becomes a type, for every device.
namespace gradus {

/// Calls `use` with the formula of `op`, whose parameter is p.
template <class T, class Use>
void with_formula(Unary op, T p, const Use& use) {
  switch (op) {
    case Unary::scale: return use(scalar::Scale<T>{p});
    case Unary::divide_by: return use(scalar::DivideBy<T>{p});
    case Unary::shift: return use(scalar::Shift<T>{p});
    case Unary::power: return use(scalar::Power<T>{p});
    case Unary::exp: return use(scalar::Exp{});
    case Unary::log: return use(scalar::Log{});
    case Unary::sqrt: return use(scalar::Sqrt{});
    case Unary::square: return use(scalar::Square{});
    case Unary::abs: return use(scalar::Abs{});
    case Unary::sign: return use(scalar::Sign{});
    case Unary::tanh: return use(scalar::Tanh{});
    case Unary::sigmoid: return use(scalar::Sigmoid{});
    case Unary::relu: return use(scalar::Relu{});
  }
}

template <class Use>
void with_formula(Binary op, const Use& use) {
  switch (op) {
    case Binary::add: return use(scalar::Add{});
    case Binary::subtract: return use(scalar::Subtract{});
    case Binary::multiply: return use(scalar::Multiply{});
    case Binary::divide: return use(scalar::Divide{});
    case Binary::maximum: return use(scalar::Maximum{});
    case Binary::first_wins: return use(scalar::FirstWins{});
    case Binary::where_positive: return use(scalar::WherePositive{});
    case Binary::equal: return use(scalar::Equal{});
    case Binary::less: return use(scalar::Less{});
    case Binary::less_equal: return use(scalar::LessEqual{});
  }
}

}  // namespace gradus
