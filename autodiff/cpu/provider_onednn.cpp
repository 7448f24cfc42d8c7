#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/cpu/onednn_convolution.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/provider.h"

/// oneDNN 2 and 3, which picks its instructions when it runs, AVX-512 among them. A call of it uses
/// one thread. Work is cut into parts by the sizes alone, and our threads share the parts: results
/// do not depend on how many threads there are. Where oneDNN throws, Eigen does the work.

extern "C" {
// Of the OpenMP runtime that oneDNN brings along; the compiler's own OpenMP stays out.
int omp_get_max_threads();
void omp_set_num_threads(int);
}

namespace gradus::provided {
namespace {

using onednn::Convolution, onednn::convolution, onednn::Kind;

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
    const Convolution attempt(Kind::forward, {1, 8, 8, 64, 3, 3, 64, 1, 1, 1, 8, 8},
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

// Sizes in elements: of an image, of what becomes of it, of the kernel.
struct Sizes {
  std::int64_t image, y, kernel;
  explicit Sizes(const Conv2dSpec& s)
      : image(s.height * s.width * s.channels),
        y(s.out_height * s.out_width * s.filters),
        kernel(s.kernel_height * s.kernel_width * s.channels * s.filters) {}
};

bool takes(Kind kind, const Conv2dSpec& s, DType dtype) {
  return dtype == DType::f32 && s.height > 0 && s.width > 0 &&
         s.batch * s.out_height * s.out_width * Sizes(s).kernel >= smallest_convolution &&
         onednn::is_trusted(kind, s);
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
    std::int64_t packed_for = 0;  // images
    for (std::int64_t part = begin; part < end; ++part) {
      const std::int64_t first = part * way.some;
      Conv2dSpec of_part = spec;
      of_part.batch = std::min(way.some, spec.batch - first);
      Convolution& convolve = convolution(kind, of_part, way.algorithm);
      if (packed_for != of_part.batch) convolve.set_kernel(kernel.as<float>());
      packed_for = of_part.batch;
      convolve.run(images.as<float>() + first * size.image, y.as<float>() + first * size.y);
    }
  });
}

// One sum for each of some parts of the batch, added in order. A part is one call of the direct
// kernel, or several where it has many pixels; and several of Winograd's, whose intermediate arrays
// are large.
void sum_over_images(Array images, Array y_bar, Array kernel, const Conv2dSpec& spec) {
  const Sizes size(spec);
  const Way way(spec);
  const std::int64_t parts = std::min<std::int64_t>(spec.batch, 8);
  const std::int64_t some =
      way.direct()
          ? std::max<std::int64_t>(onednn::longest_run / (spec.out_height * spec.out_width), 1)
          : way.some;
  std::vector<float> sums(static_cast<std::size_t>(parts * size.kernel));
  parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    const OneThread alone;
    for (std::int64_t part = begin; part < end; ++part) {
      float* sum = sums.data() + part * size.kernel;
      const std::int64_t start = spec.batch * part / parts;
      const std::int64_t last = spec.batch * (part + 1) / parts;
      std::vector<double> total(static_cast<std::size_t>(last - start > some ? size.kernel : 0));
      for (std::int64_t first = start; first < last; first += some) {
        Conv2dSpec of_part = spec;
        of_part.batch = std::min(some, last - first);
        Convolution& convolve = convolution(Kind::kernel, of_part, way.algorithm);
        convolve.set_kernel(sum);
        convolve.run(images.as<float>() + first * size.image, y_bar.as<float>() + first * size.y);
        for (std::size_t i = 0; i < total.size(); ++i) total[i] += static_cast<double>(sum[i]);
      }
      std::transform(total.begin(), total.end(), sum,
                     [](double value) { return static_cast<float>(value); });
    }
  });
  for (std::int64_t i = 0; i < size.kernel; ++i) {
    double total = 0;
    for (std::int64_t part = 0; part < parts; ++part)
      total += static_cast<double>(sums[static_cast<std::size_t>(part * size.kernel + i)]);
    kernel.as<float>()[i] = static_cast<float>(total);
  }
}

// Some rows and columns of a product.
struct Part {
  std::int64_t row, column, rows, columns;
};

// Inner indices first..first+terms-1 of that part, times alpha, into beta z with so many columns.
void multiply(Array a, Array b, const MatmulSpec& s, const Part& part, std::int64_t first,
              std::int64_t terms, float alpha, float beta, float* z, std::int64_t columns) {
  const std::int64_t a_row = s.transpose_a ? s.m : s.k, b_row = s.transpose_b ? s.k : s.n;
  const float* left =
      a.as<float>() + (s.transpose_a ? first * a_row + part.row : part.row * a_row + first);
  const float* right =
      b.as<float>() + (s.transpose_b ? part.column * b_row + first : first * b_row + part.column);
  const dnnl_status_t status =
      dnnl_sgemm(s.transpose_a ? 'T' : 'N', s.transpose_b ? 'T' : 'N', part.rows, part.columns,
                 terms, alpha, left, a_row, right, b_row, beta, z, columns);
  if (status != dnnl_success) throw dnnl::error(status, "no product");
}

void multiply(Array a, Array b, const MatmulSpec& s, const Part& part, Array y) {
  float* out = y.as<float>() + part.row * s.n + part.column;
  const float alpha = static_cast<float>(s.alpha), beta = s.onto ? 1 : 0;
  if (s.k <= longest_sum) return multiply(a, b, s, part, 0, s.k, alpha, beta, out, s.n);
  std::vector<float> term(static_cast<std::size_t>(part.rows * part.columns));
  std::vector<double> total(term.size());
  for (std::int64_t first = 0; first < s.k; first += longest_sum) {
    multiply(a, b, s, part, first, std::min(longest_sum, s.k - first), alpha, 0, term.data(),
             part.columns);
    for (std::size_t i = 0; i < term.size(); ++i) total[i] += static_cast<double>(term[i]);
  }
  for (std::size_t i = 0; i < term.size(); ++i) {
    const std::int64_t at = static_cast<std::int64_t>(i);
    float& entry = out[at / part.columns * s.n + at % part.columns];
    entry = static_cast<float>(total[i] + (s.onto ? static_cast<double>(entry) : 0.0));
  }
}

template <class F>
bool succeeds(const F& f) {
  try {
    f();
    return true;
  } catch (const dnnl::error&) {
    return false;
  }
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
  const bool done = succeeds([&] {
    parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
      const OneThread alone;
      for (std::int64_t part = begin; part < end; ++part) {
        const std::int64_t first = side * part / parts, count = side * (part + 1) / parts - first;
        if (by_rows)
          multiply(a, b, s, {first, 0, count, s.n}, y);
        else
          multiply(a, b, s, {0, first, s.m, count}, y);
      }
    });
  });
  check(done || !s.onto, "[matmul] oneDNN gave up amid a product that adds to its result");
  return done;
}

bool conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y) {
  return takes(Kind::forward, spec, y.dtype) &&
         succeeds([&] { convolve_images(Kind::forward, images, kernel, y, spec); });
}

bool conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images) {
  return takes(Kind::images, spec, images.dtype) &&
         succeeds([&] { convolve_images(Kind::images, images, kernel, y_bar, spec); });
}

bool conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) {
  return takes(Kind::kernel, spec, kernel.dtype) &&
         succeeds([&] { sum_over_images(images, y_bar, kernel, spec); });
}

}  // namespace gradus::provided
