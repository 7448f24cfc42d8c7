#include "data/dataset.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "autodiff/check.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

// Writes (pixel - mean) / std of one image. Sums of bytes are exact in f64, so an image of equal
// pixels has a deviation of exactly 0.
template <class T>
void standardise(std::span<const std::uint8_t> pixels, T* out) {
  const double count = static_cast<double>(pixels.size());
  const double mean = std::accumulate(pixels.begin(), pixels.end(), 0.0) / count;
  double squares = 0;
  for (const double pixel : pixels) squares += (pixel - mean) * (pixel - mean);
  const double scale = squares > 0 ? 1 / std::sqrt(squares / count) : 0;
  for (const double pixel : pixels) *out++ = static_cast<T>((pixel - mean) * scale);
}

}  // namespace

// FNV-1a.
std::string Dataset::fingerprint() const {
  std::uint64_t value = 0xcbf29ce484222325;
  const auto add = [&value](std::uint64_t next) { value = (value ^ next) * 0x100000001b3; };
  for (const std::int64_t size : {this->size(), height, width, channels, classes})
    add(static_cast<std::uint64_t>(size));
  for (const int label : labels) add(static_cast<std::uint64_t>(label));
  for (const std::uint8_t pixel : pixels) add(pixel);
  return std::to_string(value);
}

Dataset select(const Dataset& dataset, std::span<const std::int64_t> indices) {
  Dataset chosen = {dataset.height, dataset.width, dataset.channels, dataset.classes, {}, {},
                    dataset.source};
  const std::int64_t image_size = dataset.image_size();
  chosen.pixels.reserve(indices.size() * static_cast<std::size_t>(image_size));
  chosen.labels.reserve(indices.size());
  for (const std::int64_t i : indices) {
    check(0 <= i && i < dataset.size(), "[select] there is no image ", i, " among ",
          dataset.size());
    const auto begin = dataset.pixels.begin() + i * image_size;
    chosen.pixels.insert(chosen.pixels.end(), begin, begin + image_size);
    chosen.labels.push_back(dataset.labels[static_cast<std::size_t>(i)]);
  }
  return chosen;
}

Dataset first(const Dataset& dataset, std::int64_t count) {
  check(0 <= count && count <= dataset.size(), "[first] ", count, " images were asked for, but ",
        dataset.size(), " are there");
  std::vector<std::int64_t> indices(static_cast<std::size_t>(count));
  std::iota(indices.begin(), indices.end(), std::int64_t{0});
  return select(dataset, indices);
}

Tensor standardised_images(const Dataset& dataset, Layout layout, DType dtype, Device device) {
  const auto image_size = static_cast<std::size_t>(dataset.image_size());
  check(dataset.pixels.size() == dataset.labels.size() * image_size, "[standardised_images] ",
        dataset.pixels.size(), " pixels are not ", dataset.size(), " images of ", image_size);
  const Shape shape = layout == Layout::flat
                          ? Shape{dataset.size(), dataset.image_size()}
                          : Shape{dataset.size(), dataset.height, dataset.width, dataset.channels};
  return dispatch(dtype, [&](auto zero) {
    std::vector<decltype(zero)> values(dataset.pixels.size());
    for (std::size_t begin = 0; begin < values.size(); begin += image_size)
      standardise(std::span(dataset.pixels).subspan(begin, image_size), values.data() + begin);
    return from_host(values, shape, dtype, device);
  });
}

Tensor pooled_images(const Dataset& dataset, std::int64_t factor, Layout layout, DType dtype,
                     Device device) {
  check(factor > 0 && dataset.height % factor == 0 && dataset.width % factor == 0,
        "[pooled_images] images of ", dataset.height, "x", dataset.width,
        " cannot be divided into blocks of ", factor, "x", factor,
        "; the factor must divide both sides");
  const Tensor images = standardised_images(dataset, Layout::nhwc, dtype, device);
  const Tensor pooled = factor == 1 ? images : avg_pool2d(images, factor);
  if (layout == Layout::nhwc) return pooled;
  return reshape(pooled, {dataset.size(), dataset.image_size() / (factor * factor)});
}

Tensor one_hot(const std::vector<int>& labels, std::int64_t classes, DType dtype, Device device) {
  check(classes > 0, "[one_hot] ", classes, " classes: at least one is needed");
  std::vector<double> values(labels.size() * static_cast<std::size_t>(classes), 0.0);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    check(0 <= labels[i] && labels[i] < classes, "[one_hot] label ", labels[i], " of example ", i,
          " is not one of 0 to ", classes - 1);
    values[i * static_cast<std::size_t>(classes) + static_cast<std::size_t>(labels[i])] = 1;
  }
  return from_host(values, {static_cast<std::int64_t>(labels.size()), classes}, dtype, device);
}

Examples examples_of(const Dataset& dataset, Layout layout, DType dtype, Device device) {
  return {standardised_images(dataset, layout, dtype, device),
          one_hot(dataset.labels, dataset.classes, dtype, device)};
}

}  // namespace gradus
