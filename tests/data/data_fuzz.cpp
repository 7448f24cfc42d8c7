// Feeds damaged files to the readers. Each must come back as a valid data set or as a
// gradus::Error; under the sanitizers nothing else can pass. The same function serves libFuzzer:
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -DGRADUS_LIBFUZZER -I.
//     tests/data/data_fuzz.cpp data/byte_stream.cpp data/readers.cpp -lz -o data_fuzz
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "autodiff/check.h"
#include "autodiff/random.h"
#include "data/readers.h"
#include "tests/data/data_files.h"

using namespace gradus;
using namespace gradus::test;

namespace {

enum class Target : std::uint8_t { idx_images, idx_labels, cifar10, cifar100, count };

Dataset parse(Target target, std::span<const std::uint8_t> bytes) {
  static const Bytes images = idx_images(12), labels = idx_labels(12);
  const FileBytes file = {"fuzzed", bytes};
  switch (target) {
    case Target::idx_images: return parse_idx(file, {"labels", labels});
    case Target::idx_labels: return parse_idx({"images", images}, file);
    case Target::cifar10: return parse_cifar(Cifar::cifar10, file);
    default: return parse_cifar(Cifar::cifar100, file);
  }
}

bool is_valid(const Dataset& d) {
  return d.size() > 0 && d.image_size() > 0 &&
         static_cast<std::int64_t>(d.pixels.size()) == d.size() * d.image_size() &&
         std::all_of(d.labels.begin(), d.labels.end(),
                     [&](int label) { return 0 <= label && label < d.classes; });
}

enum class Outcome { read, refused };

// Any other exception, and any invalid data set, ends the program.
Outcome fuzz_one(Target target, std::span<const std::uint8_t> bytes) {
  try {
    if (!is_valid(parse(target, bytes))) std::abort();
    return Outcome::read;
  } catch (const Error& error) {
    const std::string message = error.what();
    if (message.rfind("[data] ", 0) != 0 || message.find('\n') != std::string::npos) std::abort();
    return Outcome::refused;
  }
}

}  // namespace

#ifdef GRADUS_LIBFUZZER

// The first byte chooses the reader, the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto target = static_cast<Target>(data[0] % static_cast<int>(Target::count));
  fuzz_one(target, {data + 1, size - 1});
  return 0;
}

#else

#include "tests/catch.h"

namespace {

// Applies 1 to 4 random faults: a flipped bit, a special byte, a cut, a removed, repeated or
// inserted piece. Draws are numbered, so that every run damages the same.
Bytes damaged(Bytes bytes, const Philox& random) {
  std::uint64_t draw = 0;
  const auto below = [&](std::size_t limit) {
    return static_cast<std::size_t>(random.bits(draw++) % std::max<std::size_t>(limit, 1));
  };
  // Half of the faults hit the first 24 bytes, where the headers are.
  const auto place = [&] {
    return below(below(2) ? bytes.size() : std::min<std::size_t>(24, bytes.size()));
  };
  const std::array<std::uint8_t, 5> special = {0x00, 0x01, 0x7f, 0x80, 0xff};
  for (std::size_t faults = 1 + below(4); faults > 0 && !bytes.empty(); --faults) {
    const std::size_t at = place(),
                      length = 1 + below(std::min<std::size_t>(64, bytes.size() - at));
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(6)) {
      case 0: bytes[at] ^= static_cast<std::uint8_t>(1u << below(8)); break;
      case 1: bytes[at] = special[below(special.size())]; break;
      case 2: bytes.resize(at); break;
      case 3: bytes.erase(from, from + static_cast<std::ptrdiff_t>(length)); break;
      case 4: {
        const Bytes piece(from, from + static_cast<std::ptrdiff_t>(length));
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        break;
      }
      default: bytes.insert(from, length, static_cast<std::uint8_t>(below(256)));
    }
  }
  return bytes;
}

}  // namespace

TEST_CASE("Damaged files are read or refused, never more") {
  struct Seed {
    Target target;
    Bytes bytes;
  };
  const std::vector<Seed> seeds = {
      {Target::idx_images, idx_images(12)}, {Target::idx_images, gzip(idx_images(12))},
      {Target::idx_labels, idx_labels(12)}, {Target::idx_labels, gzip(idx_labels(12))},
      {Target::cifar10, cifar_file(2, 1)},  {Target::cifar100, cifar_file(2, 2)}};
  for (std::size_t s = 0; s < seeds.size(); ++s) {
    INFO("seed " << s);
    CHECK(fuzz_one(seeds[s].target, seeds[s].bytes) == Outcome::read);
    int read = 0, refused = 0;
    for (std::uint64_t round = 0; round < 10000; ++round) {
      const Bytes bytes = damaged(seeds[s].bytes, Philox(s, round));
      ++(fuzz_one(seeds[s].target, bytes) == Outcome::read ? read : refused);
    }
    // Damage must really reach the checks, and some of it (pixels, gzip's time stamp) is harmless.
    CHECK(refused > 1000);
    CHECK(read > 10);
  }
}

#endif
