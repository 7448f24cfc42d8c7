// Convolutions of small integers, whose sums are exact, for random shapes and those of the models:
// no entry is wrong, and none beside the arrays is touched, whichever library computes them.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "autodiff/backend.h"
#include "autodiff/cpu/provider.h"
#include "autodiff/ops.h"
#include "tests/catch.h"

namespace gradus {
namespace {

// An array with guard entries on either side.
template <class T>
class Guarded {
 public:
  explicit Guarded(std::int64_t size, T value = std::numeric_limits<T>::quiet_NaN())
      : size_(size), all_(static_cast<std::size_t>(size + 2 * guard), sentinel) {
    std::fill_n(all_.begin() + guard, size, value);
  }
  Guarded(std::mt19937& random, std::int64_t size) : Guarded(size) {
    for (T& v : *this) v = static_cast<T>(static_cast<int>(random() % 5) - 2);
  }
  template <class U>
  explicit Guarded(const Guarded<U>& other) : Guarded(other.size()) {
    std::copy(other.begin(), other.end(), begin());
  }
  auto begin() { return all_.begin() + guard; }
  auto begin() const { return all_.begin() + guard; }
  auto end() { return all_.end() - guard; }
  auto end() const { return all_.end() - guard; }
  std::int64_t size() const { return size_; }
  Array array() {
    return {all_.data() + guard, size_, sizeof(T) == sizeof(float) ? DType::f32 : DType::f64};
  }
  bool intact() const {
    const auto untouched = [](T v) { return v == sentinel; };
    return std::all_of(all_.begin(), begin(), untouched) &&
           std::all_of(end(), all_.end(), untouched);
  }

