#include <algorithm>
#include <map>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/provider.h"

/// oneDNN 2 and 3, which picks its instructions when it runs, AVX-512 among them. A call of it uses
/// one thread. Work is cut into parts by the sizes alone, and our threads share the parts: results
/// do not depend on how many threads there are.

extern "C" {
// Of the OpenMP runtime that oneDNN brings along; the compiler's own OpenMP stays out.
int omp_get_max_threads();
void omp_set_num_threads(int);
}

// oneDNN 2 takes what describes a convolution in a struct, oneDNN 3 as arguments.
#if DNNL_VERSION_MAJOR >= 3
#define GRADUS_DESCRIBED(...) engine(), __VA_ARGS__
#else
#define GRADUS_DESCRIBED(...) {__VA_ARGS__}, engine()
#endif

namespace gradus::provided {
namespace {

using dnnl::memory;
using Layout = memory::format_tag;

// Below so many multiplications, Eigen's products are faster, or as fast.
constexpr std::int64_t smallest_product = 1 << 15, smallest_convolution = 1 << 16;
// What a second thread is worth waking for, some 5 microseconds.
constexpr std::int64_t share = 1 << 18;

// While it lives, oneDNN uses no thread but the calling one.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

const dnnl::engine& engine() {
  static const auto* cpu = new dnnl::engine(dnnl::engine::kind::cpu, 0);  // outlives every thread
  return *cpu;
}

memory::desc described(const memory::dims& dims, Layout layout) {
  return {dims, memory::data_type::f32, layout};
}

// Rows or columns of zeros after an image that windows reach into.
std::int64_t zeros_after(std::int64_t size, std::int64_t before, std::int64_t window,
                         std::int64_t stride, std::int64_t outputs) {
  return std::max<std::int64_t>((outputs - 1) * stride + window - size - before, 0);
}

enum class Kind { forward, images, kernel };

// A convolution or one of its adjoints for some number of images, ready to run. Images and y are
// used where they are; the kernel is packed into the layout that the library wants.
class Convolution {
 public:
  Convolution(Kind kind, const Conv2dSpec& s) {
    const memory::dims w{s.filters, s.channels, s.kernel_height, s.kernel_width};
    const memory::dims stride{s.stride, s.stride}, before{s.pad_top, s.pad_left};
    const memory::dims after{
        zeros_after(s.height, s.pad_top, s.kernel_height, s.stride, s.out_height),
        zeros_after(s.width, s.pad_left, s.kernel_width, s.stride, s.out_width)};
    const auto x = described({s.batch, s.channels, s.height, s.width}, Layout::nhwc);
    const auto y = described({s.batch, s.filters, s.out_height, s.out_width}, Layout::nhwc);
    const auto packed = described(w, Layout::any);

    const auto direct = dnnl::algorithm::convolution_direct;
    const dnnl::convolution_forward::primitive_desc forward(GRADUS_DESCRIBED(
        dnnl::prop_kind::forward_training, direct, x, packed, y, stride, before, after));
    if (kind == Kind::forward) {
      primitive_ = dnnl::convolution_forward(forward);
      packed_ = memory(forward.weights_desc(), engine());
    } else if (kind == Kind::images) {
      const dnnl::convolution_backward_data::primitive_desc images(
          GRADUS_DESCRIBED(direct, x, packed, y, stride, before, after), forward);
      primitive_ = dnnl::convolution_backward_data(images);
      packed_ = memory(images.weights_desc(), engine());
    } else {
      const dnnl::convolution_backward_weights::primitive_desc kernel(
          GRADUS_DESCRIBED(direct, x, packed, y, stride, before, after), forward);
      primitive_ = dnnl::convolution_backward_weights(kernel);
      packed_ = memory(kernel.diff_weights_desc(), engine());
    }

    images_ = memory(x, engine(), DNNL_MEMORY_NONE);
    kernel_ = memory(described(w, Layout::hwio), engine(), DNNL_MEMORY_NONE);
    y_ = memory(y, engine(), DNNL_MEMORY_NONE);
    pack_ = dnnl::reorder(kernel_, packed_);
    unpack_ = dnnl::reorder(packed_, kernel_);
    arguments_ = {{kind == Kind::images ? DNNL_ARG_DIFF_SRC : DNNL_ARG_SRC, images_},
                  {kind == Kind::kernel ? DNNL_ARG_DIFF_WEIGHTS : DNNL_ARG_WEIGHTS, packed_},
                  {kind == Kind::forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_DST, y_}};
  }

  void set_kernel(float* values) {
    kernel_.set_data_handle(values);
    pack_.execute(stream_, kernel_, packed_);
  }
  void get_kernel(float* values) {
    kernel_.set_data_handle(values);
    unpack_.execute(stream_, packed_, kernel_);
  }
  void run(float* images, float* y) {
    images_.set_data_handle(images);
    y_.set_data_handle(y);
    primitive_.execute(stream_, arguments_);
    stream_.wait();
  }

