#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/item.h"
#include "autodiff/random.h"

/// Fills, and functions applied entry by entry. A thread works on 16 bytes at a time; the entries
/// beyond the last whole pack, at most three, are left to the first threads.
namespace gradus {
namespace {

// Bound by bytes: y is written once. (Uniform numbers come close to a bound by flops: a Philox
// block, about 100 integer instructions, gives two.)
template <class T, class Value>
__global__ void __launch_bounds__(256) generate_kernel(Value value, T* y, std::int64_t size) {
  constexpr int width = Pack<T>::width;
  const std::int64_t packs = size / width;
  for (std::int64_t i = first_item(); i < packs; i += item_stride()) {
    Pack<T> pack;
    for (int j = 0; j < width; ++j) pack.v[j] = static_cast<T>(value(i * width + j));
    reinterpret_cast<Pack<T>*>(y)[i] = pack;
  }
  const std::int64_t rest = packs * width + first_item();
  if (rest < size) y[rest] = static_cast<T>(value(rest));
}

// Bound by bytes: x is read once, y written once; even tanh and pow hide behind that in f32.
// [map]
template <class T, class F>
__global__ void __launch_bounds__(256)  // threads in a block
    map_kernel(F f, const T* x, T* y, std::int64_t size) {
  const std::int64_t packs = size / Pack<T>::width;
  for (std::int64_t i = first_item(); i < packs; i += item_stride()) {
    Pack<T> pack = reinterpret_cast<const Pack<T>*>(x)[i];
    for (T& value : pack.v) value = f(value);
    reinterpret_cast<Pack<T>*>(y)[i] = pack;
  }
  const std::int64_t rest = packs * Pack<T>::width + first_item();
  if (rest < size) y[rest] = f(x[rest]);
}
// [map]

// Bound by bytes: two entries read and one written for each flop. y may be a or b: a thread reads
// its entries before it writes them, and nobody else's.
template <class T, class F>
__global__ void __launch_bounds__(256)
    zip_kernel(F f, const T* a, const T* b, T* y, std::int64_t size) {
  constexpr int width = Pack<T>::width;
  const std::int64_t packs = size / width;
  for (std::int64_t i = first_item(); i < packs; i += item_stride()) {
    Pack<T> left = reinterpret_cast<const Pack<T>*>(a)[i];
    const Pack<T> right = reinterpret_cast<const Pack<T>*>(b)[i];
    for (int j = 0; j < width; ++j) left.v[j] = f(left.v[j], right.v[j]);
    reinterpret_cast<Pack<T>*>(y)[i] = left;
  }
  const std::int64_t rest = packs * width + first_item();
  if (rest < size) y[rest] = f(a[rest], b[rest]);
}

// Bound by flops: a logarithm, a root, a sine and a cosine in f64 for two entries.
template <class T>
__global__ void __launch_bounds__(256)
    normal_kernel(Philox philox, double std, T* y, std::int64_t size) {
  for (std::int64_t k = first_item(); k < (size + 1) / 2; k += item_stride()) {
    const Philox::Pair pair = philox.normal_pair(static_cast<std::uint64_t>(k));
    y[2 * k] = static_cast<T>(std * pair.even);
    if (2 * k + 1 < size) y[2 * k + 1] = static_cast<T>(std * pair.odd);
  }
}

struct Constant {
  double value;
  __device__ double operator()(std::int64_t) const { return value; }
};
struct Position {
  __device__ std::int64_t operator()(std::int64_t i) const { return i; }
};
struct Uniform {
  Philox philox;
  double low, high;
  __device__ double operator()(std::int64_t i) const {
    return low + (high - low) * philox.uniform(static_cast<std::uint64_t>(i));
  }
};

// Threads for `size` entries.
template <class T>
std::int64_t packs(std::int64_t size) {
  return (size + Pack<T>::width - 1) / Pack<T>::width;
}

template <class Value>
void generate(Queue& queue, const char* name, Value value, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    queue.launch_over(packs<T>(y.size), name, generate_kernel<T, Value>, value, y.as<T>(), y.size);
  });
}

}  // namespace

void CudaBackend::copy_from_host(const void* host, Array y) {
  queue_.copy_in(host, y.size * size_of(y.dtype), y.data);
}
void CudaBackend::copy_to_host(Array x, void* host) {
  queue_.copy_out(x.data, x.size * size_of(x.dtype), host);
}

void CudaBackend::fill(double value, Array y) { generate(queue_, "fill", Constant{value}, y); }
void CudaBackend::arange(Array y) { generate(queue_, "arange", Position{}, y); }

void CudaBackend::random_normal(std::uint64_t seed, std::uint64_t stream, double std, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    queue_.launch_over((y.size + 1) / 2, "random_normal", normal_kernel<T>, Philox(seed, stream),
                       std, y.as<T>(), y.size);
  });
}

void CudaBackend::random_uniform(std::uint64_t seed, std::uint64_t stream, double low, double high,
                                 Array y) {
  generate(queue_, "random_uniform", Uniform{Philox(seed, stream), low, high}, y);
}

void CudaBackend::unary(Unary op, Array x, double p, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    with_formula(op, static_cast<T>(p), [&](auto f) {
      queue_.launch_over(packs<T>(y.size), "unary", map_kernel<T, decltype(f)>, f, x.as<const T>(),
                         y.as<T>(), y.size);
    });
  });
}

void CudaBackend::binary(Binary op, Array a, Array b, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    with_formula(op, [&](auto f) {
      queue_.launch_over(packs<T>(y.size), "binary", zip_kernel<T, decltype(f)>, f, a.as<const T>(),
                         b.as<const T>(), y.as<T>(), y.size);
    });
  });
}

}  // namespace gradus
