#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <string>

#include "autodiff/tensor.h"

/// The numbers in the answers to the book's pencil exercises and closing questions: each is computed
/// by another way than the answer takes where there is one.
namespace gradus {

using Answers = std::map<std::string, double>;

/// Those of the chapters in a part of the book.
void pencil_part_1(Answers& a);
void pencil_part_2(Answers& a);
void pencil_part_3(Answers& a);

Tensor f64(std::initializer_list<double> values, Shape shape);
/// The x at which a rising function passes 0, between low and high.
double root(const std::function<double(double)>& f, double low, double high);
/// The first n = 1, 2, ... for which something holds.
double first(const std::function<bool(double)>& holds);

}  // namespace gradus
