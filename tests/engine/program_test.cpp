// Programs: what they compute, and what they leave alone. What they refuse is in
// program_refusals_test.cpp, networks of every kind in tests/nn/program_test.cpp.
#include "autodiff/program/program.h"

#include <cmath>
#include <cstdlib>
#include <random>
#include <thread>

#include "autodiff/backend.h"
#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/fit.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

constexpr Program::Options same_bits{.fold = true, .onto = false, .in_place = true, .slab = true};

TEST_CASE("a program computes what its body does, to the last bit") {
  Fit plain, replayed;
  Program step([&](const Tensors& b) { return replayed.step(b); }, {&replayed.w}, same_bits);
  for (std::uint64_t t = 0; t < 1100; ++t) {
    const Tensors now = batch(t);
    const double loss = plain.step(now)[0].item();
    CHECK(step(now)[0].item() == loss);
    REQUIRE(replayed.w.to_vector() == plain.w.to_vector());
  }
  CHECK(step.listing().calls > 5);
}

TEST_CASE("tensors do not change under those who hold them") {
  Fit fit;
  Program step([&](const Tensors& b) { return fit.step(b); }, {&fit.w});
  Tensors held, losses;
  std::vector<std::vector<double>> values, loss_values;
  for (std::uint64_t t = 0; t < 12; ++t) {
    losses.push_back(step(batch(t))[0]);
    loss_values.push_back(losses.back().to_vector());
    if (t % 2) continue;
    held.push_back(t % 4 ? fit.w : reshape(fit.w, {6}));
    values.push_back(held.back().to_vector());
  }
  for (std::size_t i = 0; i < held.size(); ++i) CHECK(held[i].to_vector() == values[i]);
  for (std::size_t i = 0; i < losses.size(); ++i) CHECK(losses[i].to_vector() == loss_values[i]);
}

TEST_CASE("state may be assigned between steps, and the same tensor be input and state") {
  Tensor w = ones({4});
  Program step(
      [&](const Tensors& in) -> Tensors {
        w = w + in[0];
        return {w * in[0]};
      },
      {&w});
  for (int t = 0; t < 8; ++t) {
    w = full({4}, t);
    const Tensor y = step({w})[0];
    CHECK(w.to_vector() == std::vector<double>(4, 2 * t));
    CHECK(y.to_vector() == std::vector<double>(4, 2 * t * t));
  }
}

TEST_CASE("states that trade places, stay, or become what was passed in") {
  Tensor a = full({2}, 1), b = full({2}, 2), still = full({2}, 3), last = full({2}, 4), made = last;
  Program step(
      [&](const Tensors& in) -> Tensors {
        std::swap(a, b);
        a = a * 2.0;
        made = b + in[0];
        last = in[0];
        return {last, made, still};
      },
      {&a, &b, &still, &last, &made});
  double x = 1, y = 2;
  for (int t = 0; t < 9; ++t) {
    const Tensors out = step({full({2}, t)});
    std::swap(x, y);
    x *= 2;
    CHECK(a.to_vector() == std::vector<double>(2, x));
    CHECK(b.to_vector() == std::vector<double>(2, y));
    CHECK(still.to_vector() == std::vector<double>(2, 3));
    CHECK(last.to_vector() == std::vector<double>(2, t));
    CHECK(made.to_vector() == std::vector<double>(2, y + t));
    CHECK(out[0].to_vector() == last.to_vector());
    CHECK(out[1].to_vector() == made.to_vector());
    CHECK(out[2].to_vector() == still.to_vector());
  }
}

TEST_CASE("an exception leaves the engine and the state as they were") {
  Fit fit;
  int calls = 0;
  Program step(
      [&](const Tensors& b) {
        const Tensors out = fit.step(b);
        if (++calls == 2) throw std::runtime_error("mine");
        return out;
      },
      {&fit.w});
  step(batch(0));
  const std::vector<double> before = fit.w.to_vector();
  const std::int64_t live = memory_stats().live_bytes;
  CHECK_THROWS_WITH(step(batch(1)), "mine");
  CHECK(memory_stats().live_bytes == live);
  CHECK(fit.w.to_vector() == before);
  CHECK(recording());
  CHECK(random_normal({1}, {1, 1}).item() != 0);  // nothing is recorded any more
  for (std::uint64_t t = 1; t < 6; ++t) step(batch(t));
  CHECK(calls == 4);
}

