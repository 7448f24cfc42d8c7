#include <algorithm>
#include <cmath>

#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/item.h"
#include "autodiff/scalar_functions.h"

/// Reductions of (outer, n, inner) along n. What is known of some entries is a state: there is that
/// of none, of one, of two states taken together (with any lane's, by a shuffle), and its result.
/// Entries are reduced in chunks of a fixed length, then the chunks' states are, so results repeat
/// bit for bit.
namespace gradus {
namespace {

using Place = long long;  // a position along the axis; a type that shuffles know

// x of the lane that is `by` further on in the warp.
template <class T>
__device__ T from_lane(T x, int by) {
  return __shfl_down_sync(0xffffffffu, x, by);
}

template <class T>
struct Sum {
  using Value = T;
  using State = double;
  static __device__ State none() { return 0; }
  static __device__ State one(T x, Place) { return static_cast<double>(x); }
  static __device__ State both(State a, State b) { return a + b; }
  static __device__ State other(State s, int by) { return from_lane(s, by); }
  static __device__ T result(State s) { return static_cast<T>(s); }
};

template <class T>
struct Max {
  using Value = T;
  using State = T;
  static __device__ State none() { return -INFINITY; }
  static __device__ State one(T x, Place) { return x; }
  static __device__ State both(State a, State b) { return formula::Maximum{}(a, b); }
  static __device__ State other(State s, int by) { return from_lane(s, by); }
  static __device__ T result(State s) { return s; }
};

// The first position of the largest entry; a NaN is larger than everything.
template <class T>
struct Argmax {
  using Value = T;
  struct State {
    T largest;
    Place at;
  };
  static __device__ State none() { return {-INFINITY, Place{1} << 62}; }
  static __device__ State one(T x, Place at) { return {x, at}; }
  static __device__ State both(State a, State b) {
    const bool a_nan = a.largest != a.largest, b_nan = b.largest != b.largest;
    const bool equal = a.largest == b.largest || (a_nan && b_nan);
    const bool b_wins = equal ? b.at < a.at : b_nan || (!a_nan && b.largest > a.largest);
    return b_wins ? b : a;
  }
  static __device__ State other(State s, int by) {
    return {from_lane(s.largest, by), from_lane(s.at, by)};
  }
  static __device__ T result(State s) { return static_cast<T>(s.at); }
};

// The largest entry m and the sum of e^(x - m). In place of an infinite m, 0 is subtracted: the
// difference to itself would be NaN.
template <class T>
struct LogSumExp {
  using Value = T;
  struct State {
    T largest;
    double total;
  };
  static __device__ T reference(T largest) { return std::isinf(largest) ? T(0) : largest; }
  static __device__ double total_from(State s, T to) {
    return s.total == 0 ? 0 : s.total * static_cast<double>(std::exp(reference(s.largest) - to));
  }
  static __device__ State none() { return {-INFINITY, 0}; }
  static __device__ State one(T x, Place) {
    return {x, static_cast<double>(std::exp(x - reference(x)))};
  }
  static __device__ State both(State a, State b) {
    const T largest = formula::Maximum{}(a.largest, b.largest), to = reference(largest);
    return {largest, total_from(a, to) + total_from(b, to)};
  }
  static __device__ State other(State s, int by) {
    return {from_lane(s.largest, by), from_lane(s.total, by)};
  }
  static __device__ T result(State s) {
    return static_cast<T>(std::log(s.total) + static_cast<double>(reference(s.largest)));
  }
};

// One pass along an axis: what it reads, entries or the states of the pass before, and what it
// writes, states or results.
template <class R>
struct Pass {
  using T = typename R::Value;
  using State = typename R::State;
  std::int64_t outer, n, inner;
  std::int64_t length, chunks;  // of a chunk, and their number
  const T* entries;             // null in all passes but the first
  const State* states;
  State* chunk_states;
  T* results;  // null in all passes but the last

