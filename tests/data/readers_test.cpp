// Readers of IDX and CIFAR files, plain and gzipped.
#include "data/readers.h"

#include <filesystem>
#include <string>

#include "tests/catch.h"
#include "tests/data/data_files.h"
#include "tests/data/surroundings.h"

using namespace gradus;
using namespace gradus::test;
namespace fs = std::filesystem;

namespace {

std::string idx_error(const Bytes& images, const Bytes& labels) {
  return error_of([&] { parse_idx({"I", images}, {"L", labels}); });
}

}  // namespace

TEST_CASE("IDX files are read plain and gzipped, to the last byte") {
  const Bytes images = idx_images(12), labels = idx_labels(12);
  for (const bool zipped : {false, true}) {
    const Bytes i = zipped ? gzip(images) : images, l = zipped ? gzip(labels) : labels;
    const Dataset d = parse_idx({"I", i}, {"L", l});
    CHECK(d.size() == 12);
    CHECK(d.height == 2);
    CHECK(d.width == 3);
    CHECK(d.channels == 1);
    CHECK(d.classes == 10);
    CHECK(d.pixels == Bytes(images.begin() + 16, images.end()));
    CHECK(d.labels == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1});
    CHECK_THAT(d.source, ContainsSubstring("12 images of 2x3x1 from I"));
  }
}

TEST_CASE("A gzip file may have several members") {
  // RFC 1952, 2.2: they "simply appear one after another", and read as one file.
  const Bytes images = idx_images(12), labels = idx_labels(12);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{5}, std::size_t{16}, images.size()}) {
    const auto middle = images.begin() + static_cast<std::ptrdiff_t>(cut);
    Bytes packed = gzip({images.begin(), middle});
    for (const Bytes& more : {gzip({middle, images.end()}), gzip({})})
      packed.insert(packed.end(), more.begin(), more.end());
    const Dataset d = parse_idx({"I", packed}, {"L", labels});
    CHECK(d.pixels == Bytes(images.begin() + 16, images.end()));

    Bytes broken = packed;
    broken.pop_back();
    CHECK_THAT(idx_error(broken, labels),
               ContainsSubstring("I is truncated: its gzip data stop after 88 bytes"));
    packed.push_back(0x1f);
    CHECK_THAT(idx_error(packed, labels), ContainsSubstring("has 1 bytes after the end"));
  }
}

