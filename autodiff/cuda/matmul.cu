#include "autodiff/cuda/cuda_backend.h"

namespace gradus {

// Bound by flops once all three dimensions exceed some hundred.
void CudaBackend::matmul(Array a, Array b, const MatmulSpec& spec, Array y) {
  if (y.size == 0) return;
  if (spec.k == 0 && spec.onto) return;
  if (spec.k == 0) return queue_.clear(y.data, y.size * size_of(y.dtype));
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    queue_.multiply(a.as<const T>(), b.as<const T>(), spec, spec.onto ? T(1) : T(0), y.as<T>());
  });
}

}  // namespace gradus
