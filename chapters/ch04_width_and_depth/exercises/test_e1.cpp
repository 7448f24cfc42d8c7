#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/exercise.h"

using namespace gradus;

Tensor last_layer_change(const Tensor& z, const Tensor& f, const Tensor& t,
                         double lr);

namespace {

struct LastLayer {
  Tensor z = relu(random_normal({8, 20}, {1, 0}, 1.0, DType::f64));
  Tensor w = random_normal({20, 3}, {1, 1}, 0.2, DType::f64);
  Tensor t = softmax(random_normal({8, 3}, {1, 2}, 1.0, DType::f64));
};

}  // namespace

TEST_CASE("the change is that of a real step") {
  const LastLayer net;
  const double lr = 0.3;
  const Tensor f = matmul(net.z, net.w);
  const Tensor after = matmul(
      net.z, net.w - lr * grad(softmax_cross_entropy(f, net.t), net.w));
  const Tensor change = last_layer_change(net.z, f, net.t, lr);
  REQUIRE(change.shape() == f.shape());
  const Tensor right = stop_gradient(after - f);
  expect_near("the change of f", change.to_vector(), right.to_vector(), 1e-12,
              {{"the sign: a step goes against the gradient",
                (-1.0 * right).to_vector()},
               {"the loss is a mean over the 8 examples of the batch",
                (8.0 * right).to_vector()},
               {"this is f after the step: its change is asked for",
                after.to_vector()}});
}

TEST_CASE("twice the units move the same outputs twice as far") {
  const LastLayer net;
  const Tensor f = matmul(net.z, net.w);
  const Tensor once = last_layer_change(net.z, f, net.t, 0.1);
  // Every unit beside a copy of itself.
  const Tensor doubled = pad(net.z, 1, 0, 20) + pad(net.z, 1, 20, 0);
  REQUIRE(max(abs(once)).item() > 0.01);
  expect_near("the change with every unit there twice",
              last_layer_change(doubled, f, net.t, 0.1).to_vector(),
              (2.0 * once).to_vector(), 1e-12,
              {{"f moves by z z^T times its cotangent: a sum over units"}});
}
