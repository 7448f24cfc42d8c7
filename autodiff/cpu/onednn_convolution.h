#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <vector>

#include "autodiff/backend.h"

/// One call of oneDNN's convolutions, as far as they are trusted.
namespace gradus::onednn {

const dnnl::engine& engine();

enum class Kind { forward, images, kernel };

/// Memory for oneDNN's own use, with guard bytes on either side.
class Guarded {
 public:
  void* hold(std::size_t bytes);  ///< at least so many; what was there may be lost
  bool intact() const;

 private:
  struct alignas(64) Line {
    unsigned char bytes[64];
  };
  unsigned char* begin() { return lines_.front().bytes; }
  std::size_t bytes_ = 0;
  std::vector<Line> lines_;
};

/// Where the caller has an operand, and the layout that oneDNN wants: copied where they differ.
class Operand {
 public:
  Operand() = default;
  Operand(const dnnl::memory::desc& given, const dnnl::memory::desc& wanted);

  void at(float* values) { given_.set_data_handle(values); }
  void pack(dnnl::stream& stream) {
    if (copied_) pack_.execute(stream, given_, wanted_);
  }
  void unpack(dnnl::stream& stream) {
    if (copied_) unpack_.execute(stream, wanted_, given_);
  }
  const dnnl::memory& packed() const { return copied_ ? wanted_ : given_; }
  bool intact() const { return !copied_ || copy_.intact(); }

 private:
  Guarded copy_;
  dnnl::memory given_, wanted_;
  bool copied_ = false;
  dnnl::reorder pack_, unpack_;
};

/// A convolution or one of its adjoints for some number of images, ready to run. Throws dnnl::error
/// where oneDNN has none, or none that is known to be right and fast.
class Convolution {
 public:
  Convolution(Kind kind, const Conv2dSpec& spec, dnnl::algorithm algorithm);

  /// Where the kernel is, before a run; packs it, unless it is what the run computes.
  void set_kernel(float* values);
  void run(float* images, float* y);

 private:
  Kind kind_;
  std::string implementation_;
  dnnl::stream stream_{engine()};
  dnnl::primitive primitive_;
  dnnl::memory::desc scratch_;
  Operand images_, kernel_, y_;
};

/// The calling thread's own: making one takes as long as running it.
Convolution& convolution(Kind kind, const Conv2dSpec& spec, dnnl::algorithm algorithm);

/// A sum of one call, in f32, has at most so many terms.
constexpr std::int64_t longest_run = 1 << 14;

/// Whether a convolution's shape is among those that oneDNN computes rightly and fast.
bool is_trusted(Kind kind, const Conv2dSpec& spec);

}  // namespace gradus::onednn
