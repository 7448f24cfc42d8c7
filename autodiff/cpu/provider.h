#pragma once

#include <string>

#include "autodiff/backend.h"

/// Another library's f32 products and convolutions. The build takes oneDNN where it finds it
/// (provider_onednn.cpp) and otherwise none (provider_none.cpp). Each function returns false where
/// it leaves the work to the kernels with Eigen: always without a library, and for f64, small and
/// empty arrays with one.
namespace gradus::provided {

/// The library and its version, or nothing.
std::string name();

bool matmul(Array a, Array b, const MatmulSpec& spec, Array y);
bool conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y);
bool conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images);
bool conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel);

}  // namespace gradus::provided
