// f32 products and convolutions, which another library than Eigen may compute, against f64, which
// is always Eigen's; that they are the same bits for every number of threads; and what a library
// could leave out: NaN, infinities, sums of nothing.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <thread>

#include "autodiff/backend.h"
#include "autodiff/cpu/provider.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

Tensor normal(Shape shape, std::uint64_t stream, DType dtype) {
  return random_normal(std::move(shape), {17, stream}, 1.0, dtype);
}

// The sizes are below and above those from which on a library takes part, and odd.
constexpr std::int64_t product_sizes[][3] = {
    {1, 5, 1},    {3, 70, 41},   {33, 31, 35},  {64, 64, 10},   {64, 784, 64}, {129, 63, 130},
    {300, 2, 91}, {2, 300, 517}, {1, 400, 300}, {1030, 33, 40}, {40, 35, 1100}};

// All four kinds of products of these sizes, one after the other.
Values products(DType dtype) {
  Values all;
  for (const auto& [m, k, n] : product_sizes)
    for (bool ta : {false, true})
      for (bool tb : {false, true}) {
        const Tensor a = normal(ta ? Shape{k, m} : Shape{m, k}, 1, dtype);
        const Tensor b = normal(tb ? Shape{n, k} : Shape{k, n}, 2, dtype);
        const Values y = matmul(a, b, ta, tb).to_vector();
        all.insert(all.end(), y.begin(), y.end());
      }
  return all;
}

struct Convolution {
  Shape images, kernel;
  std::int64_t stride;
  Padding padding;
};

// Each with its gradients in images and kernel.
Values with_gradients(const std::vector<Convolution>& rows, DType dtype) {
  Values all;
  for (const Convolution& row : rows) {
    const Tensor images = normal(row.images, 3, dtype), kernel = normal(row.kernel, 4, dtype);
    const Tensor y = conv2d(images, kernel, row.stride, row.padding);
    const Tensor y_bar = normal(y.shape(), 5, dtype);
    for (const Tensor& t : {y, vjp(y, y_bar, images), vjp(y, y_bar, kernel)}) {
      const Values values = t.to_vector();
      all.insert(all.end(), values.begin(), values.end());
    }
  }
  return all;
}

Values convolutions(DType dtype) {
  return with_gradients({{{2, 5, 5, 1}, {3, 3, 1, 2}, 1, Padding::Same()},
                         {{9, 16, 16, 3}, {3, 3, 3, 32}, 1, Padding::Same()},
                         {{11, 13, 12, 20}, {3, 3, 20, 24}, 2, Padding::Same()},
                         {{5, 9, 10, 16}, {5, 4, 16, 7}, 1, Padding::Valid()},
                         {{3, 12, 11, 17}, {3, 3, 17, 19}, 3, {.top = 2, .right = 1}},
                         {{37, 8, 8, 16}, {1, 1, 16, 16}, 1, Padding::Valid()},
                         {{2, 30, 30, 8}, {3, 3, 8, 8}, 1, {.top = 4, .left = 5}}},
                        dtype);
}

void check_close(const Values& f32, const Values& f64) {
  REQUIRE(f32.size() == f64.size());
  double worst = 0;
  for (std::size_t i = 0; i < f32.size(); ++i)
    worst = std::max(worst, std::fabs(f32[i] - f64[i]) / (1 + std::fabs(f64[i])));
  CHECK(worst < 2e-4);
}

TEST_CASE("products in f32 agree with those in f64") {
  check_close(products(DType::f32), products(DType::f64));
}

TEST_CASE("convolutions and their adjoints in f32 agree with those in f64") {
  check_close(convolutions(DType::f32), convolutions(DType::f64));
}

TEST_CASE("f32 products and convolutions are the same bits for every number of threads") {
  const int before = threads();
  set_threads(1);
  const Values one_products = products(DType::f32), one_convolutions = convolutions(DType::f32);
  for (int count : {2, 3, 7}) {
    set_threads(count);
    CHECK(products(DType::f32) == one_products);
    CHECK(convolutions(DType::f32) == one_convolutions);
  }
  set_threads(before);

  Values products_beside, convolutions_beside;  // another user of the engine at the same time
  std::thread beside([&] {
    set_threads(2);
    products_beside = products(DType::f32);
    convolutions_beside = convolutions(DType::f32);
  });
  CHECK(convolutions(DType::f32) == one_convolutions);
  CHECK(products(DType::f32) == one_products);
  beside.join();
  CHECK(products_beside == one_products);
  CHECK(convolutions_beside == one_convolutions);
}

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

// Sizes that no tile of 4 x 4 pixels divides, and more images than are convolved at a time.
Values many_channels(DType dtype) {
  return with_gradients({{{43, 9, 13, 64}, {3, 3, 64, 80}, 1, Padding::Same()}}, dtype);
}

// What the environment asks for, until the end of the block.
struct Asked {
  explicit Asked(const char* way) { setenv("GRADUS_CONVOLUTIONS", way, 1); }
  ~Asked() { unsetenv("GRADUS_CONVOLUTIONS"); }
};

TEST_CASE("Winograd's convolutions agree with the direct ones, for any number of threads") {
  if (provider().find("oneDNN") == std::string::npos) return;  // Eigen alone has none
  const int before = threads();
  set_threads(1);
  const Values direct = many_channels(DType::f32);
  {
    const Asked asked("wino");
    CHECK(error_of([] { many_channels(DType::f32); }) ==
          "GRADUS_CONVOLUTIONS is wino; set it to direct or to winograd");
  }
  const Asked asked("winograd");
  const std::string refused = error_of([] { many_channels(DType::f32); });
  const bool possible = refused.find("for processors with AVX-512 only") == std::string::npos;
  if (!possible) return set_threads(before);
  CHECK_THAT(provider(), ContainsSubstring("Winograd"));
  const Values winograd = many_channels(DType::f32);
  double largest = 0, apart = 0;
  for (std::size_t i = 0; i < direct.size(); ++i) {
    largest = std::max(largest, std::fabs(direct[i]));
    apart = std::max(apart, std::fabs(winograd[i] - direct[i]));
  }
  CHECK(apart < 1e-4 * largest);
  CHECK(apart > 0);  // or it did not run
  set_threads(2);
  CHECK(many_channels(DType::f32) == winograd);
  set_threads(before);
}

TEST_CASE("NaN and infinities pass through f32 products and convolutions") {
  for (double special :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Values values(64 * 64, 0.0);
    values[3 * 64 + 5] = special;
    const Tensor spike = from_host(values, {64, 64});
    const Values y = matmul(spike, zeros({64, 64})).to_vector();  // 0 * NaN and 0 * inf are NaN
    for (std::size_t i = 0; i < y.size(); ++i)
      if (std::isnan(y[i]) != (i / 64 == 3)) FAIL_CHECK("entry " << i << " is " << y[i]);

    // As images, the entry is pixel (0, 12): it reaches 6 pixels of the result.
    const Values z = conv2d(reshape(spike, {1, 16, 16, 16}), ones({3, 3, 16, 16})).to_vector();
    CHECK(std::count(z.begin(), z.end(), 0.0) == (16 * 16 - 6) * 16);
    CHECK(std::count_if(z.begin(), z.end(), [](double v) { return !std::isfinite(v); }) == 6 * 16);
  }
}

TEST_CASE("an f32 product over no terms is zero") {
  CHECK(matmul(zeros({300, 0}), zeros({0, 200})).to_vector() == Values(300 * 200, 0.0));
}

TEST_CASE("the provider is named with its version") {
  CHECK(provider().find("Eigen 3.") != std::string::npos);
}

}  // namespace
}  // namespace gradus
