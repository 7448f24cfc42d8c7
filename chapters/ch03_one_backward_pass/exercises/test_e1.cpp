#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/models.h"
#include "tests/exercise.h"

using namespace gradus;

std::vector<double> gradient_norms(const std::vector<Tensor>& weights,
                                   const Tensor& x);

TEST_CASE("the gradient norms of the chapter's smallest network") {
  const Tensor x = from_host({2.0, 1.0}, {1, 2}, DType::f64);
  const std::vector<Tensor> w = {
      from_host({1.0, 0.0, -1.0, 1.0,  //
                 1.0, -1.0, 1.0, 0.0},
                {2, 4}, DType::f64),
      from_host({0.5, -0.5, 0.5, -0.5}, {4, 1}, DType::f64)};
  const std::vector<double> norms = gradient_norms(w, x);
  REQUIRE(norms.size() == 2);
  expect_near("||df/dW_2||", norms[1], std::sqrt(13.0), 1e-12,
              {{"the last layer's input is z, after relu", std::sqrt(15.0)}});
  expect_near("||df/dW_1||", norms[0], std::sqrt(2.5), 1e-12,
              {{"delta_1 passes relu's slope: 0 where h was not above 0",
                std::sqrt(5.0)},
               {"||z|| of the wrong layer: dW_l takes the input of layer l",
                std::sqrt(6.5)}});
}

TEST_CASE("the gradient norms of deep networks are those of grad") {
  for (std::int64_t depth : {2, 3, 9}) {
    const Model net = fcn({.in = 10, .width = 20, .depth = depth, .out = 1});
    const std::vector<Tensor> w = init(net, 7, DType::f64);
    const Tensor x = random_normal({1, 10}, {7, 100}, 1.0, DType::f64);
    const std::vector<Tensor> g = grad(sum(net(w, x)), w);
    const std::vector<double> norms = gradient_norms(w, x);
    REQUIRE(norms.size() == g.size());
    for (std::size_t l = 0; l < g.size(); ++l) {
      const double expected = std::sqrt(dot(g[l], g[l]).item());
      INFO("depth " << depth << ", layer " << l + 1);
      expect_near("||df/dW||", norms[l], expected, 1e-10 * expected,
                  {{"delta_l comes from delta_(l+1) through W_(l+1)^T and "
                    "the slope of relu"}});
    }
  }
}