// A step of some twenty ops, the same for the same seed: its state, which may become anything that
// the step knows, and what comes out.
struct RandomStep {
  std::uint64_t seed;
  Tensors w = {random_normal({4, 4}, {seed, 1}), random_normal({4, 4}, {seed, 2}),
               random_normal({4, 4}, {seed, 3})};

  Tensors operator()(const Tensors& inputs) {
    std::mt19937_64 draw(seed);
    const NoGrad values_only;
    Tensors all = w;
    all.insert(all.end(), inputs.begin(), inputs.end());
    const auto any = [&] { return all[draw() % all.size()]; };
    for (int i = 0; i < 20; ++i) {
      const Tensor a = any(), b = any();
      switch (draw() % 9) {
        case 0: all.push_back(a + b); break;
        case 1: all.push_back(a - b); break;
        case 2: all.push_back(a * tanh(b)); break;
        case 3: all.push_back(tanh(a)); break;
        case 4: all.push_back(0.3 * a); break;
        case 5: all.push_back(relu(b)); break;
        case 6: all.push_back(tanh(a - 0.1 * matmul(any(), b, draw() % 2, draw() % 2))); break;
        case 7: {
          const Tensor term = matmul(tanh(a), tanh(b));
          all.push_back(term * 0.2 + any());
          all.push_back(draw() % 2 ? term : any() - term);
          break;
        }
        case 8: all.push_back(reshape(sum(a, {0}) + full({4}, 0.5), {1, 4}) * b); break;
      }
    }
    Tensors results = {any(), all.back()};
    const Tensors before(all.begin(), all.begin() + 5);
    const Tensor shared = tanh(any());
    for (Tensor& x : w)
      x = draw() % 3 == 0 ? shared : draw() % 2 ? tanh(any()) : before[draw() % 5];
    if (seed % 3 == 0) w[0] = w[0] - 0.1 * matmul(w[1], tanh(any()));
    return results;
  }
};

TEST_CASE("programs of random steps") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const bool fold = seed & 1, in_place = seed & 2, slab = seed & 4;
    for (const bool onto : {false, true}) {
      RandomStep plain{seed}, replayed{seed};
      Program step([&](const Tensors& in) { return replayed(in); }, {&replayed.w},
                   {.fold = fold, .onto = onto, .in_place = in_place, .slab = slab});
      Tensors held;
      std::vector<std::vector<double>> values;
      for (std::uint64_t t = 0; t < 7; ++t) {
        const Tensors in = {random_normal({4, 4}, {t, 4}), random_normal({4, 4}, {t, 5})};
        Tensors right = plain(in), got = step(in);
        right.insert(right.end(), plain.w.begin(), plain.w.end());
        got.insert(got.end(), replayed.w.begin(), replayed.w.end());
        for (std::size_t i = 0; i < got.size(); ++i) {
          INFO("seed " << seed << ", step " << t << ", tensor " << i);
          if (onto)
            REQUIRE(max(abs(got[i] - right[i])).item() <= 1e-5 * (1 + max(abs(right[i])).item()));
          else
            REQUIRE(got[i].to_vector() == right[i].to_vector());
        }
        if ((seed + t) % 2) continue;  // somebody looks at the state
        held.insert(held.end(), got.begin(), got.end());
        for (const Tensor& x : got) values.push_back(x.to_vector());
      }
      for (std::size_t i = 0; i < held.size(); ++i) REQUIRE(held[i].to_vector() == values[i]);
    }
  }
}

TEST_CASE("GRADUS_PROGRAM=off runs the body at every call") {
  Fit fit;
  setenv("GRADUS_PROGRAM", "off", 1);
  Program step([&](const Tensors& b) { return fit.step(b); }, {&fit.w});
  setenv("GRADUS_PROGRAM", "sometimes", 1);
  CHECK_THAT(error_of([&] { Program([](const Tensors& in) { return in; }); }),
             ContainsSubstring("GRADUS_PROGRAM is sometimes; set it to on or to off"));
  unsetenv("GRADUS_PROGRAM");
  for (std::uint64_t t = 0; t < 6; ++t) step(batch(t, 8 + static_cast<std::int64_t>(t)));
  CHECK(step.listing().calls == 0);
}

