// Fingerprints, and tensors made of images.
#include "data/dataset.h"

#include <cmath>
#include <string>

#include "autodiff/check.h"
#include "data/load.h"
#include "data/readers.h"
#include "tests/catch.h"
#include "tests/data/data_files.h"

using namespace gradus;
using namespace gradus::test;

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
