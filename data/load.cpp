#include "data/load.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <span>
#include <vector>

#include "autodiff/check.h"
#include "data/embedded.h"
#include "data/readers.h"

namespace gradus {
namespace {

namespace fs = std::filesystem;

enum class Format { idx, cifar10, cifar100 };

// What the user may ask for by name, which is also the folder's name in the cache.
struct KnownSet {
  const char* name;
  const char* title;
  Format format;
};
constexpr KnownSet known_sets[] = {{"mnist", "MNIST", Format::idx},
                                   {"fashion-mnist", "Fashion-MNIST", Format::idx},
                                   {"cifar-10", "CIFAR-10", Format::cifar10},
                                   {"cifar-100", "CIFAR-100", Format::cifar100}};
constexpr const KnownSet& fashion_mnist = known_sets[1];

constexpr const char *train_images = "train-images-idx3-ubyte",
                     *train_labels = "train-labels-idx1-ubyte",
                     *test_images = "t10k-images-idx3-ubyte",
                     *test_labels = "t10k-labels-idx1-ubyte";
constexpr const char* cifar10_batches[] = {"data_batch_1.bin", "data_batch_2.bin",
                                           "data_batch_3.bin", "data_batch_4.bin",
                                           "data_batch_5.bin"};
constexpr const char* cifar100_batches[] = {"train.bin"};

// Never throws: what cannot be looked at is not there.
bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::set<std::string> names_in(const fs::path& folder) {
  std::error_code error;
  const auto status = fs::status(folder, error);
  check(status.type() != fs::file_type::not_found, "[data] there is no folder ", folder.native());
  check(!error, "[data] ", folder.native(), " cannot be read: ", error.message());
  check(fs::is_directory(status), "[data] ", folder.native(),
        " is not a folder; name the folder that holds the data files");
  std::set<std::string> names;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    names.insert(entry->path().filename().native());
  check(!error, "[data] ", folder.native(), " cannot be read: ", error.message());
  return names;
}

// One folder and the names of what is in it.
struct Folder {
  fs::path path;
  std::set<std::string> names;