 private:
  dnnl::stream stream_{engine()};
  dnnl::primitive primitive_;
  dnnl::reorder pack_, unpack_;
  memory images_, kernel_, packed_, y_;
  std::unordered_map<int, memory> arguments_;
};

// The calling thread's own: making one takes as long as running it.
Convolution& convolution(Kind kind, const Conv2dSpec& spec) {
  thread_local std::map<std::pair<Kind, Conv2dSpec>, Convolution> made;
  const auto found = made.find({kind, spec});
  if (found != made.end()) return found->second;
  if (made.size() == 128) made.clear();
  return made.try_emplace({kind, spec}, kind, spec).first->second;
}

// Sizes in elements: of an image, of what becomes of it, of the kernel.
struct Sizes {
  std::int64_t image, y, kernel;
  explicit Sizes(const Conv2dSpec& s)
      : image(s.height * s.width * s.channels),
        y(s.out_height * s.out_width * s.filters),
        kernel(s.kernel_height * s.kernel_width * s.channels * s.filters) {}
};

bool takes(const Conv2dSpec& s, DType dtype) {
  const bool padding_is_narrow = s.pad_top < s.kernel_height && s.pad_left < s.kernel_width;
  return dtype == DType::f32 && padding_is_narrow && s.height > 0 && s.width > 0 &&
         s.batch * s.out_height * s.out_width * Sizes(s).kernel >= smallest_convolution;
}

// Some images at a time: they, and what becomes of them, fit the second-level cache.
void convolve_images(Kind kind, Array images, Array kernel, Array y, const Conv2dSpec& spec) {
  const Sizes size(spec);
  const std::int64_t some =
      std::clamp<std::int64_t>((1 << 18) / (size.image + size.y), 1, spec.batch);
  const std::int64_t parts = (spec.batch + some - 1) / some;
  parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    const OneThread alone;
    const Convolution* packed = nullptr;
    for (std::int64_t part = begin; part < end; ++part) {
      Conv2dSpec of_part = spec;
      of_part.batch = std::min(some, spec.batch - part * some);
      Convolution& convolve = convolution(kind, of_part);
      if (packed != &convolve) convolve.set_kernel(kernel.as<float>());
      packed = &convolve;
      convolve.run(images.as<float>() + part * some * size.image,
                   y.as<float>() + part * some * size.y);
    }
  });
}

}  // namespace

std::string name() {
  const dnnl_version_t& v = *dnnl_version();
  return "oneDNN " + std::to_string(v.major) + '.' + std::to_string(v.minor) + '.' +
         std::to_string(v.patch);
}

// Parts of the longer side of y. oneDNN packs the other operand anew for each, so they are few.
bool matmul(Array a, Array b, const MatmulSpec& s, Array y) {
  const std::int64_t work = s.m * s.k * s.n;
  if (y.dtype != DType::f32 || work < smallest_product) return false;
  const bool by_rows = s.m >= s.n;
  const std::int64_t side = std::max(s.m, s.n);
  const std::int64_t few = side < 128 ? 1 : std::max<std::int64_t>(2, side / 512);
  const std::int64_t parts = std::clamp<std::int64_t>(work / share, 1, few);
  const std::int64_t a_row = s.transpose_a ? s.m : s.k, b_row = s.transpose_b ? s.k : s.n;
  parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    const OneThread alone;
    for (std::int64_t part = begin; part < end; ++part) {
      const std::int64_t first = side * part / parts, count = side * (part + 1) / parts - first;
      const std::int64_t row = by_rows ? first : 0, column = by_rows ? 0 : first;
      const dnnl_status_t status = dnnl_sgemm(
          s.transpose_a ? 'T' : 'N', s.transpose_b ? 'T' : 'N', by_rows ? count : s.m,
          by_rows ? s.n : count, s.k, 1, a.as<float>() + row * (s.transpose_a ? 1 : a_row), a_row,
          b.as<float>() + column * (s.transpose_b ? b_row : 1), b_row, 0,
          y.as<float>() + row * s.n + column, s.n);
      check(status == dnnl_success, "[matmul] oneDNN failed with status ", status);
    }
  });
  return true;
}

bool conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y) {
  if (!takes(spec, y.dtype)) return false;
  convolve_images(Kind::forward, images, kernel, y, spec);
  return true;
}

bool conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images) {
  if (!takes(spec, images.dtype)) return false;
  convolve_images(Kind::images, images, kernel, y_bar, spec);
  return true;
}

// One sum for each of some parts of the batch, added in order.
bool conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) {
  if (!takes(spec, kernel.dtype)) return false;
  const Sizes size(spec);
  const std::int64_t parts = std::min<std::int64_t>(spec.batch, 8);
  std::vector<float> sums(static_cast<std::size_t>(parts * size.kernel));
  parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    const OneThread alone;
    for (std::int64_t part = begin; part < end; ++part) {
      const std::int64_t first = spec.batch * part / parts;
      Conv2dSpec of_part = spec;
      of_part.batch = spec.batch * (part + 1) / parts - first;
      Convolution& convolve = convolution(Kind::kernel, of_part);
      convolve.run(images.as<float>() + first * size.image, y_bar.as<float>() + first * size.y);
      convolve.get_kernel(sums.data() + part * size.kernel);
    }
  });
  float* w = kernel.as<float>();
  std::copy_n(sums.data(), size.kernel, w);
  for (std::int64_t part = 1; part < parts; ++part)
    for (std::int64_t i = 0; i < size.kernel; ++i)
      w[i] += sums[static_cast<std::size_t>(part * size.kernel + i)];
  return true;
}

}  // namespace gradus::provided
