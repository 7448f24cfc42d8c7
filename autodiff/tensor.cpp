#include "autodiff/tensor.h"

#include "autodiff/backend.h"
#include "autodiff/check.h"
#include "autodiff/storage.h"

namespace gradus {
namespace {

const Node& node_of(const Tensor& x) {
  check(bool(x), "[tensor] this handle holds nothing: it was default-constructed or moved from");
  return *x.node();
}

// One level of brackets of `to_string`. Axes longer than 8 show their first and last 3 entries.
void print(std::ostream& out, const std::vector<double>& values, const Shape& shape, int axis,
           std::int64_t first) {
  if (axis == shape.rank()) {
    out << values[static_cast<std::size_t>(first)];
    return;
  }
  const std::int64_t count = shape[axis], step = shape.span(axis + 1, shape.rank());
  const bool last_axis = axis + 1 == shape.rank();
  const std::string separator =
      last_axis ? ", " : ",\n" + std::string(static_cast<std::size_t>(axis) + 1, ' ');
  out << '[';
  for (std::int64_t i = 0; i < count; ++i) {
    if (i > 0) out << separator;
    if (count > 8 && i == 3) {
      out << "..." << separator;
      i = count - 3;
    }
    print(out, values, shape, axis + 1, first + i * step);
  }
  out << ']';
}

template <class T>
Tensor from_values(std::span<const T> values, Shape shape, DType dtype, Device device) {
  check(static_cast<std::int64_t>(values.size()) == shape.size(), "[from_host] ", values.size(),
        " values do not fill shape ", shape, ", which has ", shape.size(), " elements");
  Tensor y = empty(std::move(shape), dtype, device);
  dispatch(dtype, [&](auto zero) {
    const std::vector<decltype(zero)> converted(values.begin(), values.end());
    backend(device).copy_from_host(converted.data(), array_of(y));
  });
  return y;
}

}  // namespace

// Destroying a node releases its inputs, whose destruction would release theirs, and so on: a deep
// recursion. Instead each node hands its inputs to the outermost destructor, which empties the list
// in a loop.
Node::~Node() {
  thread_local std::vector<Tensor>* waiting = nullptr;
  if (inputs.empty()) return;
  if (waiting) {
    for (Tensor& input : inputs) waiting->push_back(std::move(input));
    return;
  }
  std::vector<Tensor> list = std::move(inputs);
  waiting = &list;
  while (!list.empty()) {
    const Tensor next = std::move(list.back());
    list.pop_back();
  }
  waiting = nullptr;
}

const Shape& Tensor::shape() const { return node_of(*this).shape; }
DType Tensor::dtype() const { return node_of(*this).dtype; }
Device Tensor::device() const { return node_of(*this).device; }

std::int64_t Tensor::dim(int axis) const {
  return shape()[normalise_axes("dim", {axis}, rank()).front()];
}

double Tensor::item() const {
  check(size() == 1, "[item] a tensor of shape ", shape(), " has ", size(), " elements, not one");
  return to_vector().front();
}

std::vector<double> Tensor::to_vector() const {
  return dispatch(dtype(), [&](auto zero) {
    std::vector<decltype(zero)> host(static_cast<std::size_t>(size()));
    backend(device()).copy_to_host(array_of(*this), host.data());
    return std::vector<double>(host.begin(), host.end());
  });
}

template <class T>
std::span<const T> Tensor::values() const {
  check(dtype() == dtype_of<T>, "[values] the tensor is ", dtype(), ", not ", dtype_of<T>);
  check(device() == Device::cpu, "[values] the tensor is on ", device(), "; use to_vector()");
  check(&backend(Device::cpu) == &cpu_backend(), "[program] the step reads numbers on the host ",
        "(values); return the tensor and read it outside");
  return {array_of(*this).as<T>(), static_cast<std::size_t>(size())};
}
template std::span<const float> Tensor::values() const;
template std::span<const double> Tensor::values() const;

std::vector<double> items(const std::vector<Tensor>& scalars) {
  if (scalars.empty()) return {};
  const DType dtype = scalars[0].dtype();
  const Device device = scalars[0].device();
  const Tensor all = empty({static_cast<std::int64_t>(scalars.size())}, dtype, device);
  char* place = array_of(all).as<char>();
  for (const Tensor& x : scalars) {
    check(x.size() == 1 && x.dtype() == dtype && x.device() == device, "[items] a tensor is ",
          x.shape(), ' ', x.dtype(), " on ", x.device(), "; the first is a scalar ", dtype, " on ",
          device);
    backend(device).slice(array_of(x), {1, 1, 1}, 0, 1, {place, 1, dtype});
    place += size_of(dtype);
  }
  return all.to_vector();
}

Tensor empty(Shape shape, DType dtype, Device device) {
  auto node = std::make_shared<Node>();
  node->storage = std::make_shared<Storage>(device, shape.size() * size_of(dtype));
  node->shape = std::move(shape);
  node->dtype = dtype;
  node->device = device;
  return Tensor(std::move(node));
}

Tensor view(const Tensor& x, Shape shape) {
  auto node = std::make_shared<Node>();
  node->dtype = x.dtype();
  node->device = x.device();
  node->shape = std::move(shape);
  node->storage = x.node()->storage;
  return Tensor(std::move(node));
}

Array array_of(const Tensor& x) {
  const Node& node = node_of(x);
  return {node.storage->data(), node.shape.size(), node.dtype};
}

Tensor full(Shape shape, double value, DType dtype, Device device) {
  Tensor y = empty(std::move(shape), dtype, device);
  backend(device).fill(value, array_of(y));
  return y;
}
Tensor zeros(Shape shape, DType dtype, Device device) {
  return full(std::move(shape), 0.0, dtype, device);
}
Tensor ones(Shape shape, DType dtype, Device device) {
  return full(std::move(shape), 1.0, dtype, device);
}
Tensor full_like(const Tensor& like, double value) {
  return full(like.shape(), value, like.dtype(), like.device());
}
Tensor scalar(double value, DType dtype, Device device) { return full({}, value, dtype, device); }

Tensor arange(std::int64_t count, DType dtype, Device device) {
  check(count <= largest_exact_integer(dtype), "[arange] ", count,
        " numbers: those above 2^24 do not fit f32; use f64");
  Tensor y = empty({count}, dtype, device);
  backend(device).arange(array_of(y));
  return y;
}

Tensor from_host(const std::vector<double>& values, Shape shape, DType dtype, Device device) {
  return from_values(std::span<const double>(values), std::move(shape), dtype, device);
}
Tensor from_host(std::initializer_list<double> values, Shape shape, DType dtype, Device device) {
  return from_values(std::span<const double>(values), std::move(shape), dtype, device);
}
Tensor from_host(std::span<const float> values, Shape shape, DType dtype, Device device) {
  return from_values(values, std::move(shape), dtype, device);
}

Tensor random_normal(Shape shape, Random random, double std, DType dtype, Device device) {
  Tensor y = empty(std::move(shape), dtype, device);
  backend(device).random_normal(random.seed, random.stream, std, array_of(y));
  return y;
}
Tensor random_uniform(Shape shape, Random random, double low, double high, DType dtype,
                      Device device) {
  check(low <= high, "[random_uniform] low ", low, " is above high ", high);
  Tensor y = empty(std::move(shape), dtype, device);
  backend(device).random_uniform(random.seed, random.stream, low, high, array_of(y));
  return y;
}

std::string to_string(const Tensor& x) {
  if (!x) return "Tensor()";
  TextStream out;
  out.precision(6);
  if (x.size() > 0)
    print(out, x.to_vector(), x.shape(), 0, 0);
  else
    out << "[]";
  out << "  " << x.shape() << ' ' << x.dtype();
  if (x.device() != Device::cpu) out << ' ' << x.device();
  return out.str();
}
std::ostream& operator<<(std::ostream& out, const Tensor& x) { return out << to_string(x); }

}  // namespace gradus
