// Several threads at once, each with its own graph, and tensors that change hands. Catch2's checks
// stay on the main thread.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <thread>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

// Ten steps of gradient descent and a Hessian-vector product: every part of the engine.
std::vector<double> train(std::uint64_t seed) {
  const Tensor x = random_normal({32, 8}, {seed, 0}, 1.0, DType::f64);
  std::vector<Tensor> params = {random_normal({8, 16}, {seed, 1}, 0.4, DType::f64),
                                random_normal({16, 4}, {seed, 2}, 0.4, DType::f64)};
  const auto loss = [&] {
    return mean(square(log_softmax(matmul(relu(matmul(x, params[0])), params[1]))));
  };
  for (int step = 0; step < 10; ++step) {
    const auto gradient = grad(loss(), params);
    const NoGrad values_only;
    for (std::size_t i = 0; i < params.size(); ++i) params[i] = params[i] - 0.1 * gradient[i];
  }
  Hvp hvp(loss(), params);
  std::vector<double> result = params[0].to_vector();
  for (const Tensor& t : hvp(params)) {
    const std::vector<double> values = t.to_vector();
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

TEST_CASE("threads with their own graphs give the numbers that one thread gives") {
  constexpr std::uint64_t count = 4;
  std::vector<std::vector<double>> alone(count), together(count);
  for (std::uint64_t seed = 0; seed < count; ++seed) alone[seed] = train(seed);
  std::vector<std::thread> workers;
  for (std::uint64_t seed = 0; seed < count; ++seed)
    workers.emplace_back([&together, seed] {
      set_threads(1);
      for (int repeat = 0; repeat < 5; ++repeat) together[seed] = train(seed);
    });
  for (std::thread& worker : workers) worker.join();
  for (std::uint64_t seed = 0; seed < count; ++seed) CHECK(together[seed] == alone[seed]);
}

TEST_CASE("results are the same bit for bit for every number of threads in an op") {
  const int before = threads();
  set_threads(1);
  const std::vector<double> one = train(7);
  const Tensor x = random_normal({300, 700}, {51, 0});
  const auto sums = [&x] {
    std::vector<double> result = sum(x, {0}).to_vector();
    for (const Tensor& t : {sum(x), sum(x, {1}), logsumexp(x), max(x, {1}), tanh(x)})
      for (double v : t.to_vector()) result.push_back(v);
    return result;
  };
  const std::vector<double> one_sums = sums();
  for (int count : {2, 3}) {
    set_threads(count);
    CHECK(threads() == count);
    CHECK(train(7) == one);
    CHECK(sums() == one_sums);
  }
  set_threads(before);
}

TEST_CASE("the number of threads and the recording mode belong to their thread") {
  const int before = threads();
  set_threads(before + 1);
  int other = 0;
  bool other_records = false;
  {
    const NoGrad values_only;
    std::thread([&] {
      set_threads(1);
      other = threads();
      other_records = recording();
    }).join();
  }
  CHECK(other == 1);
  CHECK(other_records);
  CHECK(threads() == before + 1);
  set_threads(before);
  CHECK(error_of([] { set_threads(0); }) == "[set_threads] 0 threads: at least 1 is needed");
  CHECK(threads() == before);
}

TEST_CASE("a tensor can be freed by another thread than its maker") {
  const std::int64_t before = memory_stats().live_bytes;
  {
    Tensor x = ones({1000});
    Tensor graph = sum(tanh(x));
    x = Tensor();
    std::thread([moved = std::move(graph)]() mutable { moved = Tensor(); }).join();
  }
  CHECK(memory_stats().live_bytes == before);

  // The other way round, and the maker has ended before.
  Tensor received;
  std::thread([&] { received = sum(square(arange(1000, DType::f64))); }).join();
  CHECK(received.item() == 332833500);  // 999 * 1000 * 1999 / 6
  received = Tensor();
  CHECK(memory_stats().live_bytes == before);
}

TEST_CASE("a graph made by one thread can be differentiated by another") {
  const Tensor x = arange(5, DType::f64);
  const Tensor y = sum(square(x));
  std::vector<double> gradient;
  std::thread([&] { gradient = grad(y, x).to_vector(); }).join();
  CHECK(gradient == std::vector<double>{0, 2, 4, 6, 8});
}

TEST_CASE("threads that come and go reuse the memory of those before them") {
  const auto work = [](std::int64_t& system_allocations) {
    std::thread([&] {
      set_threads(1);
      train(3);
      system_allocations = memory_stats().system_allocations;
    }).join();
  };
  std::int64_t first = 0, last = 0;
  work(first);
  for (int i = 0; i < 5; ++i) work(last);
  CHECK(last == first);
}

// What a large op gives, computed in parts.
double sum_in_parts() { return sum(tanh(arange(1 << 20, DType::f64))).item(); }

// How a child of this process ends that calls `work` and exits as a program does, or -1: it died or
// took longer than 100 seconds.
int exit_code_of_child(const std::function<int()>& work) {
  std::cout.flush();
  const pid_t child = fork();
  if (child == 0) {
    alarm(100);
    std::exit(work());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Not under ThreadSanitizer, which does not follow forks: its tests are those with thread in the name.
TEST_CASE("the child of a fork computes and exits") {
  const int before = threads();
  set_threads(4);
  const double parents = sum_in_parts();
  CHECK(exit_code_of_child([&] { return sum_in_parts() == parents ? 0 : 1; }) == 0);
  CHECK(exit_code_of_child([] { return 0; }) == 0);
  CHECK(exit_code_of_child([&] {  // a child of a child, and its own team once more
          if (sum_in_parts() != parents) return 1;
          return exit_code_of_child([&] { return sum_in_parts() == parents ? 0 : 2; });
        }) == 0);
  CHECK(sum_in_parts() == parents);
  set_threads(before);
}

#if !defined(__SANITIZE_ADDRESS__)  // which needs address space without a limit
TEST_CASE("where the system starts fewer than asked for, those compute") {
  const int before = threads();
  set_threads(4);
  const double expected = sum_in_parts();
  CHECK(exit_code_of_child([&] {
          const rlim_t most = rlim_t{4} << 30;
          const rlimit limit{.rlim_cur = most, .rlim_max = most};
          if (setrlimit(RLIMIT_AS, &limit) != 0) return 1;
          set_threads(1024);  // whose stacks are 8 GiB
          return sum_in_parts() == expected ? 0 : 2;
        }) == 0);
  set_threads(before);
}
#endif

TEST_CASE("an error in one thread leaves the others alone") {
  std::atomic<int> errors = 0;
  std::vector<double> result;
  std::thread wrong([&] {
    set_threads(1);
    for (int i = 0; i < 100; ++i)
      if (error_of([] { matmul(ones({2, 3}), ones({2, 3})); }) != "(no error)") ++errors;
  });
  std::thread right([&] {
    set_threads(1);
    result = train(5);
  });
  wrong.join();
  right.join();
  CHECK(errors == 100);
  CHECK(result == train(5));
}

}  // namespace
}  // namespace gradus