TEST_CASE("a product may be scaled, and add to what is there") {
  struct Size {
    std::int64_t m, k, n;
  };
  for (const DType dtype : {DType::f32, DType::f64})
    for (const auto [m, k, n] : {Size{3, 4, 5},
                                 {1, 1, 1},
                                 {4, 0, 2},
                                 {0, 3, 2},
                                 {40, 30, 50},
                                 {130, 64, 70},
                                 {20, 10000, 3},
                                 {64, 9000, 200}})
      for (int flags = 0; flags < 16; ++flags) {
        const bool ta = flags & 1, tb = flags & 2, onto = flags & 4;
        const double alpha = flags & 8 ? -0.5 : 1;
        const Tensor a = random_normal(ta ? Shape{k, m} : Shape{m, k}, {1, 0}, 1, dtype);
        const Tensor b = random_normal(tb ? Shape{n, k} : Shape{k, n}, {1, 1}, 1, dtype);
        const Tensor c = random_normal({m, n}, {1, 2}, 1, dtype), y = c + 0.0;
        const Tensor right = scale(matmul(a, b, ta, tb), alpha);
        backend(Device::cpu)
            .matmul(array_of(a), array_of(b), {m, k, n, ta, tb, alpha, onto}, array_of(y));
        const Tensor apart = abs(y - (onto ? c + right : right));
        const double scale = 4 * std::sqrt(double(k) + 1);
        if (y.size()) CHECK(max(apart).item() <= scale * (dtype == DType::f32 ? 3e-7 : 1e-15));
      }
}

TEST_CASE("programs of several threads do not meet") {
  std::vector<double> last(4);
  const auto run = [&](std::size_t i) {
    Fit fit;
    Program step([&](const Tensors& b) { return fit.step(b); }, {&fit.w});
    for (std::uint64_t t = 0; t < 1010; ++t) last[i] = step(batch(t))[0].item();
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < last.size(); ++i) threads.emplace_back(run, i);
  for (std::thread& thread : threads) thread.join();
  for (double loss : last) CHECK(loss == last[0]);
}

TEST_CASE("the graph of a Hessian product is computed once") {
  const Tensor x = random_normal({16, 5}, {9, 0}), w = random_normal({5, 5}, {9, 1});
  const auto loss = [&] { return sum(square(tanh(matmul(tanh(matmul(x, w)), w)))); };
  Hvp kept(loss(), {w});
  Program times([&](const Tensors& v) { return Hvp(loss(), {w})(v); }, {}, same_bits);
  Program unfolded([&](const Tensors& v) { return Hvp(loss(), {w})(v); }, {},
                   {.fold = false, .onto = false});
  for (std::uint64_t t = 0; t < 6; ++t) {
    const Tensor v = t == 2 ? w : random_normal({5, 5}, {9, 2 + t});
    const std::vector<double> right = kept({v})[0].to_vector();
    CHECK(times({v})[0].to_vector() == right);
    CHECK(unfolded({v})[0].to_vector() == right);
  }
  CHECK(2 * times.listing().calls < unfolded.listing().calls + 20);
  CHECK(times.listing().constant_bytes > unfolded.listing().constant_bytes);
}

TEST_CASE("arrays share a block, and take the place of what they are made of") {
  const auto bytes = [](Program::Options options) {
    Program chain(
        [](const Tensors& in) -> Tensors {
          Tensor y = in[0];
          for (int i = 0; i < 20; ++i) y = tanh(y) + in[0];
          return {y};
        },
        {}, options);
    std::vector<double> values;
    for (int t = 0; t < 4; ++t) values = chain({ones({1000})})[0].to_vector();
    CHECK(values[999] == Approx(1.9610).epsilon(1e-3));
    return chain.listing().bytes;
  };
  CHECK(bytes({.in_place = false, .slab = false}) == 39 * 4032);  // the last value comes out
  CHECK(bytes({.in_place = false}) == 2 * 4032);
  CHECK(bytes({}) == 4032);
}

}  // namespace
}  // namespace gradus
