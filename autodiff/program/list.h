#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "autodiff/backend.h"
#include "autodiff/tensor.h"

/// A step as a straight line of kernels. Every value has a number and is written once, by a call
/// before all that read it, so a pass over the list need not find out more than who reads what.
namespace gradus::program {

/// What passes have to know of a kernel: one that acts entry by entry may write over what it reads,
/// and `onto` joins some of these.
struct Map {
  Unary op;
  double p;
};
using Kernel = std::variant<std::monostate, Map, Binary, MatmulSpec>;

// [list]
struct Value {
  std::int64_t size = 0;
  DType dtype = DType::f32;
  Tensor constant = {};  ///< itself, where it is the same in every step

  std::int64_t bytes() const { return size * size_of(dtype); }
};

/// A kernel with its numbers. The arrays come when it runs: what it reads, in
/// the order of its arguments, and then what it writes.
struct Call {
  std::string text;  ///< "scale 0.5"
  std::function<void(Backend& device, const Array* arrays)> run;
  Kernel kernel = {};
  std::vector<std::int64_t> rows = {};  ///< to gather from or scatter to
  std::vector<int> reads = {};          ///< numbers of values
  int write = -1;
};

/// A value that the caller sees, and its shape there.
struct Visible {
  int value;
  Shape shape;

  bool operator==(const Visible&) const = default;
};

struct List {
  std::vector<Value> values;
  std::vector<Call> calls;
  std::vector<Visible> inputs, state;  ///< before the first call
  std::vector<Visible> next, results;  ///< after the last: the new state too
};
// [list]

/// Who wants a value: the first call writes it, the last one reads it.
struct Life {
  int written = -1;  ///< by this call; -1: it is there before the first
  int last_read =
      -1;  ///< by this call; the number of calls where it is seen after the last
  int readers = 0;  ///< how many reads there are, and how often it is seen
};
std::vector<Life> lives(const List& list);

/// One sentence on where two recordings of a step part; empty where they agree.
std::string difference(const List& one, const List& two);

/// A line per call with the bytes that it writes. Inputs are x0, x1, ..., the state is w0, ... before
/// and w0', ... after the step, results are y0, ..., constants c1, ..., and the others %2, ...
std::string to_string(const List& list);

}  // namespace gradus::program
