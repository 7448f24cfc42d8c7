#include "autodiff/program/replay.h"

#include <cstdio>
#include <mutex>
#include <numeric>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/storage.h"

namespace gradus::program {
namespace {

// Nobody else can see the value of this variable, so nobody sees it change.
bool seen_here_only(const Tensor& x) {
  const Node& node = *x.node();
  return x.node().use_count() == 1 && node.storage.use_count() == 1 &&
         node.inputs.empty();
}

Tensor copy(const Tensor& x, const Tensor& y) {
  backend(x.device())
      .slice(array_of(x), {1, x.size(), 1}, 0, x.size(), array_of(y));
  return y;
}

// A leaf of this shape.
Tensor leaf(const Tensor& x, const Shape& shape) {
  return x.node()->inputs.empty() && x.shape() == shape ? x : view(x, shape);
}

// Said once: most programs of a run fail alike.
void tell_of_failed_capture(const Error& error) {
  static std::once_flag told;
  std::call_once(told, [&] {
    std::fprintf(stderr,
                 "gradus: a program's kernels are launched one by one, not "
                 "as a CUDA graph, which is slower and gives the same "
                 "numbers: %s\n",
                 error.what());
  });
}

}  // namespace

Replay::Replay(List list, Device device, const Program::Options& options)
    : list_(std::move(list)),
      device_(device),
      whole_(options.graph && device == Device::cuda) {
  if (options.fold) fold(list_, device);
  if (options.onto) onto(list_);
  std::vector<int> home(list_.values.size());
  std::iota(home.begin(), home.end(), 0);
  if (options.in_place) home = in_place(list_);
  overwritten_.resize(list_.state.size());
  if (options.in_place) overwritten_ = overwritten(list_);
  slab_ = slab(list_, home, options.slab);

  memory_ = empty({(slab_.bytes + 3) / 4}, DType::f32, device);
  arrays_.resize(list_.values.size());
  for (std::size_t v = 0; v < arrays_.size(); ++v) {
    const Value& value = list_.values[v];
    arrays_[v] = {nullptr, value.size, value.dtype};
    if (value.constant) arrays_[v] = array_of(value.constant);
    if (slab_.offset[v] >= 0)
      arrays_[v].data =
          static_cast<char*>(array_of(memory_).data) + slab_.offset[v];
  }
  tensors_.resize(list_.values.size());
  fixed_.resize(list_.values.size());
  for (const auto* some :
       {&list_.inputs, &list_.state, &list_.next, &list_.results})
    for (const Visible& x : *some) seen_.push_back(x.value);
}

std::vector<Tensor> Replay::step(const std::vector<Tensor>& inputs,
                                 const std::vector<Tensor*>& state) {
  const auto tensor = [&](int v) -> Tensor& {
    return tensors_[static_cast<std::size_t>(v)];
  };
  for (int v : seen_) tensor(v) = {};
  const auto put = [&](int v, Tensor x) {
    array(v).data = array_of(x).data;
    tensor(v) = std::move(x);
  };
  // A new value of the state is written over the old one where no other handle holds that.
  for (std::size_t i = 0; i < state.size(); ++i)
    if (overwritten_[i] && seen_here_only(*state[i]))
      put(list_.next[i].value, *state[i]);
  for (std::size_t i = 0; i < state.size(); ++i)
    put(list_.state[i].value, *state[i]);
  const auto fixed = [&](const Visible& x) {
    Tensor& y = fixed_[static_cast<std::size_t>(x.value)];
    const Value& v = list_.values[static_cast<std::size_t>(x.value)];
    if (!y) y = empty(x.shape, v.dtype, device_);
    return y;
  };
  const auto come_out = [&](const std::vector<Visible>& seen, bool whole) {
    for (const Visible& x : seen) {
      const Value& v = list_.values[static_cast<std::size_t>(x.value)];
      if (tensor(x.value)) continue;
      put(x.value, v.constant ? v.constant
                   : whole    ? fixed(x)
                              : empty(x.shape, v.dtype, device_));
    }
  };
  come_out(list_.next, false);
  const bool whole = stays();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Visible& x = list_.inputs[i];
    put(x.value, whole ? copy(inputs[i], fixed(x)) : inputs[i]);
  }
  come_out(list_.results, whole);
  whole ? run_whole() : run();

  std::vector<Tensor> results;
  for (const auto& [value, shape] : list_.results) {
    const Tensor& y = tensor(value);
    const bool is_fixed = whole && fixed_[static_cast<std::size_t>(value)];
    results.push_back(is_fixed ? copy(y, empty(shape, y.dtype(), device_))
                               : leaf(y, shape));
  }
  for (std::size_t i = 0; i < state.size(); ++i)
    *state[i] = leaf(tensor(list_.next[i].value), list_.next[i].shape);
  for (int v : seen_) tensor(v) = {};
  return results;
}

// [replay]
void Replay::run() {
  Backend& device = backend(device_);
  Array arrays[4];
  for (const Call& call : list_.calls) {
    Array* to = arrays;
    for (int v : call.reads) *to++ = array(v);
    *to = array(call.write);
    call.run(device, arrays);
  }
}
// [replay]

// [graph]
// A graph has the addresses of its capture. Inputs and results come and go,
// and are copied; the state stays where it is as long as nobody keeps an old
// one. Where it is for the second time, the list is captured, and otherwise
// its calls are made one by one.
bool Replay::stays() {
  if (!whole_) return false;
  std::vector<void*> places;
  for (const auto* some : {&list_.state, &list_.next})
    for (const Visible& x : *some) places.push_back(array(x.value).data);
  const bool same = std::exchange(places_, places) == places;
  if (!same) graph_ = {};
  return same;
}

void Replay::run_whole() {
  try {
    if (!graph_) graph_ = backend(device_).capture([&] { run(); });
  } catch (const Error& error) {  // nothing has been done: calls can be made
    tell_of_failed_capture(error);
  }
  whole_ = bool(graph_);
  whole_ ? graph_() : run();
}
// [graph]

Program::Listing Replay::listing() const {
  Program::Listing all{to_string(list_), list_.calls.size(), slab_.bytes, 0};
  for (const Value& value : list_.values)
    if (value.constant) all.constant_bytes += value.bytes();
  return all;
}

}  // namespace gradus::program
