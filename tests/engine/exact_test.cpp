// Small cases worked by hand.
#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "tests/catch.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

Tensor tensor(const Values& values, const Shape& shape) {
  return from_host(values, shape, DType::f64);
}

TEST_CASE("matmul by hand") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor b = tensor({1, 0, 2, 1, 0, 3}, {3, 2});
  // row 1: 1*1 + 2*2 + 3*0 = 5,  1*0 + 2*1 + 3*3 = 11
  // row 2: 4*1 + 5*2 + 6*0 = 14, 4*0 + 5*1 + 6*3 = 23
  CHECK(matmul(a, b).to_vector() == Values{5, 11, 14, 23});
  // A^T A: column i with column j
  CHECK(matmul(a, a, true, false).to_vector() == Values{17, 22, 27, 22, 29, 36, 27, 36, 45});
  // A A^T: 1+4+9, 4+10+18, 16+25+36
  CHECK(matmul(a, a, false, true).to_vector() == Values{14, 32, 32, 77});
  // L = <C, A B>: A_bar = C B^T, B_bar = A^T C
  const Tensor c = tensor({1, -1, 2, 0}, {2, 2});
  const auto bars = grad(dot(c, matmul(a, b)), {a, b});
  CHECK(bars[0].to_vector() == Values{1, 1, -3, 2, 4, 0});
  CHECK(bars[1].to_vector() == Values{9, -1, 12, -2, 15, -3});
}

TEST_CASE("the gradient of a product, a quotient and a power by hand") {
  const Tensor x = tensor({3}, {}), y = tensor({2}, {});
  // f = x^2 y + x / y: f_x = 2 x y + 1 / y = 12.5, f_y = x^2 - x / y^2 = 8.25
  const auto bars = grad(square(x) * y + x / y, {x, y}, {.record = true});
  CHECK(bars[0].item() == 12.5);
  CHECK(bars[1].item() == 8.25);
  // f_xx = 2 y = 4, f_xy = 2 x - 1 / y^2 = 5.75
  const auto second = grad(bars[0], {x, y}, {.record = true});
  CHECK(second[0].item() == 4);
  CHECK(second[1].item() == 5.75);
  // f_xyy = 2 / y^3 = 0.25
  CHECK(grad(second[1], y).item() == 0.25);
}

TEST_CASE(
    "a quotient with a constant is rounded once, where its reciprocal would be rounded twice") {
  Values integers;
  for (int i = -300; i <= 300; ++i) integers.push_back(i);
  const Shape shape{static_cast<std::int64_t>(integers.size())};
  for (const int c : {3, 7, 10, 49}) {
    Values thirds, shares, inverse;
    for (const double x : integers) {
      thirds.push_back(x / c);
      shares.push_back(static_cast<float>(x) / static_cast<float>(c));
      inverse.push_back(c / x);
    }
    CHECK((tensor(integers, shape) / c).to_vector() == thirds);
    CHECK((from_host(integers, shape, DType::f32) / c).to_vector() == shares);
    CHECK((c / tensor(integers, shape)).to_vector() == inverse);
  }
  // 1 / c overflows, the quotient does not.
  for (const DType dtype : {DType::f32, DType::f64}) {
    const double tiny = dtype == DType::f32 ? 1e-40 : 1e-310;
    const Tensor x = scalar(tiny, dtype), zero = scalar(0, dtype);
    CHECK((x / tiny).item() == 1);
    CHECK((zero / tiny).item() == 0);
    CHECK((tiny / x).item() == 1);
  }
}

TEST_CASE("the mean of equal values is that value") {
  for (const DType dtype : {DType::f32, DType::f64})
    for (std::int64_t n = 1; n <= 200; ++n) {
      INFO(n << ' ' << dtype);
      CHECK(mean(ones({n}, dtype)).item() == 1);
      CHECK(mean(full({2, n}, 3, dtype), {1}).to_vector() == Values{3, 3});
    }
}

TEST_CASE("the derivatives of x^4 down to the constant") {
  Tensor x = tensor({2}, {});
  Tensor y = square(square(x));
  for (double expected : {32.0, 48.0, 48.0, 24.0}) {  // 4 x^3, 12 x^2, 24 x, 24
    y = grad(y, x, {.record = true});
    CHECK(y.item() == expected);
  }
}

TEST_CASE("the Hessian of a quadratic form is its matrix") {
  // f = 1/2 w^T A w with A = [[2,1],[1,3]]: H (1,-1) = (2-1, 1-3) = (1, -2)
  const Tensor w = tensor({5, 7}, {2, 1}), a = tensor({2, 1, 1, 3}, {2, 2});
  Hvp hvp(sum(w * matmul(a, w)) * 0.5, {w});
  CHECK(hvp({tensor({1, -1}, {2, 1})})[0].to_vector() == Values{1, -2});
  // and the gradient is A w = (10 + 7, 5 + 21)
  CHECK(hvp.gradient()[0].to_vector() == Values{17, 26});
}

