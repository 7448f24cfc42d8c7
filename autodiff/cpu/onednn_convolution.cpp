#include "autodiff/cpu/onednn_convolution.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "autodiff/check.h"

// oneDNN 2 takes what describes a convolution in a struct, oneDNN 3 as arguments.
#if DNNL_VERSION_MAJOR >= 3
#define GRADUS_FORWARD(...) (engine(), __VA_ARGS__, attributes)
#define GRADUS_ADJOINT(...) (engine(), __VA_ARGS__, forward, attributes)
#else
#define GRADUS_FORWARD(...) ({__VA_ARGS__}, attributes, engine())
#define GRADUS_ADJOINT(...) ({__VA_ARGS__}, attributes, engine(), forward)
#endif

namespace gradus::onednn {
namespace {

using dnnl::memory;
using Layout = memory::format_tag;

constexpr std::size_t guard = 256;  // bytes, whole lines
constexpr unsigned char guard_byte = 0xA5;

memory::desc described(const memory::dims& dims, Layout layout) {
  return {dims, memory::data_type::f32, layout};
}

// Rows or columns of zeros after an image that windows reach into.
std::int64_t zeros_after(std::int64_t size, std::int64_t before, std::int64_t window,
                         std::int64_t stride, std::int64_t outputs) {
  return std::max<std::int64_t>((outputs - 1) * stride + window - size - before, 0);
}

struct Padding {
  std::int64_t bottom, right;
  explicit Padding(const Conv2dSpec& s)
      : bottom(zeros_after(s.height, s.pad_top, s.kernel_height, s.stride, s.out_height)),
        right(zeros_after(s.width, s.pad_left, s.kernel_width, s.stride, s.out_width)) {}
};

// Generated code. The rest is reference code, twenty times slower than Eigen's products.
bool is_fast(std::string_view implementation) {
  return implementation.find("jit") != std::string_view::npos ||
         implementation.find("brg") != std::string_view::npos;
}

}  // namespace

const dnnl::engine& engine() {
  static const auto* cpu = new dnnl::engine(dnnl::engine::kind::cpu, 0);  // outlives every thread
  return *cpu;
}

void* Guarded::hold(std::size_t bytes) {
  if (lines_.empty() || bytes != bytes_) {
    bytes_ = bytes;
    const std::size_t whole = (bytes + 2 * guard + sizeof(Line) - 1) / sizeof(Line);
    if (lines_.size() < whole) lines_.resize(whole);
    std::fill_n(begin(), guard, guard_byte);
    std::fill_n(begin() + guard + bytes, guard, guard_byte);
  }
  return begin() + guard;
}

bool Guarded::intact() const {
  const unsigned char* first = lines_.front().bytes;
  const auto untouched = [](const unsigned char* from) {
    return std::all_of(from, from + guard, [](unsigned char byte) { return byte == guard_byte; });
  };
  return untouched(first) && untouched(first + guard + bytes_);
}

Operand::Operand(const memory::desc& given, const memory::desc& wanted)
    : given_(given, engine(), DNNL_MEMORY_NONE), copied_(given != wanted) {
  if (!copied_) return;
  wanted_ = memory(wanted, engine(), copy_.hold(wanted.get_size()));
  pack_ = dnnl::reorder(given_, wanted_);
  unpack_ = dnnl::reorder(wanted_, given_);
}

Convolution::Convolution(Kind kind, const Conv2dSpec& s, dnnl::algorithm algorithm) : kind_(kind) {
  const memory::dims w{s.filters, s.channels, s.kernel_height, s.kernel_width};
  const memory::dims stride{s.stride, s.stride}, before{s.pad_top, s.pad_left};
  const memory::dims after{Padding(s).bottom, Padding(s).right};
  // Direct convolutions take images where they are; only the kernel is packed.
  const bool direct = algorithm == dnnl::algorithm::convolution_direct;
  const auto given = [](const memory::dims& dims) { return described(dims, Layout::nhwc); };
  const auto wanted = [=](const memory::dims& dims) {
    return described(dims, direct ? Layout::nhwc : Layout::any);
  };
  const memory::dims images{s.batch, s.channels, s.height, s.width};
  const memory::dims outputs{s.batch, s.filters, s.out_height, s.out_width};
  const auto x = wanted(images), y = wanted(outputs), kernel = described(w, Layout::any);
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);

