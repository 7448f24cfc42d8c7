#pragma once

#include "data/file_bytes.h"

namespace gradus {

/// The four gzipped IDX files of fashion_mnist_subset/, which every program carries within itself:
/// the first 2,048 training and 512 test images of Fashion-MNIST.
struct EmbeddedFiles {
  FileBytes train_images, train_labels, test_images, test_labels;
};
EmbeddedFiles embedded_files();

}  // namespace gradus
