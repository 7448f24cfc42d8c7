// The backend's queue and pool on the emulator: what threads, failures and the end of the process
// ask of them. A second build of this program, cuda_queue_threads, runs under ThreadSanitizer.

#include "autodiff/cuda/queue.h"

#include <chrono>
#include <future>
#include <set>
#include <thread>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/cuda/move.h"
#include "emulator.h"
#include "tests/catch.h"

namespace gradus {
namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;

// A queue that is closed at the end, as the process closes its own.
struct ClosedAtEnd : Queue {
  ~ClosedAtEnd() { close(); }
};

struct Limits {  // the emulated device's, for one test
  gpu_emulator::Options before = gpu_emulator::options();
  ~Limits() { gpu_emulator::options() = before; }
};

std::size_t free_memory() {
  std::size_t free = 0, total = 0;
  cudaMemGetInfo(&free, &total);
  return free;
}

__global__ void add_kernel(const double* a, const double* b, double* y, std::int64_t size) {
  for (std::int64_t i = first_item(); i < size; i += item_stride()) y[i] = a[i] + b[i];
}

template <class Index>
struct Itself {
  __device__ Index operator()(Index i) const { return i; }
};

// x + x 2I, by a product and a kernel, in blocks of the pool.
std::vector<double> three_times(Queue& queue, const std::vector<double>& x, std::int64_t n) {
  const std::int64_t bytes = n * n * std::int64_t{sizeof(double)};
  std::vector<double> twice_unit(x.size()), y(x.size());
  for (std::int64_t i = 0; i < n; ++i) twice_unit[static_cast<std::size_t>(i * n + i)] = 2;
  const Scratch a(queue, bytes), b(queue, bytes), product(queue, bytes);
  queue.copy_in(x.data(), bytes, a.as<void>());
  queue.copy_in(twice_unit.data(), bytes, b.as<void>());
  queue.multiply<double>(a.as<double>(), b.as<double>(), {n, n, n}, 0, product.as<double>());
  queue.launch_over(n * n, "add", add_kernel, a.as<double>(), product.as<double>(), b.as<double>(),
                    n * n);
  queue.copy_out(b.as<void>(), bytes, y.data());
  return y;
}

// What a host thread finds that looks at the queue while another waits in `work`.
template <class Work>
bool others_go_on(Queue& queue, const Work& work) {
  bool waited = false, went_on = true;
  std::vector<std::future<void>> others;  // ends after the wait, if not during it
  gpu_emulator::before_waiting() = [&] {
    waited = true;
    others.push_back(std::async(std::launch::async, [&] { queue.memory_stats(); }));
    went_on &= others.back().wait_for(std::chrono::seconds(20)) == std::future_status::ready;
  };
  work();
  gpu_emulator::before_waiting() = [] {};
  return waited && went_on;
}

}  // namespace

TEST_CASE("two threads share a queue") {
  ClosedAtEnd queue;
  const auto work = [&](double first) {
    bool right = true;
    for (int round = 0; round < 100; ++round) {
      const std::int64_t n = 3 + round % 5;
      std::vector<double> x(static_cast<std::size_t>(n * n), first + round), three = x;
      for (double& value : three) value *= 3;
      right &= three_times(queue, x, n) == three;
    }
    return right;
  };
  std::future<bool> other = std::async(std::launch::async, work, 1000);
  CHECK(work(1));
  CHECK(other.get());
  CHECK(queue.memory_stats().live_bytes == 0);
}

TEST_CASE("while one thread waits for a number, another goes on") {
  ClosedAtEnd queue;
  const Scratch data(queue, 8);
  double number = 7, back = 0;
  CHECK(others_go_on(queue, [&] {
    for (int i = 0; i < 20; ++i) queue.copy_in(&number, 8, data.as<void>());  // more than stages
  }));
  CHECK(others_go_on(queue, [&] { queue.copy_out(data.as<void>(), 8, &back); }));
  CHECK(back == 7);
}

TEST_CASE("a copy to the device waits for nothing, and its bytes may change at once") {
  ClosedAtEnd queue;
  const Scratch data(queue, 5 * 8);
  bool waited = false;
  gpu_emulator::before_waiting() = [&] { waited = true; };
  for (int i = 0; i < 5; ++i) {
    double number = i;
    queue.copy_in(&number, 8, data.as<double>() + i);
    number = -1;
  }
  gpu_emulator::before_waiting() = [] {};
  CHECK_FALSE(waited);
  std::vector<double> back(5);
  queue.copy_out(data.as<void>(), 5 * 8, back.data());
  CHECK(back == std::vector<double>{0, 1, 2, 3, 4});
}

