#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

#include "autodiff/device.h"
#include "autodiff/dtype.h"
#include "autodiff/scalar_functions.h"

namespace gradus {

/// Reductions along one axis. argmax gives the position of the first maximum.
enum class Reduce { sum, max, argmax, logsumexp };

/// What a kernel sees of a tensor: dense elements.
struct Array {
  void* data = nullptr;
  std::int64_t size = 0;
  DType dtype = DType::f32;

  template <class T>
  T* as() const {
    return static_cast<T*>(data);
  }
};

/// A dense array seen from one axis (or several neighbours taken as one): n entries, each `inner`
/// contiguous elements, repeated `outer` times. Every op on axes is expressed with this view.
struct AxisView {
  std::int64_t outer = 1, n = 1, inner = 1;
};

/// The product (m,k) x (k,n); a flag says that the operand is stored transposed.
struct MatmulSpec {
  std::int64_t m = 0, k = 0, n = 0;
  bool transpose_a = false, transpose_b = false;
  double alpha = 1;   ///< y = alpha a b
  bool onto = false;  ///< y = what y holds + alpha a b
};

/// A 2-d convolution: images (batch, height, width, channels), kernel (kernel_height, kernel_width,
/// channels, filters), result (batch, out_height, out_width, filters).
struct Conv2dSpec {
  std::int64_t batch = 0, height = 0, width = 0, channels = 0;
  std::int64_t kernel_height = 0, kernel_width = 0, filters = 0;
  std::int64_t stride = 1, pad_top = 0, pad_left = 0;
  std::int64_t out_height = 0, out_width = 0;

  auto operator<=>(const Conv2dSpec&) const = default;
};

/// Means over windows of `window` x `window` pixels, side by side; a remainder at the right or
/// bottom edge is left out.
struct PoolSpec {
  std::int64_t batch = 0, height = 0, width = 0, channels = 0, window = 1;
};

/// The closed set of kernels that a device provides. Kernels get checked arguments, know no
/// derivatives, and write every element of their output y. Inputs and output share one dtype. Long
/// sums do not stay in f32: ops.h states their error.
class Backend {
 public:
  virtual ~Backend() = default;

  virtual void* allocate(std::int64_t bytes) = 0;
  virtual void release(void* data) = 0;
  virtual MemoryStats memory_stats() = 0;
  virtual std::string provider() = 0;
  virtual void copy_from_host(const void* host, Array y) = 0;
  virtual void copy_to_host(Array x, void* host) = 0;

  virtual void fill(double value, Array y) = 0;
  virtual void arange(Array y) = 0;
  virtual void random_normal(std::uint64_t seed, std::uint64_t stream, double std, Array y) = 0;
  virtual void random_uniform(std::uint64_t seed, std::uint64_t stream, double low, double high,
                              Array y) = 0;

  /// y may be the same array as x.
  virtual void unary(Unary op, Array x, double p, Array y) = 0;
  /// y may be the same array as a or b.
  virtual void binary(Binary op, Array a, Array b, Array y) = 0;

  /// (outer, 1, inner) to (outer, n, inner): repeats each entry n times.
  virtual void broadcast(Array x, AxisView view, Array y) = 0;
  /// (outer, n, inner) to (outer, 1, inner).
  virtual void reduce(Reduce op, Array x, AxisView view, Array y) = 0;
  /// (outer, a, b, inner) to (outer, b, a, inner).
  virtual void swap_axes(Array x, std::int64_t outer, std::int64_t a, std::int64_t b,
                         std::int64_t inner, Array y) = 0;
  /// (outer, n, inner) to (outer, length, inner): the entries from `start` on.
  virtual void slice(Array x, AxisView view, std::int64_t start, std::int64_t length, Array y) = 0;
  /// (outer, length, inner) to (outer, n, inner): x from `start` on, zeros elsewhere.
  virtual void pad(Array x, std::int64_t length, std::int64_t start, AxisView view, Array y) = 0;
  /// y[i] = x[indices[i]], rows of `inner` elements; `count` host indices.
  virtual void gather_rows(Array x, const std::int64_t* indices, std::int64_t count,
                           std::int64_t inner, Array y) = 0;
  /// y[r] = the sum of the x[i] with indices[i] = r; y has `rows` rows of `inner` elements.
  virtual void scatter_rows(Array x, const std::int64_t* indices, std::int64_t count,
                            std::int64_t rows, std::int64_t inner, Array y) = 0;

  virtual void matmul(Array a, Array b, const MatmulSpec& spec, Array y) = 0;
  virtual void conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y) = 0;
  /// The adjoint in the images: from y's cotangent to theirs.
  virtual void conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images) = 0;
  /// The adjoint in the kernel.
  virtual void conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) = 0;
  virtual void avg_pool2d(Array x, const PoolSpec& spec, Array y) = 0;
  /// The adjoint of avg_pool2d: from the pooled array to one of the images' size.
  virtual void avg_unpool2d(Array x, const PoolSpec& spec, Array y) = 0;

  /// All kernels that `work` calls, as one launch that does them on the same arrays whenever it is
  /// called; now they are only noted. Empty where the device has no such thing.
  virtual std::function<void()> capture([[maybe_unused]] const std::function<void()>& work) {
    return {};
  }
};

/// The backend of a device; throws one sentence where the device is not available.
Backend& backend(Device device);
/// The host.
Backend& cpu_backend();

/// While one lives, `backend(device)` gives the calling thread `other`: how a step is recorded.
class BackendOverride {
 public:
  BackendOverride(Device device, Backend& other);
  ~BackendOverride();
  BackendOverride(const BackendOverride&) = delete;
  BackendOverride& operator=(const BackendOverride&) = delete;

 private:
  Device device_;
  Backend* previous_;
};

}  // namespace gradus
