#include "autodiff/program/recorder.h"

#include <charconv>
#include <tuple>
#include <type_traits>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/scalar_functions.h"

namespace gradus::program {
namespace {

const char* name(Reduce op) {
  static constexpr const char* names[] = {"sum", "max", "argmax",
                                          "logsumexp"};
  static_assert(std::size(names) ==
                static_cast<std::size_t>(Reduce::logsumexp) + 1);
  return names[static_cast<std::size_t>(op)];
}

// "name 1 2 3": numbers with as many digits as it takes to tell each from all others.
template <class... Numbers>
std::string text(std::string name, Numbers... numbers) {
  const auto digits = [](auto number) {
    char buffer[32];
    return std::string(
        buffer, std::to_chars(buffer, buffer + sizeof(buffer), number).ptr);
  };
  ((name += ' ' + digits(numbers)), ...);
  return name;
}
std::string text(const char* name, const Conv2dSpec& s) {
  return text(name, s.batch, s.height, s.width, s.channels, s.kernel_height,
              s.kernel_width, s.filters, s.stride, s.pad_top, s.pad_left,
              s.out_height, s.out_width);
}
std::string text(const char* name, const PoolSpec& s) {
  return text(name, s.batch, s.height, s.width, s.channels, s.window);
}

// A kernel with these arguments, whose arrays are left open.
template <class... Parameters>
auto bound(void (Backend::*kernel)(Parameters...),
           const std::decay_t<Parameters>&... arguments) {
  return [=](Backend& device, const Array* arrays) {
    const auto filled = [&](const auto& argument) {
      if constexpr (std::is_same_v<std::decay_t<decltype(argument)>, Array>)
        return *arrays++;
      else
        return argument;
    };
    const std::tuple<std::decay_t<Parameters>...> all{
        filled(arguments)...};  // from left to right
    std::apply([&](const auto&... each) { (device.*kernel)(each...); }, all);
  };
}

}  // namespace

Visible Recorder::enter(const Tensor& x) {
  return {write(array_of(x)), x.shape()};
}
Visible Recorder::seen(const Tensor& x) {
  return {value_of(array_of(x)), x.shape()};
}

std::size_t Recorder::kept_beside(const std::vector<Tensor>& tensors) const {
  std::unordered_set<const void*> others = alive_;
  for (const Tensor& x : tensors) others.erase(array_of(x).data);
  return others.size();
}

void* Recorder::allocate(std::int64_t bytes) {
  void* const data = real_.allocate(bytes);
  alive_.insert(data);
  return data;
}
void Recorder::release(void* data) {
  now_.erase(data);  // the next block here holds another value
  alive_.erase(data);
  real_.release(data);
}

int Recorder::write(Array y) {
  list.values.push_back({y.size, y.dtype});
  return now_[y.data] = static_cast<int>(list.values.size()) - 1;
}

int Recorder::value_of(Array x) {
  if (const auto found = now_.find(x.data); found != now_.end())
    return found->second;
  const BackendOverride unrecorded(device_, real_);
  const Tensor copy = empty({x.size}, x.dtype, device_);
  real_.slice(x, {1, x.size, 1}, 0, x.size, array_of(copy));
  const int value = write(x);
  list.values.back().constant = copy;
  return value;
}

// [note]
// The kernel runs as it will when it is replayed. What it reads is named
// first: y may be one of these.
void Recorder::note(Call call, std::vector<Array> arrays) {
  const Array y = arrays.back();
  for (std::size_t i = 0; i + 1 < arrays.size(); ++i)
    call.reads.push_back(value_of(arrays[i]));
  call.run(real_, arrays.data());
  call.write = write(y);
  list.calls.push_back(std::move(call));
}
// [note]

void Recorder::copy_from_host(const void*, Array) {
  fail(
      "[program] the step brings numbers from the host (from_host); make the "
      "tensor outside and ",
      "pass it in");
}
void Recorder::copy_to_host(Array, void*) {
  fail(
      "[program] the step reads numbers on the host (item, to_vector); "
      "return the tensor and read ",
      "it outside");
}
void Recorder::random_normal(std::uint64_t, std::uint64_t, double, Array) {
  fail(
      "[program] the step draws random numbers; draw them outside and pass "
      "them in");
}
void Recorder::random_uniform(std::uint64_t seed, std::uint64_t stream,
                              double, double, Array y) {
  random_normal(seed, stream, 1, y);
}

void Recorder::fill(double value, Array y) {
  note({text("fill", value), bound(&Backend::fill, value, y)}, {y});
}
void Recorder::arange(Array y) {
  note({"arange", bound(&Backend::arange, y)}, {y});
}
void Recorder::unary(Unary op, Array x, double p, Array y) {
  const std::string what =
      op <= Unary::power ? text(to_string(op), p) : to_string(op);
  note({what, bound(&Backend::unary, op, x, p, y), Map{op, p}}, {x, y});
}
void Recorder::binary(Binary op, Array a, Array b, Array y) {
  note({to_string(op), bound(&Backend::binary, op, a, b, y), op}, {a, b, y});
}
void Recorder::broadcast(Array x, AxisView v, Array y) {
  note({text("broadcast", v.outer, v.n, v.inner),
        bound(&Backend::broadcast, x, v, y)},
       {x, y});
}
void Recorder::reduce(Reduce op, Array x, AxisView v, Array y) {
  note({text(name(op), v.outer, v.n, v.inner),
        bound(&Backend::reduce, op, x, v, y)},
       {x, y});
}
void Recorder::swap_axes(Array x, std::int64_t outer, std::int64_t a,
                         std::int64_t b, std::int64_t inner, Array y) {
  note({text("swap_axes", outer, a, b, inner),
        bound(&Backend::swap_axes, x, outer, a, b, inner, y)},
       {x, y});
}
void Recorder::slice(Array x, AxisView v, std::int64_t start,
                     std::int64_t length, Array y) {
  note({text("slice", v.outer, v.n, v.inner, start, length),
        bound(&Backend::slice, x, v, start, length, y)},
       {x, y});
}
void Recorder::pad(Array x, std::int64_t length, std::int64_t start,
                   AxisView v, Array y) {
  note({text("pad", v.outer, v.n, v.inner, start, length),
        bound(&Backend::pad, x, length, start, v, y)},
       {x, y});
}
void Recorder::gather_rows(Array x, const std::int64_t* indices,
                           std::int64_t count, std::int64_t inner, Array y) {
  const std::vector<std::int64_t> rows(indices, indices + count);
  note({text("gather_rows", count, inner),
        [=](Backend& d, const Array* a) {
          d.gather_rows(a[0], rows.data(), count, inner, a[1]);
        },
        {},
        rows},
       {x, y});
}
void Recorder::scatter_rows(Array x, const std::int64_t* indices,
                            std::int64_t count, std::int64_t to,
                            std::int64_t inner, Array y) {
  const std::vector<std::int64_t> rows(indices, indices + count);
  note({text("scatter_rows", count, to, inner),
        [=](Backend& d, const Array* a) {
          d.scatter_rows(a[0], rows.data(), count, to, inner, a[1]);
        },
        {},
        rows},
       {x, y});
}
void Recorder::matmul(Array a, Array b, const MatmulSpec& s, Array y) {
  const std::string name = std::string("matmul") +
                           (s.transpose_a ? " T" : " N") +
                           (s.transpose_b ? "T" : "N");
  note({text(name, s.m, s.k, s.n), bound(&Backend::matmul, a, b, s, y), s},
       {a, b, y});
}
void Recorder::conv2d(Array images, Array kernel, const Conv2dSpec& s,
                      Array y) {
  note({text("conv2d", s), bound(&Backend::conv2d, images, kernel, s, y)},
       {images, kernel, y});
}
void Recorder::conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& s,
                             Array images) {
  note({text("conv2d_images", s),
        bound(&Backend::conv2d_images, y_bar, kernel, s, images)},
       {y_bar, kernel, images});
}
void Recorder::conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& s,
                             Array kernel) {
  note({text("conv2d_kernel", s),
        bound(&Backend::conv2d_kernel, images, y_bar, s, kernel)},
       {images, y_bar, kernel});
}
void Recorder::avg_pool2d(Array x, const PoolSpec& s, Array y) {
  note({text("avg_pool2d", s), bound(&Backend::avg_pool2d, x, s, y)}, {x, y});
}
void Recorder::avg_unpool2d(Array x, const PoolSpec& s, Array y) {
  note({text("avg_unpool2d", s), bound(&Backend::avg_unpool2d, x, s, y)},
       {x, y});
}

}  // namespace gradus::program