TEST_CASE("stages are used again only when the device has read them") {
  ClosedAtEnd queue;
  std::vector<double> numbers(100), back(100);
  const Scratch data(queue, 100 * 8);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<double>(i);
    queue.copy_in(&numbers[i], 8, data.as<double>() + i);
  }
  queue.copy_out(data.as<void>(), 100 * 8, back.data());
  CHECK(back == numbers);
}

TEST_CASE("a graph does on each launch what was captured, in memory of its own") {
  ClosedAtEnd queue;
  const Scratch x(queue, 8), y(queue, 8);
  double one = 1, three = 3, result = 0;
  queue.copy_in(&one, 8, x.as<void>());
  std::function<void()> graph = queue.capture([&] {
    const Scratch from_host(queue, 8);  // y = x + 3
    queue.copy_in(&three, 8, from_host.as<void>());
    queue.launch_over(1, "add", add_kernel, x.as<double>(), from_host.as<double>(), y.as<double>(),
                      std::int64_t{1});
  });
  three = 0;  // was read
  const Scratch other(queue, 8);
  queue.copy_in(&three, 8, other.as<void>());
  for (int i = 0; i < 20; ++i) {  // more copies than stages, in between
    queue.copy_in(&one, 8, x.as<void>());
    graph();
    queue.copy_out(y.as<void>(), 8, &result);
    CHECK(result == one + 3);
    one += 1;
  }
  queue.copy_out(other.as<void>(), 8, &result);
  CHECK(result == 0);
  graph();
  graph = {};  // gives its memory back, though it has not run yet
  CHECK(queue.memory_stats().live_bytes == 3 * 256 + (std::int64_t{32} << 20));  // cuBLAS's
}

TEST_CASE("a capture that fails has done nothing, and the queue works on") {
  ClosedAtEnd queue;
  const Scratch x(queue, 8);
  double number = 1, back = 0;
  queue.copy_in(&number, 8, x.as<void>());
  const auto read_within = [&] { queue.copy_out(x.as<void>(), 8, &back); };
  CHECK_THROWS_WITH(queue.capture(read_within), ContainsSubstring("an event last recorded"));
  const auto launch_wrongly = [&] {
    queue.clear(x.as<void>(), 8);
    queue.launch("add", add_kernel, 1, dim3(2048), x.as<double>(), x.as<double>(), x.as<double>(),
                 std::int64_t{1});
  };
  CHECK_THROWS_WITH(queue.capture(launch_wrongly),
                    "[cuda] add: invalid configuration argument "
                    "(cudaErrorInvalidConfiguration)");
  CHECK_NOTHROW(queue.launch_over(1, "add", add_kernel, x.as<double>(), x.as<double>(),
                                  x.as<double>(), std::int64_t{0}));  // no error is left over
  queue.copy_out(x.as<void>(), 8, &back);
  CHECK(back == 1);
}

