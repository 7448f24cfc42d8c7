// Readers, look-up order, tensors made of images.
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "autodiff/check.h"
#include "data/dataset.h"
#include "data/embedded.h"
#include "data/load.h"
#include "data/readers.h"
#include "tests/catch.h"
#include "tests/data/data_files.h"

using namespace gradus;
using namespace gradus::test;
namespace fs = std::filesystem;

namespace {

const fs::path package = "/usr/share/datasets/fashion-mnist";

/// A folder that vanishes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "gradus-data-XXXXXX").native();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Writes a file, with the folders on its way, and returns where it is.
  fs::path write(const fs::path& name, const Bytes& bytes) const {
    const fs::path path = path_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error("could not write " + path.native());
    return path;
  }
  /// Writes training and test files of an IDX data set.
  fs::path write_idx(const fs::path& folder, std::uint32_t train, std::uint32_t test) const {
    write(folder / "train-images-idx3-ubyte.gz", gzip(idx_images(train)));
    write(folder / "train-labels-idx1-ubyte.gz", gzip(idx_labels(train)));
    write(folder / "t10k-images-idx3-ubyte", idx_images(test));
    write(folder / "t10k-labels-idx1-ubyte", idx_labels(test));
    return path_ / folder;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// The message of the gradus::Error that `call` throws; it must be one line that begins "[data] ".
std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    const std::string message = error.what();
    CHECK_THAT(message, Catch::Matchers::StartsWith("[data] "));
    CHECK(message.find('\n') == std::string::npos);
    return message;
  }
  FAIL("no gradus::Error was thrown");
  return "";
}

std::string idx_error(const Bytes& images, const Bytes& labels) {
  return error_of([&] { parse_idx({"I", images}, {"L", labels}); });
}

bool skip_without_package() {
  if (fs::is_directory(package)) return false;
  WARN("gradus: skipped, the package dataset-fashion-mnist is not installed");
  return true;
}

