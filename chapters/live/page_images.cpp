// In a page there are no files: it brings the first images of the embedded data set as bytes.
#include "data/load.h"

namespace {

std::vector<std::uint8_t> bytes;  // pixels of all images, then a label each

}  // namespace

/// Where the page puts `count` images.
extern "C" std::uint8_t* live_images(int count) {
  bytes.resize(std::size_t(count) * 785);
  return bytes.data();
}

namespace gradus {

DataSplits embedded_fashion_mnist() {
  const auto labels =
      bytes.begin() + std::ptrdiff_t(bytes.size() / 785 * 784);
  return {.train = {.height = 28,
                    .width = 28,
                    .channels = 1,
                    .classes = 10,
                    .pixels = {bytes.begin(), labels},
                    .labels = {labels, bytes.end()},
                    .source = "the page"},
          .test = {}};
}

}  // namespace gradus
