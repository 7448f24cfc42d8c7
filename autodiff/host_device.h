#pragma once

/// Marks a function that also runs inside a CUDA kernel; nothing elsewhere.
#ifdef __CUDACC__
#define GRADUS_HOST_DEVICE __host__ __device__
#else
#define GRADUS_HOST_DEVICE
#endif