TEST_CASE("Each fault of an IDX file has its own sentence") {
  const Bytes images = idx_images(12), labels = idx_labels(12);
  const auto cut = [](Bytes bytes, std::size_t count) {
    bytes.resize(bytes.size() - count);
    return bytes;
  };
  const auto with = [](Bytes bytes, std::size_t at, std::uint8_t value) {
    bytes.at(at) = value;
    return bytes;
  };
  const auto longer = [](Bytes bytes) {
    bytes.push_back(0);
    return bytes;
  };
  const Bytes packed = gzip(images);

  CHECK(idx_error({}, labels) == "[data] I is empty");
  CHECK(idx_error(images, {}) == "[data] L is empty");
  CHECK_THAT(
      idx_error(with(images, 2, 9), labels),
      ContainsSubstring("I is not an IDX image file: it begins with 00000903, not with 00000803"));
  CHECK_THAT(idx_error(labels, images),
             ContainsSubstring("I is an IDX label file, but an IDX image file is needed"));
  CHECK_THAT(idx_error(images, images),
             ContainsSubstring("L is an IDX image file, but an IDX label file is needed"));
  CHECK_THAT(idx_error(Bytes(images.begin(), images.begin() + 3), labels),
             ContainsSubstring("ends within its header, after 3 of 16 bytes"));
  CHECK_THAT(idx_error(Bytes(images.begin(), images.begin() + 15), labels),
             ContainsSubstring("ends within its header, after 15 of 16 bytes"));
  CHECK_THAT(idx_error(cut(images, 1), labels),
             ContainsSubstring("announces 12x2x3 = 72 bytes after its header, but 71 are there"));
  CHECK_THAT(idx_error(longer(images), labels), ContainsSubstring("but 73 are there"));
  CHECK_THAT(idx_error(images, with(labels, 8 + 5, 10)),
             ContainsSubstring("L: label 10 of image 5 is not one of 0 to 9"));
  CHECK_THAT(idx_error(images, idx_labels(11)),
             ContainsSubstring("I holds 12 images but L holds 11 labels"));
  CHECK_THAT(idx_error(idx_file(0x0803, {0, 28, 28}, 0), labels),
             ContainsSubstring("I holds no data: its header announces 0x28x28 bytes"));
  CHECK_THAT(idx_error(idx_file(0x0803, {12, 0, 3}, 0), labels),
             ContainsSubstring("holds no data"));

  // gzip: a cut in the data, a cut in the checksum, a changed checksum, changed data, extra bytes.
  CHECK_THAT(idx_error(cut(packed, packed.size() / 2), labels),
             ContainsSubstring("I is truncated"));
  CHECK_THAT(idx_error(cut(packed, 1), labels), ContainsSubstring("I is truncated"));
  CHECK_THAT(idx_error(cut(packed, 8), labels), ContainsSubstring("I is truncated"));
  CHECK_THAT(idx_error(with(packed, packed.size() - 8, packed[packed.size() - 8] ^ 1), labels),
             ContainsSubstring("I is corrupt after 88 bytes (gzip: incorrect data check)"));
  CHECK_THAT(idx_error(with(packed, packed.size() - 4, packed[packed.size() - 4] ^ 1), labels),
             ContainsSubstring("incorrect length check"));
  CHECK_THAT(idx_error(with(packed, 10, packed[10] | 0x07), labels), ContainsSubstring("corrupt"));
  CHECK_THAT(idx_error(longer(packed), labels),
             ContainsSubstring("has 1 bytes after the end of its gzip data"));
  CHECK_THAT(idx_error(gzip(cut(images, 1)), labels),
             ContainsSubstring("ends 1 bytes before the end that its header announces"));
  CHECK_THAT(idx_error(gzip(longer(images)), labels),
             ContainsSubstring("goes on after the end that its header announces"));
  CHECK_THAT(idx_error(gzip({}), labels), ContainsSubstring("after 0 of 16 bytes"));
  CHECK_THAT(idx_error(gzip({0, 0}), labels), ContainsSubstring("after 2 of 16 bytes"));
}

TEST_CASE("An absurd IDX header is refused without allocating what it announces") {
  const Bytes labels = idx_labels(12);
  const std::uint32_t huge = 0x80000000, all_ones = 0xffffffff;
  for (const bool zipped : {false, true}) {
    const auto file = [&](std::uint32_t n, std::uint32_t h, std::uint32_t w) {
      const Bytes plain = idx_file(0x0803, {n, h, w}, 72);
      return zipped ? gzip(plain) : plain;
    };
    CHECK_THAT(idx_error(file(huge, 28, 28), labels), ContainsSubstring("its header is corrupt"));
    CHECK_THAT(idx_error(file(huge, huge, huge), labels),
               ContainsSubstring("its header is corrupt"));
    CHECK_THAT(idx_error(file(all_ones, all_ones, all_ones), labels),
               ContainsSubstring("its header is corrupt"));
    // The product of these three is 2^64, so it is 0 in 64 bits.
    CHECK_THAT(idx_error(file(huge, huge, 4), labels), ContainsSubstring("its header is corrupt"));
    // Within the limit, but far more than there is: 2^31 bytes would be felt.
    CHECK_THAT(idx_error(file(huge, 1, 1), labels),
               ContainsSubstring(zipped ? "ends 2147483576 bytes before" : "but 72 are there"));
  }
  CHECK_THAT(idx_error(idx_images(12), idx_file(0x0801, {all_ones}, 12)),
             ContainsSubstring("L announces 4294967295 bytes"));
}

