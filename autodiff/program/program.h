#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "autodiff/tensor.h"

namespace gradus {

/// A step that is recorded and then replayed, as a straight line of kernels without a graph, in a
/// block of memory that was laid out once:
///
///     Program step([&](const std::vector<Tensor>& batch) -> std::vector<Tensor> {
///       const Tensor loss = mse_half_mean(model(w, batch[0]), batch[1]);
///       sgd.step(w, grad(loss, w));
///       return {loss};
///     }, {&w, &sgd.velocity});
///     while (...) losses.push_back(step({x, y})[0].item());
///
/// Every call does what the body would: it returns the body's results and leaves new tensors in the
/// variables that are named as state. The first call runs the body as it is (an optimiser makes its
/// velocities), the next two record and compare what it does, and later ones replay that, but for
/// every thousandth, which records and compares again. Making a program costs the tenth of a step in
/// wide networks, where it pays at once, and ten steps in the smallest, where it pays from the 25th.
///
/// Replayed are the kernels that the body called, with the same numbers. What a body does besides, a
/// counter or a print, is not; arrays that it captures and numbers of the host must stay as they are.
/// What cannot be recorded is an Error with a sentence on what to do: values read or numbers made on
/// the host, random draws, other shapes or numbers in the next recording, captured arrays that
/// changed, tensors that are kept elsewhere. A call that throws leaves the state as it was. Programs of
/// several threads do not meet; one program, with its state, belongs to one thread at a time.
///
/// With GRADUS_PROGRAM=off in the environment every call runs the body.
class Program {
 public:
  using Body =
      std::function<std::vector<Tensor>(const std::vector<Tensor>& inputs)>;
  /// A variable that the body reads and assigns. It must live as long as the program.
  using Variable = std::variant<Tensor*, std::vector<Tensor>*>;
  /// The passes over the list. All but `onto` keep every bit.
  struct Options {
    /// What depends on neither inputs nor state is computed once.
    bool fold = true;
    /// Products add to what is there: c + s (a b) rounds differently.
    bool onto = true;
    /// An array that is read for the last time takes the result.
    bool in_place = true;
    /// Arrays share one block, by when they are needed.
    bool slab = true;
    /// On a GPU the list is launched as a whole, a CUDA graph; where that fails, call by call,
    /// which is said once on stderr.
    bool graph = true;
  };
  /// What a program is made of.
  struct Listing {
    std::string text;                 ///< a line for each call
    std::size_t calls = 0;            ///< at each step
    std::int64_t bytes = 0;           ///< of the block that it works in
    std::int64_t constant_bytes = 0;  ///< captured, or computed once
  };

  explicit Program(Body body, std::vector<Variable> state = {});
  Program(Body body, std::vector<Variable> state, Options options);
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  /// A step. Inputs keep their shapes from call to call.
  std::vector<Tensor> operator()(const std::vector<Tensor>& inputs);
  /// Once it is recorded; empty before.
  Listing listing() const;

 private:
  class Recorded;
  std::unique_ptr<Recorded> recorded_;
};

}  // namespace gradus
