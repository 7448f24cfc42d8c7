// Adam's moments of an entry without gradient shrink by beta a step and end among the denormal numbers,
// with which processors are slow. How many are there in a real run, and what do they cost?
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "data/batches.h"
#include "data/generators.h"
#include "data/load.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/benchmarks/machine.h"

#ifdef __SSE__
#include <xmmintrin.h>
#endif

namespace gradus {
namespace {

// While it lives, this thread's results that would be denormal are 0, and so are its operands that are.
class FlushToZero {
 public:
#ifdef __SSE__
  FlushToZero() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }
  ~FlushToZero() { _mm_setcsr(before_); }

 private:
  unsigned before_;
#else
  FlushToZero() { fail("this processor is not told here how to flush denormals; x86 is"); }
#endif
};

double denormal_percent(const std::vector<Tensor>& tensors) {
  double denormal = 0, all = 0;
  for (const Tensor& t : tensors)
    for (float x : t.values<float>()) {
      denormal += x != 0 && std::abs(x) < std::numeric_limits<float>::min();
      all += 1;
    }
  return 100 * denormal / all;
}

struct Run {
  Model model;
  Tensor x, y;
  std::int64_t batch;
  double lr;
};

struct State {
  std::vector<Tensor> w;
  Adam adam;
  int steps = 0;
};

void train(const Run& run, State& state, int steps) {
  Batches batches(run.x.dim(0), run.batch, 0);
  for (int i = 0; i < steps; ++i) {
    const std::vector<std::int64_t> picked = batches.at(state.steps++);
    const Tensor f = run.model(state.w, gather_rows(run.x, picked));
    const Tensor loss = softmax_cross_entropy(f, gather_rows(run.y, picked));
    state.adam.step(state.w, grad(loss, state.w));
  }
}

double whole_loss(const Run& run, const State& state) {
  return softmax_cross_entropy(run.model(state.w, run.x), run.y).item();
}

// Median over rounds, in turns, of the milliseconds of a step from one state: as it is, and flushed.
void print_times(const Run& run, const State& state) {
  constexpr int rounds = 9, steps = 20;
  double as_it_is[rounds], flushed[rounds];
  for (int round = 0; round < rounds; ++round) {
    State copy = state;
    double start = now();
    train(run, copy, steps);
    as_it_is[round] = 1e3 * (now() - start) / steps;
    copy = state;
    const FlushToZero here;
    start = now();
    train(run, copy, steps);
    flushed[round] = 1e3 * (now() - start) / steps;
  }
  const auto median = [](double* values) {
    std::nth_element(values, values + rounds / 2, values + rounds);
    return values[rounds / 2];
  };
  std::printf(" %8.3f %9.3f", median(as_it_is), median(flushed));
}

void measure(const char* name, const Run& run) {
  const auto start = [&] { return State{init(run.model, 0), Adam(run.model, {.lr = run.lr})}; };
  State plain = start(), flush = start();
  std::printf("\n%s\n   steps  denormal: m      v   ms a step   flushed     loss   flushed\n",
              name);
  for (int step : {200, 500, 1000, 2000, 5000}) {
    train(run, plain, step - plain.steps);
    {
      const FlushToZero here;
      train(run, flush, step - flush.steps);
    }
    std::printf("%8d    %7.2f%% %5.2f%%  ", step, denormal_percent(plain.adam.first),
                denormal_percent(plain.adam.second));
    print_times(run, plain);
    std::printf("  %8.5f %8.5f\n", whole_loss(run, plain), whole_loss(run, flush));
    std::fflush(stdout);
  }
}

void run() {
  set_threads(1);
  std::printf("%s, one thread\n", provider().c_str());
  const Dataset images = embedded_fashion_mnist().train;
  const Examples points = examples_of(spiral());
  const auto network = [](std::int64_t in, std::int64_t out) {
    return fcn({.in = in, .width = 64, .depth = 3, .out = out, .bias = true});
  };
  measure("chapter 10's network of width 64, images, batches of 64, rate 2^-7",
          {network(784, 10), standardised_images(images, Layout::flat),
           one_hot(images.labels, images.classes), 64, std::ldexp(1, -7)});
  measure("the same with two inputs, spirals",
          {network(2, points.y.dim(1)), points.x, points.y, 64, std::ldexp(1, -7)});
}

}  // namespace
}  // namespace gradus

int main() {
  return gradus::run_benchmark("denormals", [] { gradus::run(); });
}