 private:
  static constexpr std::int64_t guard = 67;  // odd: a caller's array begins anywhere
  static constexpr T sentinel = T(-7.25e33);
  std::int64_t size_;
  std::vector<T> all_;
};

struct Results {
  Guarded<double> y, images, kernel;
  bool intact;
};

// A convolution and its adjoints.
template <class T>
Results convolve(const Conv2dSpec& s, Guarded<T> images, Guarded<T> kernel, Guarded<T> y_bar) {
  Guarded<T> y(y_bar.size()), of_images(images.size()), of_kernel(kernel.size());
  cpu_backend().conv2d(images.array(), kernel.array(), s, y.array());
  cpu_backend().conv2d_images(y_bar.array(), kernel.array(), s, of_images.array());
  cpu_backend().conv2d_kernel(images.array(), y_bar.array(), s, of_kernel.array());
  const bool intact = images.intact() && kernel.intact() && y_bar.intact() && y.intact() &&
                      of_images.intact() && of_kernel.intact();
  return {Guarded<double>(y), Guarded<double>(of_images), Guarded<double>(of_kernel), intact};
}

// Of small integers, whose sums are exact in f32 and in f64.
void check_exact(const Conv2dSpec& s, std::mt19937& random) {
  const Guarded<float> images(random, s.batch * s.height * s.width * s.channels);
  const Guarded<float> kernel(random, s.kernel_height * s.kernel_width * s.channels * s.filters);
  const Guarded<float> y_bar(random, s.batch * s.out_height * s.out_width * s.filters);
  const Results f32 = convolve(s, images, kernel, y_bar);
  const Results f64 =
      convolve(s, Guarded<double>(images), Guarded<double>(kernel), Guarded<double>(y_bar));
  const auto same = [](const Guarded<double>& a, const Guarded<double>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  };
  INFO("batch " << s.batch << ", images " << s.height << " x " << s.width << " x " << s.channels
                << ", kernel " << s.kernel_height << " x " << s.kernel_width << ", filters "
                << s.filters << ", stride " << s.stride << ", padding " << s.pad_top << ", "
                << s.pad_left << ", outputs " << s.out_height << " x " << s.out_width);
  CHECK(f32.intact);
  CHECK(f64.intact);
  CHECK(same(f32.y, f64.y));
  CHECK(same(f32.images, f64.images));
  CHECK(same(f32.kernel, f64.kernel));
}

std::int64_t multiplications(const Conv2dSpec& s) {
  return s.batch * s.out_height * s.out_width * s.kernel_height * s.kernel_width * s.channels *
         s.filters;
}

// Within low..high.
std::int64_t draw(std::mt19937& random, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random()) % (high - low + 1);
}

Conv2dSpec random_shape(std::mt19937& random) {
  Conv2dSpec s;
  const auto size = [&](std::int64_t high) { return draw(random, 1, high); };
  const bool kernel_is_small = size(2) == 1;
  s.batch = size(size(4) == 1 ? 33 : 4);
  s.channels = size(size(3) == 1 ? 4 : 70);
  s.filters = size(70);
  s.kernel_height = size(kernel_is_small ? 3 : 21);
  s.kernel_width = size(2) == 1 ? s.kernel_height : size(kernel_is_small ? 3 : 21);
  s.stride = size(3);
  s.height = size(24);
  s.width = size(24);
  // As wide as the kernel, at most, or the usual padding.
  const bool same = size(2) == 1;
  const auto zeros = [&](std::int64_t kernel) { return same ? kernel / 2 : size(kernel + 1) - 1; };
  s.pad_top = zeros(s.kernel_height);
  s.pad_left = zeros(s.kernel_width);
  const auto outputs = [&](std::int64_t padded, std::int64_t kernel) {
    return padded < kernel ? 0 : (padded - kernel) / s.stride + 1;
  };
  s.out_height = outputs(s.height + s.pad_top + zeros(s.kernel_height), s.kernel_height);
  s.out_width = outputs(s.width + s.pad_left + zeros(s.kernel_width), s.kernel_width);
  return s;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int random_shapes = 60;
#else
constexpr int random_shapes = 1000;
#endif

TEST_CASE("convolutions of random shapes are exact and stay within their memory") {
  std::mt19937 random(20);
  for (int count = 0; count < random_shapes;) {
    const Conv2dSpec s = random_shape(random);
    const std::int64_t work = multiplications(s);
    if (work < 1 << 15 || work > 1 << 21) continue;
    check_exact(s, random);
    ++count;
  }
}

// (n, n, channels) images, a square kernel with SAME or the given padding.
Conv2dSpec shape(std::int64_t n, std::int64_t channels, std::int64_t kernel, std::int64_t filters,
                 std::int64_t stride = 1, std::int64_t batch = 3) {
  const std::int64_t outputs = (n + stride - 1) / stride;
  const std::int64_t before = std::max<std::int64_t>((outputs - 1) * stride + kernel - n, 0) / 2;
  return {batch, n, n, channels, kernel, kernel, filters, stride, before, before, outputs, outputs};
}

// The convolutions of resnet18 and of Myrtle networks with so many filters, on so many pixels.
std::vector<Conv2dSpec> model_shapes(std::int64_t filters, std::int64_t n) {
  const std::int64_t after_stem = (n + 1) / 2;
  std::vector<Conv2dSpec> shapes = {
      shape(n, 1, 3, filters),
      shape(n, 3, 3, filters),
      {3, n, n, 3, 7, 7, filters, 2, 3, 3, after_stem, after_stem},  // the stem of ImageNet
  };
  for (std::int64_t size : {n, (after_stem + 1) / 2}) {  // with either stem
    std::int64_t channels = filters;
    for (int stage = 1; stage <= 4; ++stage) {
      shapes.push_back(shape(size, channels, 3, channels));
      if (stage == 4) break;
      shapes.push_back(shape(size, channels, 3, 2 * channels, 2));
      shapes.push_back(shape(size, channels, 1, 2 * channels, 2));
      size = (size + 1) / 2;
      channels *= 2;
    }
  }
  for (std::int64_t size = n / 2; size >= 2; size /= 2)  // after the pools
    shapes.push_back(shape(size, filters, 3, filters));
  return shapes;
}

TEST_CASE("the convolutions of the models are exact and stay within their memory") {
  std::mt19937 random(21);
  std::vector<std::pair<std::int64_t, std::int64_t>> sizes = {{4, 32}, {8, 64}, {16, 28}, {24, 32}};
  if (random_shapes > 1000) sizes.emplace_back(64, 32);
  for (const auto& [filters, n] : sizes)
    for (const Conv2dSpec& s : model_shapes(filters, n)) check_exact(s, random);
}

TEST_CASE("shapes on which oneDNN crashes, throws or is slow are left to Eigen") {
  std::mt19937 random(22);
  check_exact(shape(64, 4, 1, 8, 2, 32), random);  // oneDNN issue 6035
  check_exact(shape(2, 512, 3, 512), random);
  check_exact({4, 9, 9, 16, 3, 3, 16, 1, 0, 0, 13, 13}, random);  // padding 6 after the image
  check_exact({4, 3, 40, 8, 3, 20, 8, 1, 1, 9, 3, 40}, random);   // a kernel of 20 columns
}

TEST_CASE("the provider takes the models' usual convolutions") {
  if (provider().find("oneDNN") == std::string::npos) return;  // Eigen alone has none
  for (const Conv2dSpec& s : model_shapes(64, 32)) {
    if (s.out_height == 1 || s.channels == 1) continue;  // too small
    Guarded<float> images(s.batch * s.height * s.width * s.channels, 1);
    Guarded<float> kernel(s.kernel_height * s.kernel_width * s.channels * s.filters, 1);
    Guarded<float> y(s.batch * s.out_height * s.out_width * s.filters, 1);
    INFO("kernel of " << s.kernel_height << ", " << s.channels << " channels");
    CHECK(provided::conv2d(images.array(), kernel.array(), s, y.array()));
    CHECK(provided::conv2d_images(y.array(), kernel.array(), s, images.array()));
    CHECK(provided::conv2d_kernel(images.array(), y.array(), s, kernel.array()));
  }
}

}  // namespace
}  // namespace gradus
