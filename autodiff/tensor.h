#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/device.h"
#include "autodiff/dtype.h"
#include "autodiff/shape.h"

namespace gradus {

struct Node;
class Storage;
struct Array;

/// A handle to a value and to the op that made it. Values are dense, row-major and never change
/// once made; copying a Tensor copies the handle. A default-constructed Tensor holds nothing.
class Tensor {
 public:
  Tensor() = default;

  /// False for a handle that holds nothing.
  explicit operator bool() const { return node_ != nullptr; }

  const Shape& shape() const;
  int rank() const { return shape().rank(); }
  std::int64_t size() const { return shape().size(); }
  /// Dimension of one axis; a negative axis counts from the end.
  std::int64_t dim(int axis) const;
  DType dtype() const;
  Device device() const;

  /// The only element of a tensor of size 1.
  double item() const;
  /// All elements in row-major order, copied to the host and widened to double.
  std::vector<double> to_vector() const;
  /// The elements themselves, without a copy: T must match the dtype, and the device be the CPU.
  template <class T>
  std::span<const T> values() const;

  /// The graph node behind the handle: for the engine and for ops.
  const std::shared_ptr<Node>& node() const { return node_; }
  explicit Tensor(std::shared_ptr<Node> node) : node_(std::move(node)) {}

 private:
  std::shared_ptr<Node> node_;
};

/// The rule of one input of an op, in reverse mode: from the op's inputs x, its output y and the
/// cotangent y_bar = dL/dy, the cotangent dL/dx of that input. It is written with public ops, so it
/// can be differentiated again, and captures attributes only (an axis, a scale): everything else
/// arrives as an argument.
using Vjp =
    std::function<Tensor(const std::vector<Tensor>& x, const Tensor& y, const Tensor& y_bar)>;

/// One value of the graph, and how it came about.
struct Node {
  Shape shape;
  DType dtype = DType::f32;
  Device device = Device::cpu;
  std::shared_ptr<Storage> storage;  ///< the value; a reshape shares its input's
  const char* name = "leaf";         ///< the op
  std::vector<Tensor> inputs;        ///< empty for a leaf and for what NoGrad computed
  std::vector<Vjp> vjps;             ///< one per input; an empty one is "no gradient"

  Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  /// Frees a chain of any length without recursion.
  ~Node();
};

/// The elements of tensors of size 1, of one dtype, read together: the host waits for the device once.
std::vector<double> items(const std::vector<Tensor>& scalars);

/// An uninitialised tensor, for ops to write into.
Tensor empty(Shape shape, DType dtype, Device device);
/// x's storage under another shape of the same size: the only view there is. Not recorded.
Tensor view(const Tensor& x, Shape shape);
/// What kernels see of a tensor: its elements, their number and type.
Array array_of(const Tensor& x);

/// Every element `value`.
Tensor full(Shape shape, double value, DType dtype = DType::f32, Device device = default_device());
Tensor zeros(Shape shape, DType dtype = DType::f32, Device device = default_device());
Tensor ones(Shape shape, DType dtype = DType::f32, Device device = default_device());
/// `full` with the shape, dtype and device of another tensor.
Tensor full_like(const Tensor& like, double value);
/// 0, 1, ..., count - 1; shape (count).
Tensor arange(std::int64_t count, DType dtype = DType::f32, Device device = default_device());
/// Values from the host in row-major order, rounded to `dtype`; their number must fit the shape.
Tensor from_host(const std::vector<double>& values, Shape shape, DType dtype = DType::f32,
                 Device device = default_device());
Tensor from_host(std::initializer_list<double> values, Shape shape, DType dtype = DType::f32,
                 Device device = default_device());
Tensor from_host(std::span<const float> values, Shape shape, DType dtype = DType::f32,
                 Device device = default_device());
/// A scalar, shape ().
Tensor scalar(double value, DType dtype = DType::f32, Device device = default_device());

/// Which random numbers: element i of a tensor is number i of stream (seed, stream) of Philox
/// (random.h), computed in f64 and rounded, whatever dtype, device or thread count.
struct Random {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
};
/// Independent draws from N(0, std^2).
Tensor random_normal(Shape shape, Random random, double std = 1.0, DType dtype = DType::f32,
                     Device device = default_device());
/// Independent draws from the uniform distribution on [low, high); rounding to f32 may give high.
Tensor random_uniform(Shape shape, Random random, double low = 0.0, double high = 1.0,
                      DType dtype = DType::f32, Device device = default_device());

/// Nested brackets, one row per line, with shape and dtype; long axes are shortened to their ends.
std::string to_string(const Tensor& x);
std::ostream& operator<<(std::ostream& out, const Tensor& x);

}  // namespace gradus