TEST_CASE("while one thread captures, another's work waits, and is not captured") {
  ClosedAtEnd queue;
  const Scratch x(queue, 8);
  double number = 1, back = 0;
  queue.copy_in(&number, 8, x.as<void>());
  std::future<void> other;
  const std::function<void()> graph = queue.capture([&] {
    queue.clear(x.as<void>(), 8);
    other = std::async(std::launch::async, [&] {
      const double seven = 7;
      queue.copy_in(&seven, 8, x.as<void>());
    });
    CHECK(other.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
  });
  other.get();
  queue.copy_out(x.as<void>(), 8, &back);
  CHECK(back == 7);
  graph();
  queue.copy_out(x.as<void>(), 8, &back);
  CHECK(back == 0);
}

TEST_CASE("a copy larger than a stage arrives whole") {
  ClosedAtEnd queue;
  std::vector<float> numbers(700001), back(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i);
  const auto bytes = static_cast<std::int64_t>(numbers.size() * sizeof(float));
  const Scratch data(queue, bytes);
  queue.copy_in(numbers.data(), bytes, data.as<void>());
  queue.copy_out(data.as<void>(), bytes, back.data());
  CHECK((back == numbers));  // too many to print
}

TEST_CASE("a launch that CUDA refuses is an error") {
  ClosedAtEnd queue;
  const Scratch data(queue, 8);
  double* const p = data.as<double>();
  CHECK_THROWS_WITH(queue.launch("sum", add_kernel, 1, dim3(2048), p, p, p, std::int64_t{1}),
                    "[cuda] sum: invalid configuration argument (cudaErrorInvalidConfiguration)");
}

TEST_CASE("a full device gives up its cache, and works on") {
  const Limits limits;
  gpu_emulator::options().memory = 4 * mebibyte;
  ClosedAtEnd queue;
  {
    const Scratch one(queue, mebibyte), two(queue, mebibyte), three(queue, mebibyte);
    queue.clear(three.as<void>(), mebibyte);  // is still waiting when its block is cached
  }
  CHECK(queue.memory_stats().cached_bytes == 3 * mebibyte);
  const Scratch most(queue, 3 * mebibyte);  // 1 MiB is left, so this one fails at first
  CHECK(queue.memory_stats().cached_bytes == 0);
  CHECK_NOTHROW(queue.launch_over(1, "add", add_kernel, most.as<double>(), most.as<double>(),
                                  most.as<double>(), std::int64_t{0}));
  CHECK_THROWS_WITH(Scratch(queue, 2 * mebibyte),
                    ContainsSubstring("cannot give 2 MiB: of its 4 MiB 1 MiB are free"));
  CHECK_NOTHROW(queue.launch_over(1, "add", add_kernel, most.as<double>(), most.as<double>(),
                                  most.as<double>(), std::int64_t{0}));
}

TEST_CASE("a closed queue keeps nothing, nor what comes back later") {
  const std::size_t before = free_memory();
  Queue queue;
  void* const late = queue.allocate(mebibyte);
  queue.release(queue.allocate(3 * mebibyte));
  queue.close();
  CHECK(free_memory() == before - mebibyte);
  queue.release(late);
  CHECK(free_memory() == before);
  CHECK(queue.memory_stats().cached_bytes == 0);
}

TEST_CASE("a device that the code was not compiled for is told in one sentence") {
  const Limits limits;
  gpu_emulator::options().capability = 61;
  CHECK_THROWS_WITH(
      Queue(), ContainsSubstring("[device] the CUDA backend was not compiled for this device") &&
                   ContainsSubstring("6.1") && ContainsSubstring("--device cpu"));
  cudaGetLastError();
}

TEST_CASE("a divisor's quotients are those of the division") {
  const std::int32_t limit = 1 << 30;
  std::vector<std::int32_t> divisors = {1, 2, 3, 5, 7, 9, 10, 641, 784, 65535, 65537, limit - 1};
  for (std::int32_t d = limit / 2 - 2; d < limit / 2 + 3; ++d) divisors.push_back(d);
  for (std::int32_t d = 11; d < limit / 2; d += d / 3 + 1) divisors.push_back(d);
  for (const std::int32_t d : divisors) {
    const Divisor<std::int32_t> divisor(d);
    std::int64_t wrong = 0;
    for (std::int64_t multiple = 0; multiple < limit;
         multiple += std::max<std::int64_t>(d, (limit / 1000 / d + 1) * std::int64_t{d}))
      for (const std::int64_t n : {multiple - 1, multiple, multiple + 1, limit - 1 - multiple})
        if (n >= 0 && n < limit) {
          const auto i = static_cast<std::int32_t>(n);
          wrong += i / divisor != i / d || i % divisor != i % d;
        }
    INFO(d);
    CHECK(wrong == 0);
  }
}

TEST_CASE("indices take 64 bits from 2^30 on") {
  ClosedAtEnd queue;
  const Scratch data(queue, 64);
  const Array y{data.as<void>(), 8, DType::f64};
  queue.clear(y.data, 64);
  const auto index_bytes = [&](std::int64_t largest, std::int64_t inner) {
    std::set<std::size_t> seen;
    move(queue, "move", y.data, y, inner, largest, [&](auto run) {
      seen.insert(sizeof run);
      return Itself<decltype(run)>{};
    });
    return seen;
  };
  const std::int64_t limit = std::int64_t{1} << 30;
  for (std::int64_t inner : {1, 2}) {  // numbers, packs
    CHECK(index_bytes(limit - 1, inner) == std::set<std::size_t>{4});
    CHECK(index_bytes(limit, inner) == std::set<std::size_t>{8});
    CHECK(index_bytes(limit * 8, inner) == std::set<std::size_t>{8});
  }
}

}  // namespace gradus
