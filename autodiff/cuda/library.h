#pragma once

#include "autodiff/backend.h"

/// What the engine and the CUDA backend, a library of its own, know of each other. The library is
/// opened at the first use of Device::cuda: linking cuBLAS would slow down every start by up to a
/// second, and the CPU needs none of it.
namespace gradus {

/// Raised whenever backend.h or an enum of scalar_functions.h differs from the release before, so that
/// its library is refused.
inline constexpr int cuda_interface = 4;

/// The library's one function: its backend, or null if it was built for another interface. Throws
/// one sentence if there is no device.
using CudaEntry = Backend*(int interface);
inline constexpr const char* cuda_entry = "gradus_cuda_backend";

}  // namespace gradus
