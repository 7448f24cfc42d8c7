#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "autodiff/tensor.h"

/// Every op of the engine: the table of contents of autodiff/ops/, where each has its forward
/// computation, its derivation and its rule side by side. Operands share dtype and device. Binary
/// elementwise ops broadcast their operands first (NumPy's rule). Unless a comment says otherwise an
/// op can be differentiated any number of times. What an op masks gets the gradient 0, whatever lies
/// behind it: masks select and never multiply, so 0 does not meet an infinity.
///
/// Sums on the host. Reductions, pools and scatter_rows add at most 64 terms in the operands' dtype,
/// the rest in f64, and round once: the error is below 2^-18 sum |x| in f32. Products in f32 (matmul,
/// conv2d and its adjoints) add at most 2^12 terms a b in f32, by oneDNN's convolutions 2^14, and the
/// sums of such blocks in f64: in each entry the error is below min(n, 2^12) 2^-24 sum |a b| for n
/// terms (2^14 where oneDNN convolves), and by rounding to nearest usually some square root of that.
/// No sum depends on the number of threads.
namespace gradus {

// --- elementwise, one operand (ops/elementwise.cpp) ---
Tensor negate(const Tensor& x);                  ///< `-x`
Tensor scale(const Tensor& x, double factor);    ///< `factor x`, the factor a constant
Tensor divide_by(const Tensor& x, double c);     ///< `x / c`, rounded once; `c` a constant
Tensor shift(const Tensor& x, double constant);  ///< `x + constant`
Tensor pow(const Tensor& x, double exponent);    ///< `x^exponent`, the exponent a constant
Tensor exp(const Tensor& x);                     ///< `e^x`
Tensor log(const Tensor& x);                     ///< natural logarithm; -inf at 0, NaN below
Tensor sqrt(const Tensor& x);                    ///< square root; NaN below 0
Tensor square(const Tensor& x);                  ///< `x^2`
/// `|x|`. The derivative at 0 is 0, and at NaN NaN, as the sign is (PyTorch: 0 for both).
Tensor abs(const Tensor& x);
Tensor tanh(const Tensor& x);     ///< hyperbolic tangent
Tensor sigmoid(const Tensor& x);  ///< `1 / (1 + e^-x)`
/// `max(x, 0)`. The derivative at 0 is 0, and the second derivative is 0 everywhere. NaN stays NaN.
Tensor relu(const Tensor& x);

// --- elementwise, two operands (ops/elementwise.cpp) ---
Tensor add(const Tensor& a, const Tensor& b);
Tensor subtract(const Tensor& a, const Tensor& b);
Tensor multiply(const Tensor& a, const Tensor& b);
Tensor divide(const Tensor& a, const Tensor& b);
/// The larger of a and b; where they are equal the whole gradient goes to a (PyTorch and JAX give
/// half to each). NaN wins and takes the gradient, a's before b's (PyTorch gives it to both).
Tensor maximum(const Tensor& a, const Tensor& b);
/// `x` where `gate > 0`, else 0: the derivative of relu. A NaN gate lets x through, so that a diverging
/// run stays visible. The gate has no gradient. Mask the argument of a function, not its result: in
/// where_positive(sqrt(x), gate) the cotangent 0 meets the slope of sqrt, which at 0 makes NaN (as
/// in PyTorch and JAX), in sqrt(where_positive(x, gate)) it does not.
Tensor where_positive(const Tensor& x, const Tensor& gate);

// --- without a gradient (ops/comparison.cpp) ---
// Each gives 1 where it holds and 0 elsewhere (NaN compares false). Differentiating through one is
// an error that names it: say stop_gradient(...) where a constant is meant.
Tensor equal(const Tensor& a, const Tensor& b);
Tensor less(const Tensor& a, const Tensor& b);
Tensor less_equal(const Tensor& a, const Tensor& b);
Tensor greater(const Tensor& a, const Tensor& b);
Tensor greater_equal(const Tensor& a, const Tensor& b);
Tensor sign(const Tensor& x);  ///< -1, 0 or 1; NaN of NaN (PyTorch: 0). No gradient
/// Position of the first maximum along one axis, which is dropped; a NaN counts as the maximum. In
/// f32 the axis may have `2^24` entries, whose positions are exact. No gradient.
Tensor argmax(const Tensor& x, int axis = -1);

// --- broadcasting and its adjoint (ops/broadcast.cpp) ---
Tensor broadcast_to(const Tensor& x, const Shape& shape);  ///< repeats along axes of size 1
/// The sum over the axes along which `shape` broadcasts to x's: the adjoint of broadcast_to.
Tensor sum_to(const Tensor& x, const Shape& shape);

// --- reductions over axes; no axes means all (ops/reduce.cpp) ---
// `keep` leaves each reduced axis in place with size 1.
Tensor sum(const Tensor& x, const Axes& axes = {}, bool keep = false);
Tensor mean(const Tensor& x, const Axes& axes = {}, bool keep = false);
/// Where several entries are largest, the first in row-major order gets the whole gradient, and the
/// first NaN before all (PyTorch does so along one axis, and shares among ties over several).
Tensor max(const Tensor& x, const Axes& axes = {}, bool keep = false);
/// `log(sum(exp(x)))`, without overflow. Where it is infinite, the gradient of the infinite entries is
/// NaN (as in PyTorch).
Tensor logsumexp(const Tensor& x, const Axes& axes = {}, bool keep = false);
/// `sum(a b)` over all elements: the inner product `<a, b>`.
Tensor dot(const Tensor& a, const Tensor& b);

// --- shape (ops/shape.cpp) ---
/// The same elements in another shape; one dimension may be -1 and is then computed.
Tensor reshape(const Tensor& x, const std::vector<std::int64_t>& dims);
Tensor reshape(const Tensor& x, std::initializer_list<std::int64_t> dims);
Tensor reshape(const Tensor& x, const Shape& shape);
/// Axis i of the result is axis order[i] of x; without an order, the axes reversed.
Tensor transpose(const Tensor& x, const Axes& order = {});
/// Entries start..stop-1 along one axis.
Tensor slice(const Tensor& x, int axis, std::int64_t start, std::int64_t stop);
/// Zeros before and after along one axis: the adjoint of slice.
Tensor pad(const Tensor& x, int axis, std::int64_t before, std::int64_t after);

// --- rows (ops/rows.cpp) ---
/// Row i of the result is row indices[i] of x; rows run along axis 0.
Tensor gather_rows(const Tensor& x, const std::vector<std::int64_t>& indices);
/// `rows` rows; row r is the sum of the rows i of x with `indices[i] = r`: the adjoint of gather_rows.
Tensor scatter_rows(const Tensor& x, const std::vector<std::int64_t>& indices, std::int64_t rows);

// --- matrix product (ops/matmul.cpp) ---
/// (m,k) x (k,n); a flag transposes that operand first: `A^T B` is matmul(A, B, true, false).
Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a = false, bool transpose_b = false);

