#pragma once

#include <string>
#include <vector>

#include "autodiff/tensor.h"

/// Parameter space as a vector space: a vector is a list with one tensor per parameter.
namespace gradus {

/// Throws in the caller's name unless `got`, which is `what`, has a tensor of each expected shape:
/// shapes that only broadcast to each other are shapes of different vectors.
void check_same_shapes(const char* caller, const std::string& what,
                       const std::vector<Tensor>& expected, const std::vector<Tensor>& got);

/// <a, b> over all entries; its products are made in the tensors' dtype, and overflow there.
double inner_product(const std::vector<Tensor>& a, const std::vector<Tensor>& b);
/// <a, b> for each b of a list, all read from the device at once.
std::vector<double> inner_products(const std::vector<Tensor>& a,
                                   const std::vector<std::vector<Tensor>>& list);
/// sqrt(<a, a>), whose squares neither overflow nor underflow.
double norm(const std::vector<Tensor>& a);
/// t a.
std::vector<Tensor> scaled(const std::vector<Tensor>& a, double t);
/// a + t b.
std::vector<Tensor> add_scaled(const std::vector<Tensor>& a, double t,
                               const std::vector<Tensor>& b);
/// Independent N(0, 1) entries in the shapes of `like`; tensor i draws from stream + i.
std::vector<Tensor> random_vector(const std::vector<Tensor>& like, Random random);

/// 2^exponent * mantissa, where the squares of the mantissa neither overflow nor underflow. The
/// exponent is 0, and the mantissa the vector itself, where that is so already, where all entries
/// are 0, and where one is not finite.
struct Scaled {
  explicit Scaled(const std::vector<Tensor>& a);
  std::vector<Tensor> mantissa;
  int exponent = 0;
  double squares = 0;  ///< <mantissa, mantissa>
};

}  // namespace gradus