  const auto use = [&](const auto& made, const auto& description, const memory::desc& of_x,
                       const memory::desc& of_kernel, const memory::desc& of_y) {
    primitive_ = made;
    implementation_ = description.impl_info_str();
    scratch_ = description.scratchpad_desc();
    images_ = Operand(given(images), of_x);
    kernel_ = Operand(described(w, Layout::hwio), of_kernel);
    y_ = Operand(given(outputs), of_y);
  };
  const dnnl::convolution_forward::primitive_desc forward GRADUS_FORWARD(
      dnnl::prop_kind::forward_training, algorithm, x, kernel, y, stride, before, after);
  if (kind == Kind::forward) {
    use(dnnl::convolution_forward(forward), forward, forward.src_desc(), forward.weights_desc(),
        forward.dst_desc());
  } else if (kind == Kind::images) {
    const dnnl::convolution_backward_data::primitive_desc adjoint GRADUS_ADJOINT(
        algorithm, x, kernel, y, stride, before, after);
    use(dnnl::convolution_backward_data(adjoint), adjoint, adjoint.diff_src_desc(),
        adjoint.weights_desc(), adjoint.diff_dst_desc());
  } else {
    const dnnl::convolution_backward_weights::primitive_desc adjoint GRADUS_ADJOINT(
        algorithm, x, kernel, y, stride, before, after);
    use(dnnl::convolution_backward_weights(adjoint), adjoint, adjoint.src_desc(),
        adjoint.diff_weights_desc(), adjoint.diff_dst_desc());
  }
  if (!is_fast(implementation_)) throw dnnl::error(dnnl_unimplemented, "no fast convolution");
}

void Convolution::set_kernel(float* values) {
  kernel_.at(values);
  if (kind_ != Kind::kernel) kernel_.pack(stream_);
}

void Convolution::run(float* images, float* y) {
  thread_local Guarded scratch;
  const memory own(scratch_, engine(), scratch.hold(scratch_.get_size()));
  images_.at(images);
  y_.at(y);
  if (kind_ != Kind::images) images_.pack(stream_);
  if (kind_ != Kind::forward) y_.pack(stream_);
  primitive_.execute(
      stream_,
      {{kind_ == Kind::images ? DNNL_ARG_DIFF_SRC : DNNL_ARG_SRC, images_.packed()},
       {kind_ == Kind::kernel ? DNNL_ARG_DIFF_WEIGHTS : DNNL_ARG_WEIGHTS, kernel_.packed()},
       {kind_ == Kind::forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_DST, y_.packed()},
       {DNNL_ARG_SCRATCHPAD, own}});
  if (kind_ == Kind::forward) y_.unpack(stream_);
  if (kind_ == Kind::images) images_.unpack(stream_);
  if (kind_ == Kind::kernel) kernel_.unpack(stream_);
  stream_.wait();
  check(scratch.intact() && images_.intact() && kernel_.intact() && y_.intact(),
        "[conv2d] oneDNN's ", implementation_,
        " wrote beyond its memory; report the shapes, and build with -DGRADUS_ONEDNN=OFF");
}

Convolution& convolution(Kind kind, const Conv2dSpec& spec, dnnl::algorithm algorithm) {
  // Nothing stands for what was refused.
  thread_local std::map<std::tuple<Kind, Conv2dSpec, dnnl::algorithm>, std::optional<Convolution>>
      made;
  const std::tuple key{kind, spec, algorithm};
  auto found = made.find(key);
  if (found == made.end()) {
    if (made.size() == 128) made.clear();
    found = made.try_emplace(key).first;
    found->second.emplace(kind, spec, algorithm);
  }
  if (!found->second) throw dnnl::error(dnnl_unimplemented, "refused before");
  return *found->second;
}

// What oneDNN 2.6 does with other shapes: kernels wider than 14 give wrong sums or take reference
// code; windows that see nothing but zeros throw; kernels of one pixel with a stride write beyond
// their memory where a vector of channels is not full (oneDNN issue 6035). And its sums are not cut.
bool is_trusted(Kind kind, const Conv2dSpec& s) {
  constexpr std::int64_t widest = 14, vector = 16;
  const Padding after(s);
  const bool padding_is_narrow = std::max(s.pad_top, after.bottom) < s.kernel_height &&
                                 std::max(s.pad_left, after.right) < s.kernel_width;
  const bool vectors_are_full = s.channels % vector == 0 && s.filters % vector == 0;
  const std::int64_t pixels = s.kernel_height * s.kernel_width;
  const std::int64_t terms = kind == Kind::forward  ? pixels * s.channels
                             : kind == Kind::images ? pixels * s.filters
                                                    : s.out_height * s.out_width;
  return s.kernel_height <= widest && s.kernel_width <= widest && padding_is_narrow &&
         (pixels > 1 || s.stride == 1 || vectors_are_full) && terms <= longest_run;
}

}  // namespace gradus::onednn