/// Sets an environment variable, and puts it back at the end.
class Environment {
 public:
  Environment(const char* name, const std::optional<std::string>& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Environment() { set(before_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  void set(const std::optional<std::string>& value) {
    if (value)
      setenv(name_, value->c_str(), 1);
    else
      unsetenv(name_);
  }
  const char* name_;
  std::optional<std::string> before_;
};

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

TEST_CASE("A fingerprint tells data apart, not where they lie") {
  const Bytes images = idx_images(12), labels = idx_labels(12);
  const Dataset d = parse_idx({"I", images}, {"L", labels});
  Dataset other = parse_idx({"elsewhere/I", gzip(images)}, {"L", labels});
  CHECK(d.fingerprint() == other.fingerprint());
  other.pixels[71] ^= 1;
  CHECK(d.fingerprint() != other.fingerprint());
  other.pixels[71] ^= 1;
  std::swap(other.labels[0], other.labels[1]);
  CHECK(d.fingerprint() != other.fingerprint());
  std::swap(other.labels[0], other.labels[1]);
  std::swap(other.height, other.width);
  CHECK(d.fingerprint() != other.fingerprint());
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

TEST_CASE("A folder is recognised by its files") {
  const TemporaryFolder t;
  const DataSplits idx = read_folder(t.write_idx("idx", 12, 5));
  CHECK(idx.train.size() == 12);
  CHECK(idx.test.size() == 5);
  CHECK(idx.train.source == "IDX images (" + (t.path() / "idx").native() +
                                "): 12 training and 5 test images of 2x3x1, 10 classes");
  CHECK(idx.test.source == idx.train.source);

  fs::create_directory(t.path() / "dots");  // the names in some archives
  for (const auto& entry : fs::directory_iterator(t.path() / "idx")) {
    std::string name = entry.path().filename();
    name[name.find("-idx")] = '.';
    fs::copy_file(entry, t.path() / "dots" / name);
  }
  CHECK(read_folder(t.path() / "dots").train.fingerprint() == idx.train.fingerprint());

  t.write("c10/data_batch_1.bin", cifar_file(4, 1));
  const DataSplits one = read_folder(t.path() / "c10");
  CHECK(one.train.size() == 4);
  CHECK(one.test.size() == 0);
  CHECK(one.test.height == 32);
  CHECK_THAT(one.train.source, ContainsSubstring("4 training and no test images of 32x32x3"));
  t.write("c10/data_batch_3.bin", cifar_file(2, 1));
  t.write("c10/test_batch.bin", cifar_file(3, 1));
  t.write("c10/batches.meta.txt", {'a'});
  const DataSplits c10 = read_folder(t.path() / "c10");
  CHECK(c10.train.labels == std::vector<int>{0, 1, 2, 3, 0, 1});
  CHECK(c10.train.pixels.size() == 6 * 3072);
  CHECK(c10.train.pixels[5 * 3072] == 1);
  CHECK(c10.test.size() == 3);
  CHECK(c10.train.classes == 10);

  t.write("c100/train.bin", cifar_file(8, 2));
  t.write("c100/test.bin", cifar_file(6, 2));
  const DataSplits c100 = read_folder(t.path() / "c100");
  CHECK(c100.train.size() == 8);
  CHECK(c100.test.size() == 6);
  CHECK(c100.train.classes == 100);
  CHECK_THAT(c100.train.source, Catch::Matchers::StartsWith("CIFAR-100 ("));
}

TEST_CASE("A folder that is not a data set is an error that says why") {
  const TemporaryFolder t;
  const auto error = [&t](const fs::path& name) {
    return error_of([&] { read_folder(t.path() / name); });
  };
  CHECK_THAT(error("nowhere"), ContainsSubstring("there is no folder"));
  CHECK_THAT(error(t.write("file", {1})), ContainsSubstring("is not a folder"));
  fs::create_directory(t.path() / "empty");
  CHECK_THAT(error("empty"), ContainsSubstring("holds none of train-images-idx3-ubyte(.gz)"));
  t.write("python/data_batch_1", {1});
  CHECK_THAT(error("python"), ContainsSubstring("CIFAR-10 in its Python version"));
  t.write_idx("mixed", 3, 3);
  t.write("mixed/test.bin", cifar_file(1, 2));
  CHECK_THAT(error("mixed"), ContainsSubstring("more than one data set"));
  t.write("testonly/test_batch.bin", cifar_file(1, 1));
  CHECK_THAT(error("testonly"), ContainsSubstring("has test_batch.bin but lacks data_batch_1.bin"));

  fs::remove(t.write_idx("half", 3, 3) / "train-labels-idx1-ubyte.gz");
  CHECK_THAT(error("half"), ContainsSubstring("lacks train-labels-idx1-ubyte (plain or .gz)"));
  fs::remove(t.write_idx("halftest", 3, 3) / "t10k-images-idx3-ubyte");
  CHECK_THAT(error("halftest"), ContainsSubstring("lacks t10k-images-idx3-ubyte"));
  t.write_idx("sizes", 3, 3);
  t.write("sizes/t10k-images-idx3-ubyte", idx_file(0x0803, {3, 4, 4}, 48));
  CHECK_THAT(error("sizes"), ContainsSubstring("training images are 2x3 but test images 4x4"));
  t.write("asfolder/train-images-idx3-ubyte/x", {1});
  t.write("asfolder/train-labels-idx1-ubyte", idx_labels(3));
  CHECK_THAT(error("asfolder"),
             ContainsSubstring("train-images-idx3-ubyte is a folder, not a file"));
}

TEST_CASE("Images are looked up where they should be, in that order") {
  // Every place has its own number of images, so that the number tells the place.
  const TemporaryFolder t;
  const std::string asked = t.write_idx("asked", 11, 1), variable = t.write_idx("variable", 12, 1);
  const fs::path package_folder = t.write_idx("package", 13, 1), cache = t.path() / "cache";
  t.write_idx("cache/fashion-mnist", 14, 1);
  t.write_idx("cache/mnist", 15, 1);
  for (const char* name : {"data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4",
                           "data_batch_5", "test_batch"})
    t.write("cache/cifar-10/" + std::string(name) + ".bin", cifar_file(4, 1));
  const fs::path none = t.path() / "none";
  const auto found = [](const DataPlaces& places) { return load_images_from(places).train.size(); };

  CHECK(found({asked, variable, package_folder, cache}) == 11);
  CHECK(found({"", variable, package_folder, cache}) == 12);
  CHECK(found({"", "", package_folder, cache}) == 13);
  CHECK(found({"", "", none, cache}) == 14);
  CHECK(found({"", "", none, none}) == 2048);
  CHECK(found({"", "", none, ""}) == 2048);

  CHECK(found({"fashion-mnist", variable, package_folder, cache}) == 13);
  CHECK(found({"fashion-mnist", "", none, cache}) == 14);
  CHECK(found({"mnist", "", package_folder, cache}) == 15);
  CHECK(found({"", "mnist", package_folder, cache}) == 15);
  CHECK(found({"cifar-10", "", package_folder, cache}) == 20);
  CHECK(found({"embedded", variable, package_folder, cache}) == 2048);
  CHECK_THAT(load_images_from({"mnist", "", none, cache}).train.source,
             ContainsSubstring("MNIST (" + (cache / "mnist").native() + "): 15 training"));
}

TEST_CASE("What was asked for and is not there is an error, never another place") {
  const TemporaryFolder t;
  const fs::path good = t.write_idx("good", 13, 1), cache = t.path() / "cache";
  const auto error = [](const DataPlaces& places) {
    return error_of([&] { load_images_from(places); });
  };
  CHECK_THAT(error({"nowhere", good, good, cache}),
             ContainsSubstring("--data nowhere: there is no such folder"));
  CHECK_THAT(error({"", "nowhere", good, cache}), ContainsSubstring("GRADUS_DATA nowhere: "));
  CHECK_THAT(error({"mnist", "", good, cache}),
             ContainsSubstring("data/get_data.sh mnist fetches"));
  CHECK_THAT(error({"fashion-mnist", "", "", cache}),
             ContainsSubstring("get_data.sh fashion-mnist"));
  CHECK_THAT(error({"mnist", "", good, ""}), ContainsSubstring("neither XDG_CACHE_HOME nor HOME"));
  CHECK_THAT(error({std::string(5000, 'x'), "", good, cache}), ContainsSubstring("cannot be read"));

  // A name stands for all of a set, and for no other.
  t.write("cache/cifar-10/data_batch_1.bin", cifar_file(4, 1));
  t.write("cache/cifar-10/test_batch.bin", cifar_file(4, 1));
  CHECK_THAT(
      error({"cifar-10", "", good, cache}),
      ContainsSubstring("is not all of CIFAR-10: it lacks data_batch_2.bin, data_batch_3.bin") &&
          ContainsSubstring("data/get_data.sh cifar-10"));
  CHECK(load_images_from({(cache / "cifar-10").native(), "", good, cache}).train.size() == 4);
  t.write("cache/cifar-100/train.bin", cifar_file(8, 2));
  CHECK_THAT(error({"cifar-100", "", good, cache}), ContainsSubstring("it lacks test.bin"));
  t.write_idx("cache/mnist", 3, 3);
  fs::remove(cache / "mnist/t10k-labels-idx1-ubyte");
  CHECK_THAT(error({"mnist", "", good, cache}),
             ContainsSubstring("it lacks t10k-labels-idx1-ubyte"));
  fs::remove_all(cache);
  t.write_idx("cache/cifar-10", 3, 3);
  CHECK_THAT(error({"cifar-10", "", good, cache}), ContainsSubstring("is not all of CIFAR-10"));

  // A broken package or cache is not passed over in silence either.
  t.write("broken/train-images-idx3-ubyte", idx_images(3));
  CHECK_THAT(
      error({"", "", t.path() / "broken", cache}),
      ContainsSubstring("lacks train-labels-idx1-ubyte") && ContainsSubstring("--data embedded"));
  fs::create_directories(cache / "fashion-mnist");
  CHECK_THAT(error({"", "", "", cache}), ContainsSubstring("--data embedded"));
}

TEST_CASE("The places on this computer come from the environment") {
  const Environment home("HOME", "/home/reader");
  {
    const Environment data("GRADUS_DATA", "/some/where"), xdg("XDG_CACHE_HOME", "/var/tmp/c");
    const DataPlaces places = data_places("mine");
    CHECK(places.option == "mine");
    CHECK(places.variable == "/some/where");
    CHECK(places.package == package);
    CHECK(places.cache == "/var/tmp/c/gradus");
    CHECK_THAT(error_of([] { load_images(""); }), ContainsSubstring("GRADUS_DATA /some/where"));
  }
  const Environment data("GRADUS_DATA", std::nullopt);
  CHECK(data_places("").variable.empty());
  for (const auto& unusable :
       {std::optional<std::string>(), std::optional<std::string>("relative")}) {
    const Environment xdg("XDG_CACHE_HOME", unusable);
    CHECK(data_places("").cache == "/home/reader/.cache/gradus");
    const Environment homeless("HOME", std::nullopt);
    CHECK(data_places("").cache.empty());
  }
}

TEST_CASE("The embedded images are 2048 and 512 of ten classes") {
  const DataSplits d = embedded_fashion_mnist();
  REQUIRE(d.train.size() == 2048);
  REQUIRE(d.test.size() == 512);
  CHECK(d.train.height == 28);
  CHECK(d.train.width == 28);
  CHECK(d.train.channels == 1);
  CHECK(std::vector<int>(d.train.labels.begin(), d.train.labels.begin() + 8) ==
        std::vector<int>{9, 0, 0, 3, 0, 2, 7, 2});
  std::map<int, int> histogram;
  for (const int label : d.train.labels) ++histogram[label];
  CHECK(histogram.size() == 10);
  for (const auto& [label, count] : histogram) CHECK(count > 150);
  CHECK(
      d.train.source ==
      "Fashion-MNIST (embedded subset): 2048 training and 512 test images of 28x28x1, 10 classes");
}

TEST_CASE("The embedded images are the first of Debian's package, byte for byte") {
  if (skip_without_package()) return;
  const DataSplits all = read_folder(package), embedded = embedded_fashion_mnist();
  CHECK(all.train.size() == 60000);
  CHECK(all.test.size() == 10000);
  for (const auto& [part, whole] :
       {std::pair(&embedded.train, &all.train), std::pair(&embedded.test, &all.test)}) {
    const Dataset start = first(*whole, part->size());
    CHECK(part->pixels == start.pixels);
    CHECK(part->labels == start.labels);
  }
  std::map<int, int> histogram;
  for (const int label : all.train.labels) ++histogram[label];
  for (int label = 0; label < 10; ++label) CHECK(histogram[label] == 6000);
}

TEST_CASE("Images are chosen by index") {
  const Bytes images = idx_images(12), labels = idx_labels(12);
  const Dataset d = parse_idx({"I", images}, {"L", labels});
  const std::vector<std::int64_t> indices = {11, 0, 11};
  const Dataset chosen = select(d, indices);
  CHECK(chosen.labels == std::vector<int>{1, 0, 1});
  CHECK(chosen.pixels == Bytes{66, 67, 68, 69, 70, 71, 0, 1, 2, 3, 4, 5, 66, 67, 68, 69, 70, 71});
  CHECK(chosen.classes == 10);
  CHECK(chosen.source == d.source);
  CHECK(first(d, 2).labels == std::vector<int>{0, 1});
  CHECK(first(d, 0).size() == 0);
  CHECK_THROWS_AS(first(d, 13), Error);
  CHECK_THROWS_AS(select(d, std::vector<std::int64_t>{12}), Error);
  CHECK_THROWS_AS(select(d, std::vector<std::int64_t>{-1}), Error);
}

TEST_CASE("Each image is standardised over its own pixels") {
  Dataset d = {1, 2, 2, 10, {1, 3, 5, 7, 9, 9, 9, 9, 0, 255, 0, 255}, {0, 1, 2}, ""};
  // 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9) / 4 = 5.
  const double r = 1 / std::sqrt(5.0);
  const std::vector<double> expected = {-3 * r, -r, r, 3 * r, 0, 0, 0, 0, -1, 1, -1, 1};
  const Tensor flat = standardised_images(d, Layout::flat, DType::f64);
  CHECK(flat.shape() == Shape{3, 4});
  CHECK(flat.dtype() == DType::f64);
  const std::vector<double> values = flat.to_vector();
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(values[i] == Approx(expected[i]).margin(1e-15));
  const Tensor images = standardised_images(d, Layout::nhwc);
  CHECK(images.shape() == Shape{3, 1, 2, 2});
  CHECK(images.dtype() == DType::f32);
  const std::vector<double> rounded = images.to_vector();
  for (std::size_t i = 0; i < values.size(); ++i)
    CHECK(rounded[i] == static_cast<double>(static_cast<float>(values[i])));
  CHECK(standardised_images(first(d, 0), Layout::flat).shape() == Shape{0, 4});
  d.pixels.pop_back();
  CHECK_THROWS_AS(standardised_images(d, Layout::flat), Error);
}

TEST_CASE("Pooled images are the means over blocks of the standardised ones") {
  // One image of 2 x 4 pixels with mean 4, whose blocks have the means 3 and 5.
  const Dataset d = {2, 4, 1, 10, {0, 2, 4, 6, 4, 6, 8, 2}, {0}, ""};
  const double r = 1 / std::sqrt(6.0);  // (16 + 4 + 0 + 4 + 0 + 4 + 16 + 4) / 8 = 6
  const Tensor flat = pooled_images(d, 2, Layout::flat, DType::f64);
  CHECK(flat.shape() == Shape{1, 2});
  CHECK(flat.dtype() == DType::f64);
  CHECK(flat.to_vector()[0] == Approx(-r).epsilon(1e-14));
  CHECK(flat.to_vector()[1] == Approx(r).epsilon(1e-14));
  CHECK(pooled_images(d, 2, Layout::nhwc).shape() == Shape{1, 1, 2, 1});
  CHECK(pooled_images(d, 1, Layout::flat).to_vector() ==
        standardised_images(d, Layout::flat).to_vector());
  CHECK(pooled_images(first(d, 0), 2, Layout::flat).shape() == Shape{0, 2});
  const Dataset clothes = first(embedded_fashion_mnist().train, 3);
  CHECK(pooled_images(clothes, 4, Layout::flat).shape() == Shape{3, 49});
  for (const std::int64_t factor : {-1, 0, 3, 4})
    CHECK_THROWS_WITH(pooled_images(d, factor, Layout::flat),
                      "[pooled_images] images of 2x4 cannot be divided into blocks of " +
                          std::to_string(factor) + "x" + std::to_string(factor) +
                          "; the factor must divide both sides");
}

TEST_CASE("Labels become one-hot rows") {
  const Tensor y = one_hot({2, 0}, 3, DType::f64);
  CHECK(y.shape() == Shape{2, 3});
  CHECK(y.to_vector() == std::vector<double>{0, 0, 1, 1, 0, 0});
  CHECK(one_hot({}, 3).shape() == Shape{0, 3});
  CHECK_THROWS_WITH(one_hot({0, 3}, 3), "[one_hot] label 3 of example 1 is not one of 0 to 2");
  CHECK_THROWS_AS(one_hot({-1}, 3), Error);
  CHECK_THROWS_AS(one_hot({}, -1), Error);
}
