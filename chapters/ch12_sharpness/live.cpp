// Chapter 12, live: two ways to the largest of 300 eigenvalues, 20 of them as
// close together as the reader likes.

#include "chapters/live/live.h"
#include "chapters/ch12_sharpness/lanczos.h"

namespace gradus::live {

// How far the 20 largest eigenvalues reach below 1. Rows: products, then value
// and residual by power iteration, value and residual by Lanczos.
Steps clustering(Controls at) {
  const double spread = at[0];
  return [=, k = std::size_t{0}, by_power = Trace{},
          by_lanczos = Trace{}]() mutable -> Row {
    constexpr int products = 60;
    if (k == products) return {};
    if (k == 0) {
      Values eigenvalues;
      for (int i = 0; i < 20; ++i) eigenvalues.push_back(1 - spread * i / 19);
      for (int i = 0; i < 280; ++i) eigenvalues.push_back(0.5 * i / 279);
      const Tensor diagonal = from_host(eigenvalues, {300}, DType::f64);
      const LinearOperator planted = [&](const Params& v) {
        return Params{diagonal * v[0]};
      };
      const Params start = random_vector({diagonal}, {0, 200});
      by_power = power(planted, start, products);
      by_lanczos = lanczos(planted, start, products);
    }
    const Row row = {double(k + 1), by_power.value[k], by_power.residual[k],
                     by_lanczos.value[k], by_lanczos.residual[k]};
    ++k;
    return row;
  };
}

}  // namespace gradus::live