  bool has(const std::string& name) const { return names.contains(name); }
  // The name under which an IDX file is there, empty if it is not: some archives have a dot in
  // train-images.idx3-ubyte.
  std::string idx_name(const std::string& name) const {
    std::string dotted = name;
    dotted[dotted.find("-idx")] = '.';
    for (const std::string& there : {name, name + ".gz", dotted, dotted + ".gz"})
      if (has(there)) return there;
    return "";
  }
  bool has_idx(const std::string& name) const { return !idx_name(name).empty(); }
  fs::path idx(const std::string& name) const {
    check(has_idx(name), "[data] ", path.native(), " lacks ", name, " (plain or .gz)");
    return path / idx_name(name);
  }
};

// Programs print this line; it names the set, the place and the sizes.
void describe(DataSplits& splits, const std::string& name, const std::string& from) {
  const Dataset& d = splits.train;
  const std::string test =
      splits.test.size() ? "and " + std::to_string(splits.test.size()) : std::string("and no");
  splits.train.source = splits.test.source =
      name + " (" + from + "): " + std::to_string(d.size()) + " training " + test +
      " test images of " + std::to_string(d.height) + "x" + std::to_string(d.width) + "x" +
      std::to_string(d.channels) + ", " + std::to_string(d.classes) + " classes";
}

// An empty set with the sizes of `like`.
Dataset none_like(const Dataset& like) {
  return {like.height, like.width, like.channels, like.classes, {}, {}, like.source};
}

DataSplits read_idx_folder(const Folder& folder) {
  DataSplits splits;
  splits.train = read_idx(folder.idx(train_images), folder.idx(train_labels));
  splits.test = folder.has_idx(test_images) || folder.has_idx(test_labels)
                    ? read_idx(folder.idx(test_images), folder.idx(test_labels))
                    : none_like(splits.train);
  check(splits.train.height == splits.test.height && splits.train.width == splits.test.width,
        "[data] ", folder.path.native(), ": training images are ", splits.train.height, "x",
        splits.train.width, " but test images ", splits.test.height, "x", splits.test.width);
  return splits;
}

DataSplits read_cifar_folder(const Folder& folder, Cifar kind, std::span<const char* const> train,
                             const char* test) {
  std::vector<fs::path> files;
  for (const char* name : train)
    if (folder.has(name)) files.push_back(folder.path / name);
  check(!files.empty(), "[data] ", folder.path.native(), " has ", test, " but lacks ",
        train.front());
  DataSplits splits;
  splits.train = read_cifar(kind, files);
  splits.test = folder.has(test) ? read_cifar(kind, {folder.path / test}) : none_like(splits.train);
  return splits;
}

Format format_of(const Folder& folder) {
  const std::string path = folder.path.native();
  const bool idx = folder.has_idx(train_images) || folder.has_idx(train_labels) ||
                   folder.has_idx(test_images) || folder.has_idx(test_labels);
  const bool cifar10 = folder.has("test_batch.bin") ||
                       std::any_of(std::begin(cifar10_batches), std::end(cifar10_batches),
                                   [&](const char* name) { return folder.has(name); });
  const bool cifar100 = folder.has("train.bin") || folder.has("test.bin");
  const int found = idx + cifar10 + cifar100;
  check(found > 0 || !folder.has("data_batch_1"), "[data] ", path,
        " holds CIFAR-10 in its Python version; the binary version is needed");
  check(found > 0, "[data] ", path, " holds none of ", train_images,
        "(.gz), data_batch_1.bin and train.bin, so it is not MNIST, Fashion-MNIST, CIFAR-10 or "
        "CIFAR-100");
  check(found == 1, "[data] ", path,
        " holds files of more than one data set; keep each in a folder of its own");
  return idx ? Format::idx : cifar10 ? Format::cifar10 : Format::cifar100;
}

DataSplits read_format(const Folder& folder, Format format) {
  switch (format) {
    case Format::idx: return read_idx_folder(folder);
    case Format::cifar10:
      return read_cifar_folder(folder, Cifar::cifar10, cifar10_batches, "test_batch.bin");
    default: return read_cifar_folder(folder, Cifar::cifar100, cifar100_batches, "test.bin");
  }
}

// The files of a set that are missing from a folder, with commas between.
std::string missing_files(const Folder& folder, Format format) {
  std::vector<std::string> all = {train_images, train_labels, test_images, test_labels};
  if (format == Format::cifar10) {
    all.assign(std::begin(cifar10_batches), std::end(cifar10_batches));
    all.push_back("test_batch.bin");
  } else if (format == Format::cifar100) {
    all = {"train.bin", "test.bin"};
  }
  std::string missing;
  for (const std::string& name : all)
    if (format == Format::idx ? !folder.has_idx(name) : !folder.has(name))
      missing += (missing.empty() ? "" : ", ") + name;
  return missing;
}

// A set that is called by its name is all of it.
DataSplits read_known_folder(const fs::path& path, const KnownSet& set) {
  const Folder folder = {path, names_in(path)};
  const std::string missing = missing_files(folder, set.format);
  check(missing.empty(), "[data] ", path.native(), " is not all of ", set.title, ": it lacks ",
        missing, "; remove it and run data/get_data.sh ", set.name,
        ", or give its path to --data to take what is there");
  DataSplits splits = read_format(folder, format_of(folder));
  describe(splits, set.title, path.native());
  return splits;
}

// What the user asked for, by --data or by the variable: `asked_by` says which.
DataSplits load_asked(const std::string& what, const std::string& asked_by,
                      const DataPlaces& places) {
  if (what == "embedded") return embedded_fashion_mnist();
  const auto known = std::find_if(std::begin(known_sets), std::end(known_sets),
                                  [&](const KnownSet& set) { return set.name == what; });
  if (known == std::end(known_sets)) {
    std::error_code ignored;
    const bool missing = fs::status(what, ignored).type() == fs::file_type::not_found;
    check(!missing, "[data] ", asked_by, " ", what,
          ": there is no such folder, and it is none of the names mnist, fashion-mnist, cifar-10, "
          "cifar-100 and embedded");
    return read_folder(what);
  }
  if (known == &fashion_mnist && is_folder(places.package))
    return read_known_folder(places.package, fashion_mnist);
  check(!places.cache.empty(), "[data] ", asked_by, " ", what,
        ": neither XDG_CACHE_HOME nor HOME is set, so there is no cache to look in");
  const fs::path cached = places.cache / what;
  check(is_folder(cached), "[data] ", asked_by, " ", what, ": there is no ", cached.native(),
        "; data/get_data.sh ", what, " fetches it");
  return read_known_folder(cached, *known);
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

DataSplits read_folder(const fs::path& path) {
  const Folder folder = {path, names_in(path)};
  const Format format = format_of(folder);
  DataSplits splits = read_format(folder, format);
  describe(splits,
           format == Format::idx       ? "IDX images"
           : format == Format::cifar10 ? "CIFAR-10"
                                       : "CIFAR-100",
           path.native());
  return splits;
}

DataSplits embedded_fashion_mnist() {
  const EmbeddedFiles files = embedded_files();
  DataSplits splits = {parse_idx(files.train_images, files.train_labels),
                       parse_idx(files.test_images, files.test_labels)};
  describe(splits, "Fashion-MNIST", "embedded subset");
  return splits;
}

DataPlaces data_places(const std::string& data_option) {
  DataPlaces places;
  places.option = data_option;
  places.variable = variable("GRADUS_DATA");
  places.package = "/usr/share/datasets/fashion-mnist";
  // The XDG specification says to ignore a relative path.
  const fs::path xdg = variable("XDG_CACHE_HOME"), home = variable("HOME");
  if (xdg.is_absolute())
    places.cache = xdg / "gradus";
  else if (!home.empty())
    places.cache = home / ".cache" / "gradus";
  return places;
}

DataSplits load_images_from(const DataPlaces& places) {
  if (!places.option.empty()) return load_asked(places.option, "--data", places);
  if (!places.variable.empty()) return load_asked(places.variable, "GRADUS_DATA", places);
  const fs::path cached = places.cache.empty() ? fs::path() : places.cache / "fashion-mnist";
  for (const fs::path& folder : {places.package, cached}) {
    if (!is_folder(folder)) continue;
    try {
      return read_known_folder(folder, fashion_mnist);
    } catch (const Error& error) {
      fail(error.what(), " (or choose --data embedded, which is always there)");
    }
  }
  return embedded_fashion_mnist();
}

DataSplits load_images(const std::string& data_option) {
  return load_images_from(data_places(data_option));
}

}  // namespace gradus
