#pragma once

#include <cstdint>
#include <vector>

namespace gradus {

/// The numbers 0 to count - 1 in the random order of one epoch: a pure function of its arguments.
std::vector<std::int64_t> epoch_order(std::int64_t count, std::uint64_t seed, std::int64_t epoch);

/// Examples to measure on and examples to train on; they share none. Both are in rising order.
struct HoldOut {
  std::vector<std::int64_t> measuring;
  std::vector<std::int64_t> training;
};

/// Sets `measuring` of `count` examples aside for good: a random choice that depends on nothing but
/// the arguments. What changes when measured on them has changed with the parameters.
HoldOut hold_out(std::int64_t count, std::int64_t measuring, std::uint64_t seed = 0);

/// Shuffled mini-batches. Each epoch visits the examples in a new order and leaves out what does
/// not fill a batch. Batch number `step` depends only on the examples, the batch size, the seed and
/// `step`, never on which batches were asked for before.
///
///     Batches batches(hold_out(train.size(), 512).training, 32, seed);
///     for (int step = 0; step < 500; ++step) {
///       const Tensor x = gather_rows(images, batches.at(step));
class Batches {
 public:
  /// Batches of the given examples.
  Batches(std::vector<std::int64_t> examples, std::int64_t batch_size, std::uint64_t seed = 0);
  /// Batches of examples 0 to count - 1.
  Batches(std::int64_t count, std::int64_t batch_size, std::uint64_t seed = 0);

  /// Number of batches in an epoch.
  std::int64_t per_epoch() const;
  /// The examples of batch `step` = 0, 1, 2, ...
  std::vector<std::int64_t> at(std::int64_t step);

 private:
  std::vector<std::int64_t> examples_;
  std::int64_t batch_size_;
  std::uint64_t seed_;
  std::int64_t epoch_ = -1;          // whose order is kept
  std::vector<std::int64_t> order_;  // of that epoch
};

}  // namespace gradus
