#include "data/batches.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/random.h"
#include "data/random_streams.h"

namespace gradus {
namespace {

std::vector<std::int64_t> counting(std::int64_t count) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
  std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
  return numbers;
}

// Fisher and Yates: every order is equally likely.
std::vector<std::int64_t> shuffled(std::int64_t count, const Philox& random) {
  std::vector<std::int64_t> order = counting(count);
  for (std::size_t left = order.size(); left > 1; --left) {
    const auto pick = static_cast<std::size_t>(random.uniform(left) * static_cast<double>(left));
    std::swap(order[pick], order[left - 1]);
  }
  return order;
}

}  // namespace

std::vector<std::int64_t> epoch_order(std::int64_t count, std::uint64_t seed, std::int64_t epoch) {
  check(count >= 0 && epoch >= 0, "[epoch_order] ", count, " examples in epoch ", epoch,
        ": neither may be negative");
  return shuffled(count, Philox(seed, data_stream::shuffle + static_cast<std::uint64_t>(epoch)));
}

HoldOut hold_out(std::int64_t count, std::int64_t measuring, std::uint64_t seed) {
  check(0 <= measuring && measuring < count, "[hold_out] ", measuring, " of ", count,
        " examples cannot be set aside: at least one must be left to train on");
  HoldOut split;
  split.measuring = shuffled(count, Philox(seed, data_stream::measuring));
  split.training.assign(split.measuring.begin() + measuring, split.measuring.end());
  split.measuring.resize(static_cast<std::size_t>(measuring));
  std::sort(split.measuring.begin(), split.measuring.end());
  std::sort(split.training.begin(), split.training.end());
  return split;
}

Batches::Batches(std::vector<std::int64_t> examples, std::int64_t batch_size, std::uint64_t seed)
    : examples_(std::move(examples)), batch_size_(batch_size), seed_(seed) {
  check(0 < batch_size && batch_size <= static_cast<std::int64_t>(examples_.size()),
        "[batches] a batch of ", batch_size, " cannot be drawn from ", examples_.size(),
        " examples");
}

Batches::Batches(std::int64_t count, std::int64_t batch_size, std::uint64_t seed)
    : Batches(counting(count), batch_size, seed) {}

std::int64_t Batches::per_epoch() const {
  return static_cast<std::int64_t>(examples_.size()) / batch_size_;
}

std::vector<std::int64_t> Batches::at(std::int64_t step) {
  check(step >= 0, "[batches] there is no batch ", step);
  const std::int64_t epoch = step / per_epoch();
  if (epoch != epoch_) {
    order_ = epoch_order(static_cast<std::int64_t>(examples_.size()), seed_, epoch);
    epoch_ = epoch;
  }
  const auto begin = order_.begin() + step % per_epoch() * batch_size_;
  std::vector<std::int64_t> batch(begin, begin + batch_size_);
  for (std::int64_t& i : batch) i = examples_[static_cast<std::size_t>(i)];
  return batch;
}

}  // namespace gradus
