#include <algorithm>
#include <cstdlib>
#include <map>
#include <oneapi/dnnl/dnnl.hpp>
#include <string_view>
#include <tuple>
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

// Where the caller has an operand, and the layout that the library wants: copied where they differ.
class Operand {
 public:
  Operand() = default;
  Operand(const memory::desc& given, const memory::desc& wanted)
      : given_(given, engine(), DNNL_MEMORY_NONE), copied_(given != wanted) {
    if (!copied_) return;
    wanted_ = memory(wanted, engine());
    pack_ = dnnl::reorder(given_, wanted_);
    unpack_ = dnnl::reorder(wanted_, given_);
  }

  void at(float* values) { given_.set_data_handle(values); }
  void pack(dnnl::stream& stream) {
    if (copied_) pack_.execute(stream, given_, wanted_);
  }
  void unpack(dnnl::stream& stream) {
    if (copied_) unpack_.execute(stream, wanted_, given_);
  }
  const memory& packed() const { return copied_ ? wanted_ : given_; }

 private:
  memory given_, wanted_;
  bool copied_ = false;
  dnnl::reorder pack_, unpack_;
};

// A convolution or one of its adjoints for some number of images, ready to run.
class Convolution {
 public:
  Convolution(Kind kind, const Conv2dSpec& s, dnnl::algorithm algorithm) : kind_(kind) {
    const memory::dims w{s.filters, s.channels, s.kernel_height, s.kernel_width};
    const memory::dims stride{s.stride, s.stride}, before{s.pad_top, s.pad_left};
    const memory::dims after{
        zeros_after(s.height, s.pad_top, s.kernel_height, s.stride, s.out_height),
        zeros_after(s.width, s.pad_left, s.kernel_width, s.stride, s.out_width)};
    // Direct convolutions take images where they are; only the kernel is packed.
    const bool direct = algorithm == dnnl::algorithm::convolution_direct;
    const auto given = [](const memory::dims& dims) { return described(dims, Layout::nhwc); };
    const auto wanted = [=](const memory::dims& dims) {
      return described(dims, direct ? Layout::nhwc : Layout::any);
    };
    const memory::dims images{s.batch, s.channels, s.height, s.width};
    const memory::dims outputs{s.batch, s.filters, s.out_height, s.out_width};
    const auto x = wanted(images), y = wanted(outputs), kernel = described(w, Layout::any);

    const auto use = [&](const auto& made, const memory::desc& of_x, const memory::desc& of_kernel,
                         const memory::desc& of_y) {
      primitive_ = made;
      images_ = Operand(given(images), of_x);
      kernel_ = Operand(described(w, Layout::hwio), of_kernel);
      y_ = Operand(given(outputs), of_y);
    };
    const dnnl::convolution_forward::primitive_desc forward(GRADUS_DESCRIBED(
        dnnl::prop_kind::forward_training, algorithm, x, kernel, y, stride, before, after));
    if (kind == Kind::forward) {
      use(dnnl::convolution_forward(forward), forward.src_desc(), forward.weights_desc(),
          forward.dst_desc());
    } else if (kind == Kind::images) {
      const dnnl::convolution_backward_data::primitive_desc adjoint(
          GRADUS_DESCRIBED(algorithm, x, kernel, y, stride, before, after), forward);
      use(dnnl::convolution_backward_data(adjoint), adjoint.diff_src_desc(), adjoint.weights_desc(),
          adjoint.diff_dst_desc());
    } else {
      const dnnl::convolution_backward_weights::primitive_desc adjoint(
          GRADUS_DESCRIBED(algorithm, x, kernel, y, stride, before, after), forward);
      use(dnnl::convolution_backward_weights(adjoint), adjoint.src_desc(),
          adjoint.diff_weights_desc(), adjoint.diff_dst_desc());
    }
  }

  void set_kernel(float* values) {
    kernel_.at(values);
    kernel_.pack(stream_);
  }
  void get_kernel(float* values) {
    kernel_.at(values);
    kernel_.unpack(stream_);
  }
  void run(float* images, float* y) {
    images_.at(images);
    y_.at(y);
    if (kind_ != Kind::images) images_.pack(stream_);
    if (kind_ != Kind::forward) y_.pack(stream_);
    primitive_.execute(
        stream_,
        {{kind_ == Kind::images ? DNNL_ARG_DIFF_SRC : DNNL_ARG_SRC, images_.packed()},
         {kind_ == Kind::kernel ? DNNL_ARG_DIFF_WEIGHTS : DNNL_ARG_WEIGHTS, kernel_.packed()},
         {kind_ == Kind::forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_DST, y_.packed()}});
    if (kind_ == Kind::forward) y_.unpack(stream_);
    if (kind_ == Kind::images) images_.unpack(stream_);
    stream_.wait();
  }

 private:
  Kind kind_;
  dnnl::stream stream_{engine()};
  dnnl::primitive primitive_;
  Operand images_, kernel_, y_;
};

// Windows of 3 x 3 pixels. With fewer channels, copying images into its layout takes the time that
// Winograd's algorithm saves.
bool suits_winograd(const Conv2dSpec& s) {
  const auto many = [](std::int64_t channels) { return channels >= 64 && channels % 16 == 0; };
  return s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 && s.pad_top == 1 &&
         s.pad_left == 1 && s.out_height == s.height && s.out_width == s.width &&
         many(s.channels) && many(s.filters);
}

bool processor_has_winograd() {
  try {
    Convolution(Kind::forward, {1, 8, 8, 64, 3, 3, 64, 1, 1, 1, 8, 8},
                dnnl::algorithm::convolution_winograd);
    return true;
  } catch (const dnnl::error&) {
    return false;
  }
}

