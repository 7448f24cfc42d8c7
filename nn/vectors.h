#pragma once

#include <vector>

#include "autodiff/tensor.h"

/// Parameter space as a vector space: a vector is a list with one tensor per parameter.
namespace gradus {

/// <a, b> over all entries.
double inner_product(const std::vector<Tensor>& a, const std::vector<Tensor>& b);
/// sqrt(<a, a>).
double norm(const std::vector<Tensor>& a);
/// t a.
std::vector<Tensor> scaled(const std::vector<Tensor>& a, double t);
/// a + t b.
std::vector<Tensor> add_scaled(const std::vector<Tensor>& a, double t,
                               const std::vector<Tensor>& b);
/// Independent N(0, 1) entries in the shapes of `like`; tensor i draws from stream + i.
std::vector<Tensor> random_vector(const std::vector<Tensor>& like, Random random);

}  // namespace gradus