TEST_CASE("CIFAR records are turned from planar to interleaved") {
  const Bytes bytes = cifar_file(7, 1);
  const Dataset d = parse_cifar(Cifar::cifar10, {"C", bytes});
  REQUIRE(d.size() == 7);
  CHECK(d.height == 32);
  CHECK(d.width == 32);
  CHECK(d.channels == 3);
  CHECK(d.classes == 10);
  CHECK(d.labels == std::vector<int>{0, 1, 2, 3, 4, 5, 6});
  REQUIRE(d.pixels.size() == 7 * 3072);
  int wrong = 0;
  for (std::size_t i = 0; i < 7; ++i)
    for (std::size_t p = 0; p < 1024; ++p)
      for (std::size_t c = 0; c < 3; ++c)
        wrong += d.pixels[i * 3072 + p * 3 + c] != static_cast<std::uint8_t>(64 * c + p + i);
  CHECK(wrong == 0);

  const Bytes fine = cifar_file(40, 2);
  const Dataset d100 = parse_cifar(Cifar::cifar100, {"C", fine});
  REQUIRE(d100.size() == 40);
  CHECK(d100.classes == 100);
  CHECK(d100.labels.front() == 1);  // the fine label; the coarse one is 0
  CHECK(d100.labels.back() == 40);
  CHECK(d100.pixels[3072] == 1);
}

TEST_CASE("Each fault of a CIFAR file has its own sentence") {
  const auto error = [](Cifar kind, const Bytes& bytes) {
    return error_of([&] { parse_cifar(kind, {"C", bytes}); });
  };
  Bytes bytes = cifar_file(3, 1);
  CHECK(error(Cifar::cifar10, {}) == "[data] C is empty");
  CHECK_THAT(error(Cifar::cifar100, bytes),
             ContainsSubstring("9219 bytes, not a whole number of CIFAR-100 records of 3074"));
  bytes[3073] = 10;
  CHECK_THAT(error(Cifar::cifar10, bytes),
             ContainsSubstring("C: label 10 of record 1 is not one of 0 to 9 of CIFAR-10"));
  bytes.pop_back();
  CHECK_THAT(error(Cifar::cifar10, bytes),
             ContainsSubstring("9218 bytes, not a whole number of CIFAR-10 records of 3073"));
  Bytes fine = cifar_file(1, 2);
  fine[1] = 100;
  CHECK_THAT(error(Cifar::cifar100, fine), ContainsSubstring("label 100 of record 0"));
  CHECK_THROWS_AS(read_cifar(Cifar::cifar10, {}), Error);
}

TEST_CASE("What is not a readable file is an error that says so") {
  const TemporaryFolder folder;
  const auto error = [](const fs::path& path) {
    return error_of([&] { read_cifar(Cifar::cifar10, {path}); });
  };
  CHECK_THAT(error(folder.path() / "missing"), ContainsSubstring("missing does not exist"));
  CHECK_THAT(error(folder.path()), ContainsSubstring("is a folder, not a file"));
  CHECK_THAT(error("/dev/zero"), ContainsSubstring("/dev/zero is not a regular file"));
  CHECK_THAT(error(folder.write("empty", {})), ContainsSubstring("empty is empty"));
  CHECK_THAT(error(folder.path() / std::string(5000, 'x')), ContainsSubstring("cannot be read"));
  // Address 0 of this process cannot be read, whoever asks.
  CHECK_THAT(error("/proc/self/mem"), ContainsSubstring("/proc/self/mem cannot be read: "));
  const fs::path sparse = folder.write("sparse", {0});
  fs::resize_file(sparse, (std::uintmax_t{1} << 31) + (std::uintmax_t{1} << 30));
  CHECK_THAT(error(sparse), ContainsSubstring("sparse has more than 2147483648 bytes"));
  if (geteuid() != 0) {
    const fs::path secret = folder.write("secret", cifar_file(1, 1));
    fs::permissions(secret, fs::perms::none);
    CHECK_THAT(error(secret), ContainsSubstring("secret cannot be opened: Permission denied"));
  }
}
