// Prints a hash of the bits of every case's results on the CUDA device: runs whose threads take
// turns in another order must print the same.
#include <bit>
#include <cstdio>

#include "tests/cuda/cases.h"

using namespace gradus;

namespace {

std::uint64_t digest(const std::vector<Tensor>& tensors) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, a number at a time
  for (const Tensor& t : tensors)
    for (double value : t.to_vector())
      hash = (hash ^ std::bit_cast<std::uint64_t>(value)) * 0x100000001b3u;
  return hash;
}

}  // namespace

int main() {
  for (const CudaCase& c : cuda_cases()) {
    for (DType dtype : {DType::f32, DType::f64})
      std::printf("%016lx %s %s\n", digest(results(c, dtype, Device::cuda)), to_string(dtype),
                  c.name.c_str());
  }
}
