#include "data/readers.h"

#include <array>
#include <cstdio>

#include "autodiff/check.h"
#include "data/byte_stream.h"

namespace gradus {
namespace {

constexpr std::uint32_t image_magic = 0x0803;  // unsigned bytes (08) in 3 dimensions
constexpr std::uint32_t label_magic = 0x0801;  // unsigned bytes in 1 dimension

struct IdxKind {
  std::uint32_t magic;
  std::size_t dimensions;
  const char* name;
};
constexpr IdxKind idx_images = {image_magic, 3, "an IDX image file"};
constexpr IdxKind idx_labels = {label_magic, 1, "an IDX label file"};

std::string hex(std::uint32_t value) {
  char text[9];
  std::snprintf(text, sizeof text, "%08x", value);
  return text;
}

std::string product(const std::vector<std::uint32_t>& sizes) {
  std::string text;
  for (const std::uint32_t size : sizes) text += (text.empty() ? "" : "x") + std::to_string(size);
  return text;
}

struct Idx {
  std::vector<std::uint32_t> sizes;
  std::vector<std::uint8_t> values;
};

Idx parse_idx_file(const FileBytes& file, const IdxKind& kind) {
  ByteStream stream(file);
  std::array<std::uint8_t, 16> header = {};
  const std::size_t header_bytes = 4 * (1 + kind.dimensions);
  const std::size_t got = stream.read(std::span(header).first(header_bytes));
  const auto word = [&header](std::size_t i) {
    return std::uint32_t{header[4 * i]} << 24 | std::uint32_t{header[4 * i + 1]} << 16 |
           std::uint32_t{header[4 * i + 2]} << 8 | std::uint32_t{header[4 * i + 3]};
  };
  const std::uint32_t magic = word(0);
  const IdxKind& other = kind.magic == image_magic ? idx_labels : idx_images;
  check(got < 4 || magic != other.magic, "[data] ", file.name, " is ", other.name, ", but ",
        kind.name, " is needed");
  check(got < 4 || magic == kind.magic, "[data] ", file.name, " is not ", kind.name,
        ": it begins with ", hex(magic), ", not with ", hex(kind.magic));
  check(got == header_bytes, "[data] ", file.name, " ends within its header, after ", got, " of ",
        header_bytes, " bytes");

  // The sizes are checked before anything is allocated: a corrupt header may announce 2^96 bytes.
  Idx idx;
  std::uint64_t count = 1;
  bool too_large = false;
  for (std::size_t i = 0; i < kind.dimensions; ++i) {
    idx.sizes.push_back(word(1 + i));
    too_large |= idx.sizes[i] > 0 && count > most_bytes / idx.sizes[i];
    count *= idx.sizes[i];
  }
  const std::string sizes = product(idx.sizes);
  check(count > 0 || too_large, "[data] ", file.name, " holds no data: its header announces ",
        sizes, " bytes");
  check(!too_large, "[data] ", file.name, " announces ", sizes, " bytes, more than the ",
        most_bytes, " that can be read: its header is corrupt");
  check(stream.is_gzip() || count == stream.plain_bytes_left(), "[data] ", file.name, " announces ",
        sizes, " = ", count, " bytes after its header, but ", stream.plain_bytes_left(),
        " are there; copy or download it again");
  stream.append(count, idx.values);
  stream.expect_end();
  return idx;
}

struct CifarLayout {
  std::int64_t classes;
  std::size_t label_bytes;
  const char* name;
};
constexpr std::size_t side = 32, plane = side * side, channels = 3;

CifarLayout layout_of(Cifar kind) {
  return kind == Cifar::cifar10 ? CifarLayout{10, 1, "CIFAR-10"} : CifarLayout{100, 2, "CIFAR-100"};
}

std::string describe(const Dataset& d, const std::string& format, const std::string& from) {
  return format + ": " + std::to_string(d.size()) + " images of " + std::to_string(d.height) + "x" +
         std::to_string(d.width) + "x" + std::to_string(d.channels) + " from " + from;
}

}  // namespace

Dataset parse_idx(const FileBytes& images, const FileBytes& labels, std::int64_t classes) {
  Idx pixels = parse_idx_file(images, idx_images);
  const Idx classes_of = parse_idx_file(labels, idx_labels);
  check(pixels.sizes[0] == classes_of.sizes[0], "[data] ", images.name, " holds ", pixels.sizes[0],
        " images but ", labels.name, " holds ", classes_of.sizes[0],
        " labels: they do not belong together");
  Dataset dataset;
  dataset.height = pixels.sizes[1];
  dataset.width = pixels.sizes[2];
  dataset.channels = 1;
  dataset.classes = classes;
  dataset.pixels = std::move(pixels.values);
  dataset.labels.assign(classes_of.values.begin(), classes_of.values.end());
  for (std::size_t i = 0; i < dataset.labels.size(); ++i)
    check(dataset.labels[i] < classes, "[data] ", labels.name, ": label ", dataset.labels[i],
          " of image ", i, " is not one of 0 to ", classes - 1);
  dataset.source = describe(dataset, "IDX", images.name);
  return dataset;
}

Dataset read_idx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 std::int64_t classes) {
  const std::vector<std::uint8_t> image_bytes = read_file(images), label_bytes = read_file(labels);
  return parse_idx({images.native(), image_bytes}, {labels.native(), label_bytes}, classes);
}

Dataset parse_cifar(Cifar kind, const FileBytes& file) {
  const CifarLayout layout = layout_of(kind);
  const std::size_t record_bytes = layout.label_bytes + channels * plane;
  check(!file.bytes.empty(), "[data] ", file.name, " is empty");
  check(file.bytes.size() % record_bytes == 0, "[data] ", file.name, " has ", file.bytes.size(),
        " bytes, not a whole number of ", layout.name, " records of ", record_bytes,
        "; copy or download it again");
  Dataset dataset;
  dataset.height = dataset.width = side;
  dataset.channels = channels;
  dataset.classes = layout.classes;
  dataset.pixels.resize(file.bytes.size() / record_bytes * channels * plane);
  std::uint8_t* pixel = dataset.pixels.data();
  for (std::size_t begin = 0; begin < file.bytes.size(); begin += record_bytes) {
    const auto record = file.bytes.subspan(begin, record_bytes);
    const int label = record[layout.label_bytes - 1];  // the last one is the fine label
    check(label < layout.classes, "[data] ", file.name, ": label ", label, " of record ",
          begin / record_bytes, " is not one of 0 to ", layout.classes - 1, " of ", layout.name);
    dataset.labels.push_back(label);
    const auto planes = record.subspan(layout.label_bytes);
    for (std::size_t i = 0; i < plane; ++i)
      for (std::size_t channel = 0; channel < channels; ++channel)
        *pixel++ = planes[channel * plane + i];
  }
  dataset.source = describe(dataset, layout.name, file.name);
  return dataset;
}

Dataset read_cifar(Cifar kind, const std::vector<std::filesystem::path>& files) {
  check(!files.empty(), "[read_cifar] no file was named");
  Dataset all;
  for (const auto& path : files) {
    const std::vector<std::uint8_t> bytes = read_file(path);
    Dataset part = parse_cifar(kind, {path.native(), bytes});
    if (all.size() == 0) {
      all = std::move(part);
      continue;
    }
    all.pixels.insert(all.pixels.end(), part.pixels.begin(), part.pixels.end());
    all.labels.insert(all.labels.end(), part.labels.begin(), part.labels.end());
  }
  all.source = describe(all, layout_of(kind).name, files.front().parent_path().native());
  return all;
}

}  // namespace gradus