// A quarter of the multiplications, and an error of some 1e-5 of the largest value: for those who
// ask for it.
bool winograd_is_asked_for() {
  const char* value = std::getenv("GRADUS_CONVOLUTIONS");
  const std::string_view way = value ? value : "direct";
  check(way == "direct" || way == "winograd", "GRADUS_CONVOLUTIONS is ", way,
        "; set it to direct or to winograd");
  if (way == "direct") return false;
  static const bool possible = processor_has_winograd();
  check(possible, "GRADUS_CONVOLUTIONS is winograd, which oneDNN has ",
        "for processors with AVX-512 only; set it to direct");
  return true;
}

// The calling thread's own: making one takes as long as running it.
Convolution& convolution(Kind kind, const Conv2dSpec& spec, dnnl::algorithm algorithm) {
  thread_local std::map<std::tuple<Kind, Conv2dSpec, dnnl::algorithm>, Convolution> made;
  const std::tuple key{kind, spec, algorithm};
  const auto found = made.find(key);
  if (found != made.end()) return found->second;
  if (made.size() == 128) made.clear();
  return made.try_emplace(key, kind, spec, algorithm).first->second;
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

// How a batch is convolved: images at a time. Direct: they, and what becomes of them, fit the
// second-level cache. Winograd: so many that transforming the kernel is little beside them.
struct Way {
  dnnl::algorithm algorithm = dnnl::algorithm::convolution_direct;
  std::int64_t some;
  explicit Way(const Conv2dSpec& s) {
    const bool winograd = suits_winograd(s) && winograd_is_asked_for();
    if (winograd) algorithm = dnnl::algorithm::convolution_winograd;
    some = std::clamp<std::int64_t>(
        winograd ? 4096 / (s.height * s.width) : (1 << 18) / (Sizes(s).image + Sizes(s).y), 1,
        s.batch);
  }
  bool direct() const { return algorithm == dnnl::algorithm::convolution_direct; }
};

void convolve_images(Kind kind, Array images, Array kernel, Array y, const Conv2dSpec& spec) {
  const Sizes size(spec);
  const Way way(spec);
  const std::int64_t parts = (spec.batch + way.some - 1) / way.some;
  parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    const OneThread alone;
    const Convolution* packed = nullptr;
    for (std::int64_t part = begin; part < end; ++part) {
      const std::int64_t first = part * way.some;
      Conv2dSpec of_part = spec;
      of_part.batch = std::min(way.some, spec.batch - first);
      Convolution& convolve = convolution(kind, of_part, way.algorithm);
      if (packed != &convolve) convolve.set_kernel(kernel.as<float>());
      packed = &convolve;
      convolve.run(images.as<float>() + first * size.image, y.as<float>() + first * size.y);
    }
  });
}

// What oneDNN makes its code of: other instructions round differently.
std::string instruction_set() {
  const dnnl::cpu_isa set = dnnl::get_effective_cpu_isa();
  switch (set) {
    case dnnl::cpu_isa::sse41: return "SSE4.1";
    case dnnl::cpu_isa::avx: return "AVX";
    case dnnl::cpu_isa::avx2: return "AVX2";
    case dnnl::cpu_isa::avx512_core: return "AVX-512";
    case dnnl::cpu_isa::avx512_core_vnni: return "AVX-512 VNNI";
    case dnnl::cpu_isa::avx512_core_bf16: return "AVX-512 BF16";
    case dnnl::cpu_isa::avx512_core_amx: return "AVX-512 AMX";
    default: return "instruction set " + std::to_string(static_cast<int>(set));
  }
}

}  // namespace

std::string name() {
  const dnnl_version_t& v = *dnnl_version();
  return "oneDNN " + std::to_string(v.major) + '.' + std::to_string(v.minor) + '.' +
         std::to_string(v.patch) + " (" + instruction_set() + ')' +
         (winograd_is_asked_for() ? " with Winograd's convolutions" : "");
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

// One sum for each of some parts of the batch, added in order. A part is one call of the direct
// kernel, but several of Winograd's, whose intermediate arrays are large.
bool conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) {
  if (!takes(spec, kernel.dtype)) return false;
  const Sizes size(spec);
  const Way way(spec);
  const std::int64_t parts = std::min<std::int64_t>(spec.batch, 8);
  const std::int64_t some = way.direct() ? spec.batch : way.some;
  const auto add = [&](const float* term, float* sum) {
    for (std::int64_t i = 0; i < size.kernel; ++i) sum[i] += term[i];
  };
  std::vector<float> sums(static_cast<std::size_t>(parts * size.kernel));
  parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    const OneThread alone;
    std::vector<float> term(static_cast<std::size_t>(size.kernel));
    for (std::int64_t part = begin; part < end; ++part) {
      const std::int64_t last = spec.batch * (part + 1) / parts;
      for (std::int64_t first = spec.batch * part / parts; first < last; first += some) {
        Conv2dSpec of_part = spec;
        of_part.batch = std::min(some, last - first);
        Convolution& convolve = convolution(Kind::kernel, of_part, way.algorithm);
        convolve.run(images.as<float>() + first * size.image, y_bar.as<float>() + first * size.y);
        convolve.get_kernel(term.data());
        add(term.data(), sums.data() + part * size.kernel);
      }
    }
  });
  float* w = kernel.as<float>();
  std::fill_n(w, size.kernel, 0.0F);
  for (std::int64_t part = 0; part < parts; ++part) add(sums.data() + part * size.kernel, w);
  return true;
}

}  // namespace gradus::provided
