#pragma once

#include <cmath>
#include <cstdint>

#include "autodiff/host_device.h"

namespace gradus {

/// Counter-based random numbers: Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as
/// easy as 1, 2, 3"). Value number `index` of stream (seed, stream) is a pure function of the three
/// numbers, so a tensor's values depend neither on the order of draws nor on the thread count nor on
/// the device. Use one stream per tensor.
class Philox {
 public:
  GRADUS_HOST_DEVICE Philox(std::uint64_t seed, std::uint64_t stream)
      : seed_(seed), stream_(stream) {}

  struct Block {
    std::uint32_t word[4];
  };

  /// Block number `counter`: 128 random bits.
  GRADUS_HOST_DEVICE Block block(std::uint64_t counter) const {
    Block x{{low(counter), high(counter), low(stream_), high(stream_)}};
    std::uint32_t key0 = low(seed_), key1 = high(seed_);
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t product0 = std::uint64_t{0xD2511F53u} * x.word[0];
      const std::uint64_t product1 = std::uint64_t{0xCD9E8D57u} * x.word[2];
      x = Block{{high(product1) ^ x.word[1] ^ key0, low(product1),
                 high(product0) ^ x.word[3] ^ key1, low(product0)}};
      key0 += 0x9E3779B9u;  // the golden ratio
      key1 += 0xBB67AE85u;  // sqrt(3) - 1
    }
    return x;
  }

  /// 64 random bits; two consecutive indices share one block.
  GRADUS_HOST_DEVICE std::uint64_t bits(std::uint64_t index) const {
    const Block b = block(index / 2);
    return index % 2 ? join(b.word[2], b.word[3]) : join(b.word[0], b.word[1]);
  }

  /// Uniform on [0, 1), a multiple of 2^-53.
  GRADUS_HOST_DEVICE double uniform(std::uint64_t index) const { return unit(bits(index)); }

  struct Pair {
    double even, odd;
  };
  /// The uniform numbers 2k and 2k + 1, of one block.
  GRADUS_HOST_DEVICE Pair uniform_pair(std::uint64_t k) const {
    const Block b = block(k);
    return {unit(join(b.word[0], b.word[1])), unit(join(b.word[2], b.word[3]))};
  }
  /// The standard normals number 2k and 2k + 1, by Box and Muller (1958): block k gives a random
  /// point in polar form, and these are its coordinates.
  GRADUS_HOST_DEVICE Pair normal_pair(std::uint64_t k) const {
    const Block b = block(k);
    // 1 - u lies in (0, 1], so the logarithm is finite.
    const double radius = std::sqrt(-2.0 * std::log(1.0 - unit(join(b.word[0], b.word[1]))));
    const double angle = 6.283185307179586 * unit(join(b.word[2], b.word[3]));
    return {radius * std::cos(angle), radius * std::sin(angle)};
  }
  /// The standard normal of that number alone.
  GRADUS_HOST_DEVICE double normal(std::uint64_t index) const {
    const Pair pair = normal_pair(index / 2);
    return index % 2 ? pair.odd : pair.even;
  }

 private:
  GRADUS_HOST_DEVICE static std::uint32_t low(std::uint64_t x) {
    return static_cast<std::uint32_t>(x);
  }
  GRADUS_HOST_DEVICE static std::uint32_t high(std::uint64_t x) {
    return static_cast<std::uint32_t>(x >> 32);
  }
  GRADUS_HOST_DEVICE static std::uint64_t join(std::uint32_t a, std::uint32_t b) {
    return std::uint64_t{a} << 32 | b;
  }
  GRADUS_HOST_DEVICE static double unit(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1p-53;
  }

  std::uint64_t seed_;
  std::uint64_t stream_;
};

}  // namespace gradus
