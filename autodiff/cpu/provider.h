#pragma once

#include <string>

#include "autodiff/backend.h"

/// Another library's f32 products and convolutions. The build takes oneDNN where it finds it
/// (provider_onednn.cpp) and otherwise none (provider_none.cpp). Each function returns false where
/// it leaves the work to the kernels with Eigen, which then write all of the result: always without
/// a library; with one for f64, for small and empty arrays, for shapes that the library is not known
/// to compute rightly and fast, and where it fails.
namespace gradus {
/// Sums of products in f32 have at most so many terms; longer ones are cut, and the sums of the
/// pieces are added in f64.
constexpr std::int64_t longest_sum = 1 << 12;
}  // namespace gradus

namespace gradus::provided {

/// The library and its version, or nothing.
std::string name();

bool matmul(Array a, Array b, const MatmulSpec& spec, Array y);
bool conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y);
bool conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images);
bool conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel);

}  // namespace gradus::provided
