#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "autodiff/tensor.h"

namespace gradus {

/// The f64 array in a line `DIMS|values`, with DIMS such as 3x4, and nothing for a scalar: the form of
/// the files in references/.
inline Tensor read_array(const std::string& line) {
  const std::size_t bar = line.find('|');
  check(bar != std::string::npos, "[read_array] no | in '", line, "'");
  std::vector<std::int64_t> dims;
  std::istringstream before(line.substr(0, bar)), after(line.substr(bar + 1));
  for (std::string dim; std::getline(before, dim, 'x');) dims.push_back(std::stoll(dim));
  std::vector<double> values;
  for (std::string word; after >> word;) values.push_back(std::stod(word));  // also nan and inf
  return from_host(values, Shape(dims), DType::f64, Device::cpu);
}

}  // namespace gradus
