// The random numbers: the generator against its published vectors, and the two distributions.
#include <algorithm>
#include <cmath>

#include "autodiff/random.h"
#include "autodiff/tensor.h"
#include "autodiff/threads.h"
#include "tests/catch.h"

namespace gradus {
namespace {

std::vector<std::uint32_t> words(const Philox::Block& block) {
  return {block.word, block.word + 4};
}

TEST_CASE("Philox gives the known answers of Random123") {
  // kat_vectors of Random123, philox4x32 with 10 rounds. A counter there is four words: ours are
  // the block number (the first two) and the stream, and the key is the seed.
  CHECK(words(Philox(0, 0).block(0)) ==
        std::vector<std::uint32_t>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const std::uint64_t ones = ~std::uint64_t{0};
  CHECK(words(Philox(ones, ones).block(ones)) ==
        std::vector<std::uint32_t>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  // the digits of pi
  CHECK(words(Philox(0x299f31d0a4093822, 0x0370734413198a2e).block(0x85a308d3243f6a88)) ==
        std::vector<std::uint32_t>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

// Mean, variance, skewness and kurtosis of a sample.
std::vector<double> moments(const std::vector<double>& x) {
  double mean = 0;
  for (double v : x) mean += v / static_cast<double>(x.size());
  double m2 = 0, m3 = 0, m4 = 0;
  for (double v : x) {
    const double d = v - mean;
    m2 += d * d / static_cast<double>(x.size());
    m3 += d * d * d / static_cast<double>(x.size());
    m4 += d * d * d * d / static_cast<double>(x.size());
  }
  return {mean, m2, m3 / std::pow(m2, 1.5), m4 / (m2 * m2)};
}

TEST_CASE("random_normal has the moments of a normal distribution") {
  // The bounds are 5 standard errors for n = 200,000 draws: sqrt(1/n), sqrt(2/n), sqrt(6/n),
  // sqrt(24/n), the first two scaled by std 2.
  const auto m = moments(random_normal({200000}, {1, 2}, 2.0, DType::f64).to_vector());
  CHECK(std::fabs(m[0]) < 5 * 2 * 0.00224);
  CHECK(std::fabs(m[1] - 4) < 5 * 4 * 0.00316);
  CHECK(std::fabs(m[2]) < 5 * 0.00548);
  CHECK(std::fabs(m[3] - 3) < 5 * 0.01095);
}

TEST_CASE("random_normal has the tails of a normal distribution") {
  const std::vector<double> x = random_normal({200000}, {3, 4}, 1.0, DType::f64).to_vector();
  const auto share_beyond = [&](double limit) {
    return static_cast<double>(
               std::count_if(x.begin(), x.end(), [=](double v) { return std::fabs(v) > limit; })) /
           static_cast<double>(x.size());
  };
  for (double limit : {0.5, 1.0, 2.0, 3.0}) {
    const double p = std::erfc(limit / std::sqrt(2.0));
    CHECK(std::fabs(share_beyond(limit) - p) < 5 * std::sqrt(p * (1 - p) / 200000));
  }
}

TEST_CASE("random_uniform fills its interval evenly") {
  const std::vector<double> x = random_uniform({100000}, {5, 6}, -1.0, 3.0, DType::f64).to_vector();
  std::vector<int> bins(10, 0);
  for (double v : x) {
    REQUIRE(-1.0 <= v);
    REQUIRE(v < 3.0);
    ++bins[static_cast<std::size_t>((v + 1.0) / 0.4)];
  }
  for (int count : bins) CHECK(std::abs(count - 10000) < 5 * 95);  // sqrt(n 0.1 0.9) = 95
}

TEST_CASE("random_uniform's entries are the uniform numbers of its stream") {
  const std::vector<double> x = random_uniform({1025}, {5, 6}, 0.0, 1.0, DType::f64).to_vector();
  for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(x[i] == Philox(5, 6).uniform(i));
}

TEST_CASE("neighbouring draws and streams are uncorrelated") {
  const std::int64_t n = 100000;
  const std::vector<double> x = random_normal({n}, {9, 0}, 1.0, DType::f64).to_vector();
  const std::vector<double> y = random_normal({n}, {9, 1}, 1.0, DType::f64).to_vector();
  const std::vector<double> z = random_normal({n}, {10, 0}, 1.0, DType::f64).to_vector();
  double lag = 0, streams = 0, seeds = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    lag += x[i] * x[(i + 1) % x.size()];
    streams += x[i] * y[i];
    seeds += x[i] * z[i];
  }
  const double bound = 5 * std::sqrt(static_cast<double>(n));
  CHECK(std::fabs(lag) < bound);
  CHECK(std::fabs(streams) < bound);
  CHECK(std::fabs(seeds) < bound);
}

TEST_CASE("a draw depends on seed, stream and index only") {
  const std::vector<double> x = random_normal({1000}, {1, 2}, 1.0, DType::f64).to_vector();
  CHECK(random_normal({1000}, {1, 2}, 1.0, DType::f64).to_vector() == x);
  CHECK(random_normal({10, 100}, {1, 2}, 1.0, DType::f64).to_vector() == x);
  CHECK(random_normal({1000}, {1, 3}, 1.0, DType::f64).to_vector() != x);
  CHECK(random_normal({1000}, {2, 2}, 1.0, DType::f64).to_vector() != x);
  // a shorter tensor is the beginning of a longer one, and an entry is the generator's number i
  const std::vector<double> start = random_normal({7}, {1, 2}, 1.0, DType::f64).to_vector();
  CHECK(std::equal(start.begin(), start.end(), x.begin()));
  for (std::size_t i = 0; i < start.size(); ++i) CHECK(start[i] == Philox(1, 2).normal(i));
}

TEST_CASE("draws are the same for every thread count") {
  const int before = threads();
  set_threads(1);
  const Tensor normal = random_normal({50001}, {1, 2});
  const Tensor uniform = random_uniform({50001}, {1, 2});
  for (int count : {2, 3, 5}) {
    set_threads(count);
    CHECK(random_normal({50001}, {1, 2}).to_vector() == normal.to_vector());
    CHECK(random_uniform({50001}, {1, 2}).to_vector() == uniform.to_vector());
  }
  set_threads(before);
}

TEST_CASE("f32 draws are the f64 draws, rounded") {
  const Tensor x64 = random_normal({5000}, {1, 2}, 0.3, DType::f64);
  const Tensor x32 = random_normal({5000}, {1, 2}, 0.3, DType::f32);
  const auto wide = x64.values<double>();
  const auto narrow = x32.values<float>();
  bool same = true;
  for (std::size_t i = 0; i < wide.size(); ++i) same &= narrow[i] == static_cast<float>(wide[i]);
  CHECK(same);
}

}  // namespace
}  // namespace gradus
