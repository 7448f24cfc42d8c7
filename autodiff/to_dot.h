#pragma once

#include <string>

#include "autodiff/tensor.h"

namespace gradus {

/// The graph from which y was computed, for Graphviz (`dot -Tsvg`): a node for each op with its name
/// and shape, in the order in which they were needed, and a box for what no recorded op made.
std::string to_dot(const Tensor& y);

}  // namespace gradus
