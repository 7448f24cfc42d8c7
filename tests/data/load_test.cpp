// Where images are looked for, and the ones that every program carries.
#include "data/load.h"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "data/embedded.h"
#include "tests/catch.h"
#include "tests/data/data_files.h"
#include "tests/data/surroundings.h"

using namespace gradus;
using namespace gradus::test;
namespace fs = std::filesystem;

namespace {

const fs::path package = "/usr/share/datasets/fashion-mnist";

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