// --- convolution and pooling (ops/conv.cpp) ---
/// Zeros around an image. SAME gives ceil(size / stride) outputs, the odd zero at the end; VALID
/// adds none; or say how many. A kernel larger than the padded image gives no outputs.
struct Padding {
  static constexpr std::int64_t same = -1;
  std::int64_t top = 0, bottom = 0, left = 0, right = 0;
  static Padding Same() { return {same, same, same, same}; }
  static Padding Valid() { return {}; }
  bool operator==(const Padding&) const = default;
};
/// Cross-correlation of images (batch, height, width, channels) with a kernel (height, width,
/// channels, filters), as deep learning calls it.
Tensor conv2d(const Tensor& images, const Tensor& kernel, std::int64_t stride = 1,
              const Padding& padding = Padding::Same());
/// The adjoint of conv2d in the images, of shape `images`.
Tensor conv2d_images(const Tensor& y_bar, const Tensor& kernel, const Shape& images,
                     std::int64_t stride = 1, const Padding& padding = Padding::Same());
/// The adjoint of conv2d in the kernel, of shape `kernel`.
Tensor conv2d_kernel(const Tensor& images, const Tensor& y_bar, const Shape& kernel,
                     std::int64_t stride = 1, const Padding& padding = Padding::Same());
/// Means over windows of window x window pixels, side by side, of images (batch, height, width,
/// channels); a remainder at the right or bottom edge is left out.
Tensor avg_pool2d(const Tensor& images, std::int64_t window = 2);
/// The adjoint of avg_pool2d, of shape `images`.
Tensor avg_unpool2d(const Tensor& y_bar, const Shape& images, std::int64_t window = 2);

// --- softmax (ops/softmax.cpp) ---
/// `x - logsumexp(x)` along an axis. An entry -inf has probability 0; if the largest entry is infinite,
/// all are NaN (as in PyTorch and JAX).
Tensor log_softmax(const Tensor& x, int axis = -1);
Tensor softmax(const Tensor& x, int axis = -1);  ///< exp(log_softmax(x))
/// Mean over the batch of -sum_k target_k log softmax(logits)_k; both (batch, classes), each row of
/// targets a probability distribution (one-hot for labels). 0 log 0 is 0, so a class of target 0 may
/// have the logit -inf (PyTorch: so for labels, NaN for distributions).
Tensor softmax_cross_entropy(const Tensor& logits, const Tensor& targets);

// --- operators ---
inline Tensor operator+(const Tensor& a, const Tensor& b) { return add(a, b); }
inline Tensor operator-(const Tensor& a, const Tensor& b) { return subtract(a, b); }
inline Tensor operator*(const Tensor& a, const Tensor& b) { return multiply(a, b); }
inline Tensor operator/(const Tensor& a, const Tensor& b) { return divide(a, b); }
inline Tensor operator-(const Tensor& x) { return negate(x); }
inline Tensor operator+(const Tensor& x, double c) { return shift(x, c); }
inline Tensor operator+(double c, const Tensor& x) { return shift(x, c); }
inline Tensor operator-(const Tensor& x, double c) { return shift(x, -c); }
inline Tensor operator-(double c, const Tensor& x) { return shift(negate(x), c); }
inline Tensor operator*(const Tensor& x, double c) { return scale(x, c); }
inline Tensor operator*(double c, const Tensor& x) { return scale(x, c); }
inline Tensor operator/(const Tensor& x, double c) { return divide_by(x, c); }
inline Tensor operator/(double c, const Tensor& x) { return divide(full_like(x, c), x); }

}  // namespace gradus