TEST_CASE("conv2d by hand") {
  // image    kernel
  // 1 2 3    1  0
  // 4 5 6    0 -1
  // 7 8 9
  const Tensor image = tensor({1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 3, 3, 1});
  const Tensor kernel = tensor({1, 0, 0, -1}, {2, 2, 1, 1});
  // x[i][j] - x[i+1][j+1] = -4 everywhere inside
  const Tensor valid = conv2d(image, kernel, 1, Padding::Valid());
  CHECK(valid.shape() == Shape{1, 2, 2, 1});
  CHECK(valid.to_vector() == Values{-4, -4, -4, -4});
  // SAME adds its one zero row and column at the end, so there the second term is missing
  CHECK(conv2d(image, kernel).to_vector() == Values{-4, -4, 3, -4, -4, 6, 7, 8, 9});
  // stride 2 keeps rows and columns 0 and 2 of that
  CHECK(conv2d(image, kernel, 2).to_vector() == Values{-4, 3, 7, 9});
  // one zero on top: the first row is 0 - x[0][j+1]
  CHECK(conv2d(image, kernel, 1, {.top = 1}).to_vector() == Values{-2, -3, -4, -4, -4, -4});
  // each output's cotangent 1 reaches x[i][j] with +1 and x[i+1][j+1] with -1
  CHECK(grad(sum(valid), image).to_vector() == Values{1, 1, 0, 1, 0, -1, 0, -1, -1});
  // and kernel[p][q] with the sum of x[i+p][j+q]: 1+2+4+5, 2+3+5+6, 4+5+7+8, 5+6+8+9
  CHECK(grad(sum(valid), kernel).to_vector() == Values{12, 16, 24, 28});
}

TEST_CASE("conv2d mixes channels and keeps images apart by hand") {
  // Two 1x1 images with 2 channels, a 1x1 kernel to 3 filters: a matrix product per pixel.
  const Tensor images = tensor({1, 2, 3, 4}, {2, 1, 1, 2});
  const Tensor kernel = tensor({1, 2, 3, 10, 20, 30}, {1, 1, 2, 3});
  CHECK(conv2d(images, kernel).to_vector() == Values{21, 42, 63, 43, 86, 129});
}

TEST_CASE("avg_pool2d by hand") {
  // 1 2 3    the window at the left: (1 + 2 + 4 + 5) / 4 = 3; column 3 is left out
  // 4 5 6
  const Tensor image = tensor({1, 2, 3, 4, 5, 6}, {1, 2, 3, 1});
  const Tensor y = avg_pool2d(image, 2);
  CHECK(y.shape() == Shape{1, 1, 1, 1});
  CHECK(y.to_vector() == Values{3});
  CHECK(grad(sum(y) * 4.0, image).to_vector() == Values{1, 1, 0, 1, 1, 0});
}

TEST_CASE("softmax cross-entropy by hand") {
  // p = (1/4, 3/4) for logits (0, log 3); L = -log p_1 = log(4/3); L_bar = p - t
  const Tensor logits = tensor({0, std::log(3.0)}, {1, 2}), targets = tensor({0, 1}, {1, 2});
  const Tensor loss = softmax_cross_entropy(logits, targets);
  CHECK(loss.item() == Approx(std::log(4.0 / 3.0)).epsilon(1e-15));
  const Values bar = grad(loss, logits).to_vector();
  CHECK(bar[0] == Approx(0.25));
  CHECK(bar[1] == Approx(-0.25));
}

TEST_CASE("reductions and broadcasting by hand") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(sum(x).to_vector() == Values{21});
  CHECK(sum(x, {0}).to_vector() == Values{5, 7, 9});
  CHECK(sum(x, {1}, true).shape() == Shape{2, 1});
  CHECK(mean(x, {1}).to_vector() == Values{2, 5});
  CHECK(max(x, {0}).to_vector() == Values{4, 5, 6});
  CHECK(argmax(x).to_vector() == Values{2, 2});
  CHECK((x + tensor({10, 20, 30}, {3})).to_vector() == Values{11, 22, 33, 14, 25, 36});
  CHECK((x * tensor({10, 100}, {2, 1})).to_vector() == Values{10, 20, 30, 400, 500, 600});
  CHECK(sum_to(x, {1, 3}).to_vector() == Values{5, 7, 9});
}

TEST_CASE("moving entries by hand") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(transpose(x).to_vector() == Values{1, 4, 2, 5, 3, 6});
  CHECK(slice(x, 1, 1, 3).to_vector() == Values{2, 3, 5, 6});
  CHECK(slice(x, 0, 1, 2).to_vector() == Values{4, 5, 6});
  CHECK(pad(x, 1, 1, 0).to_vector() == Values{0, 1, 2, 3, 0, 4, 5, 6});
  CHECK(gather_rows(x, {1, 0, 1}).to_vector() == Values{4, 5, 6, 1, 2, 3, 4, 5, 6});
  CHECK(scatter_rows(x, {2, 2}, 3).to_vector() == Values{0, 0, 0, 0, 0, 0, 5, 7, 9});
  CHECK(reshape(x, Shape{3, 2}).to_vector() == x.to_vector());
}

}  // namespace
}  // namespace gradus