  __device__ State load(std::int64_t i, std::int64_t at) const {
    return entries ? R::one(entries[i], at) : states[i];
  }
  __device__ void store(std::int64_t i, State s) const {
    if (results)
      results[i] = R::result(s);
    else
      chunk_states[i] = s;
  }
  __device__ std::int64_t end(std::int64_t begin) const {
    return begin + length < n ? begin + length : n;
  }
};

// A short axis: a thread takes all of it. Bound by bytes: neighbours of a row share cache lines. Room
// for four blocks is 64 registers a thread; for compute capability 10 nvcc would take 48, and spill.
template <class R>
__global__ void __launch_bounds__(256, 4) thread_kernel(Pass<R> pass) {
  for (std::int64_t i = first_item(); i < pass.outer * pass.inner; i += item_stride()) {
    const std::int64_t first = i / pass.inner * pass.n * pass.inner + i % pass.inner;
    typename R::State state = R::none();
    for (std::int64_t at = 0; at < pass.n; ++at)
      state = R::both(state, pass.load(first + at * pass.inner, at));
    pass.store(i, state);
  }
}

// inner == 1: a warp takes a chunk, 32 neighbours at a time. Bound by bytes.
// [row]
template <class R>
__global__ void __launch_bounds__(256) row_kernel(Pass<R> pass) {
  const std::int64_t tasks = pass.outer * pass.chunks;
  for (auto task = first_warp(); task < tasks; task += warp_stride()) {
    const std::int64_t row = task / pass.chunks;
    const std::int64_t begin = task % pass.chunks * pass.length;
    const std::int64_t end = pass.end(begin);
    typename R::State state = R::none();
    for (std::int64_t at = begin + threadIdx.x; at < end; at += 32)
      state = R::both(state, pass.load(row * pass.n + at, at));
    for (int by = 16; by > 0; by /= 2) {
      state = R::both(state, R::other(state, by));
    }
    if (threadIdx.x == 0) pass.store(task, state);
  }
}
// [row]

// inner > 1: a block takes a chunk of neighbouring columns; its rows of threads, `lanes`, each reduce
// every lanes-th entry, and meet in shared memory. Bound by bytes.
// [column]
template <class R>
__global__ void __launch_bounds__(256) column_kernel(Pass<R> pass) {
  using State = typename R::State;
  const int columns = static_cast<int>(blockDim.x);
  const int lanes = static_cast<int>(blockDim.y);
  GPU_SHARED(State, states, 256);
  const std::int64_t tiles = (pass.inner + columns - 1) / columns;
  const std::int64_t tasks = pass.outer * pass.chunks * tiles;
  for (std::int64_t task = blockIdx.x; task < tasks; task += gridDim.x) {
    const std::int64_t column = task % tiles * columns + threadIdx.x;
    const std::int64_t chunk = task / tiles, row = chunk / pass.chunks;
    const std::int64_t begin = chunk % pass.chunks * pass.length;
    const std::int64_t end = pass.end(begin);
    const std::int64_t first = row * pass.n * pass.inner + column;
    State state = R::none();
    if (column < pass.inner)
      for (std::int64_t at = begin + threadIdx.y; at < end; at += lanes)
        state = R::both(state, pass.load(first + at * pass.inner, at));
    states[threadIdx.y * columns + threadIdx.x] = state;
    __syncthreads();
    if (threadIdx.y == 0 && column < pass.inner) {
      for (int lane = 1; lane < lanes; ++lane)
        state = R::both(state, states[lane * columns + threadIdx.x]);
      pass.store(chunk * pass.inner + column, state);
    }
    __syncthreads();  // the next task must not overwrite these states
  }
}
// [column]

// Of column_kernel: tiles of at most 32 columns, all as wide as the others or nearly so, and as many
// lanes as fit below. Few columns then have all their threads side by side in memory.
dim3 column_block(std::int64_t inner) {
  const std::int64_t tiles = (inner + 31) / 32, columns = (inner + tiles - 1) / tiles;
  return dim3(static_cast<unsigned>(columns),
              static_cast<unsigned>(std::min<std::int64_t>(256 / columns, 32)));
}

template <class R>
void start(Queue& queue, const Pass<R>& pass) {
  const std::int64_t tasks = pass.outer * pass.chunks;
  if (pass.n < 16)
    return queue.launch_over(pass.outer * pass.inner, "reduce", thread_kernel<R>, pass);
  if (pass.inner == 1)
    return queue.launch("reduce", row_kernel<R>, (tasks + 7) / 8, dim3(32, 8), pass);
  const dim3 block = column_block(pass.inner);
  queue.launch("reduce", column_kernel<R>, tasks * ((pass.inner + block.x - 1) / block.x), block,
               pass);
}

// Passes over ever fewer states, until one chunk holds all.
template <class R>
void reduce(Queue& queue, Pass<R> pass, typename R::Value* y) {
  pass.chunks = std::max<std::int64_t>((pass.n + pass.length - 1) / pass.length, 1);
  if (pass.chunks == 1) {
    pass.results = y;
    return start(queue, pass);
  }
  using State = typename R::State;
  const Scratch states(queue, pass.outer * pass.chunks * pass.inner * std::int64_t{sizeof(State)});
  pass.chunk_states = states.as<State>();
  start(queue, pass);
  pass.entries = nullptr;
  pass.states = states.as<State>();
  pass.n = pass.chunks;
  reduce(queue, pass, y);
}

template <class R>
void reduce(Queue& queue, Array x, AxisView view, Array y) {
  using T = typename R::Value;
  Pass<R> pass{};
  pass.outer = view.outer;
  pass.n = view.n;
  pass.inner = view.inner;
  pass.length = view.inner == 1 ? 1024 : 32 * std::int64_t{column_block(view.inner).y};
  pass.entries = x.as<const T>();
  reduce(queue, pass, y.as<T>());
}

}  // namespace

void CudaBackend::reduce(Reduce op, Array x, AxisView view, Array y) {
  if (y.size == 0) return;
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    switch (op) {
      case Reduce::sum: return gradus::reduce<Sum<T>>(queue_, x, view, y);
      case Reduce::max: return gradus::reduce<Max<T>>(queue_, x, view, y);
      case Reduce::argmax: return gradus::reduce<Argmax<T>>(queue_, x, view, y);
      case Reduce::logsumexp: return gradus::reduce<LogSumExp<T>>(queue_, x, view, y);
    }
  });
}

}  // namespace gradus
