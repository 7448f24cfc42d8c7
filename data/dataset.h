#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "autodiff/tensor.h"
#include "data/examples.h"

namespace gradus {

/// Labelled images as plain values, before any arithmetic.
struct Dataset {
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::int64_t channels = 0;
  std::int64_t classes = 0;
  std::vector<std::uint8_t> pixels;  ///< (size, height, width, channels), row-major
  std::vector<int> labels;           ///< one per image, 0 <= label < classes
  std::string source;                ///< one line: what was read, and from where

  /// Number of images.
  std::int64_t size() const { return static_cast<std::int64_t>(labels.size()); }
  /// Number of bytes of one image.
  std::int64_t image_size() const { return height * width * channels; }
  /// A text that tells the images and labels from others, wherever they were read from.
  std::string fingerprint() const;
};

/// The images with the given indices, in that order; an index may appear more than once.
Dataset select(const Dataset& dataset, std::span<const std::int64_t> indices);

/// The first `count` images.
Dataset first(const Dataset& dataset, std::int64_t count);

/// How a batch of images is laid out: one row of numbers per image for fully connected networks, or
/// (size, height, width, channels) for convolutions.
enum class Layout { flat, nhwc };

/// The images as a tensor, each standardised over all of its own pixels: mean 0, standard deviation
/// 1. An image whose pixels are all equal becomes zeros.
Tensor standardised_images(const Dataset& dataset, Layout layout, DType dtype = DType::f32,
                           Device device = default_device());

/// The same images after that, with each block of factor x factor pixels replaced by its mean: 28 x 28
/// pixels and a factor of 4 leave 49 numbers. The factor must divide height and width; 1 changes
/// nothing.
Tensor pooled_images(const Dataset& dataset, std::int64_t factor, Layout layout,
                     DType dtype = DType::f32, Device device = default_device());

/// Shape (size, classes): row i is 1 at labels[i] and 0 elsewhere.
Tensor one_hot(const std::vector<int>& labels, std::int64_t classes, DType dtype = DType::f32,
               Device device = default_device());

/// The standardised images, and their labels one-hot.
Examples examples_of(const Dataset& dataset, Layout layout, DType dtype = DType::f32,
                     Device device = default_device());

}  // namespace gradus
