// Programs: what they compute, what they refuse, and what they leave alone. Networks of every kind
// are in tests/nn/program_test.cpp.
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
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// A linear fit: state w, inputs x and y, the loss comes out.
struct Fit {
  Tensor w = random_normal({3, 2}, {7, 0});
  Tensors step(const Tensors& batch) {
    const Tensor loss = mean(square(matmul(batch[0], w) - batch[1]));
    const Tensor g = grad(loss, w);
    const NoGrad values_only;
    w = w - 0.1 * g;
    return {loss};
  }
};

Tensors batch(std::uint64_t seed, std::int64_t rows = 8) {
  return {random_normal({rows, 3}, {seed, 1}), random_normal({rows, 2}, {seed, 2})};
}

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

// The sentence of the first call that fails; it leaves the state as it was.
std::string refusal(const std::function<Tensor(const Tensor& x, const Tensor& w)>& f) {
  Tensor w = ones({2, 3});
  Program step(
      [&](const Tensors& in) -> Tensors {
        const Tensor y = f(in[0], w);
        w = w * 2.0;
        return {y};
      },
      {&w});
  for (int t = 0; t < 5; ++t) {
    const std::vector<double> before = w.to_vector();
    const std::string found = error_of([&] { step({ones({2, 3})}); });
    if (found == "(no error)") continue;
    CHECK(w.to_vector() == before);
    return found;
  }
  return "(no error)";
}

TEST_CASE("what cannot be recorded says so") {
  const Tensor one = ones({2, 3}), two = full({2, 3}, 2);
  Tensor kept;
  Tensors many;
  double number = 1;
  std::int64_t n = 0;
  const auto refused = [](const char* sentence,
                          const std::function<Tensor(const Tensor&, const Tensor&)>& f) {
    CHECK_THAT(refusal(f), ContainsSubstring(sentence));
  };
  refused("(no error)", [](auto& x, auto& w) { return x * w; });
  // The host.
  refused("reads numbers on the host", [](auto& x, auto&) { return x * sum(x).item(); });
  refused("(values)", [](auto& x, auto&) { return x * double(x.template values<float>()[0]); });
  refused("numbers from the host", [](auto& x, auto&) { return x + from_host({1}, {1}); });
  refused("draws random numbers", [](auto& x, auto&) { return x + random_normal({3}, {1, 0}); });
  refused("draws random numbers", [](auto& x, auto&) { return x + random_uniform({3}, {1, 0}); });
  // What stays behind.
  refused("keeps 1 arrays", [&](auto& x, auto& w) { return kept = x * 2.0, x * w; });
  refused("keeps 1 arrays", [&](auto& x, auto&) { return many.push_back(x * 2.0), x; });
  // What is another the next time.
  refused("scale 0.25, was scale 0.125 the next time; sizes must stay",
          [&](auto& x, auto&) { return x * (number *= 0.5); });
  refused("fill 2, was fill 3", [&](auto& x, auto&) { return x + full({3}, ++n); });
  refused("fill 0, had a result of another size", [&](auto& x, auto&) {
    return sum(x + zeros({++n, 2, 3}));
  });
  refused("was given other rows", [&](auto& x, auto&) { return gather_rows(x, {++n % 2}); });
  refused("was given other rows", [&](auto& x, auto&) { return scatter_rows(x, {++n % 2, 1}, 2); });
  refused("tanh, was scale 2", [&](auto& x, auto&) { return ++n % 2 ? x * 2.0 : tanh(x); });
  refused("another value, or one of another shape, came out",
          [&](auto& x, auto&) { return ++n % 2 ? x * 2.0 : reshape(x * 2.0, {6}); });
  refused("read another array", [&](auto& x, auto& w) { return ++n % 2 ? x - w : w - x; });
  refused("read another array", [&](auto& x, auto& w) { return x + (++n % 2 ? one : w); });
  refused("captured array of 6 numbers", [&](auto& x, auto&) { return x + (++n % 2 ? one : two); });
}

TEST_CASE("a step that grows longer is refused") {
  int n = 0;
  Program step([&](const Tensors& in) -> Tensors {
    Tensor y = in[0];
    for (int i = 0; i < n; ++i) y = tanh(y);
    ++n;
    return {y};
  });
  step({ones({2})});
  step({ones({2})});
  CHECK_THAT(error_of([&] { step({ones({2})}); }),
             ContainsSubstring("it made 1 calls, and 2 the next time"));
}

TEST_CASE("a captured array that changes outside is refused") {
  Tensor captured = ones({3});
  Program step([&](const Tensors& in) -> Tensors { return {in[0] + captured}; });
  const Tensors x = {ones({2, 3})};
  step(x);
  step(x);
  captured = full({3}, 2);
  CHECK_THAT(error_of([&] { step(x); }), ContainsSubstring("captured array of 3 numbers"));
  captured = ones({3});
  CHECK(step(x)[0].to_vector() == std::vector<double>(6, 2));
  // Later the program holds on to what it saw, until the thousandth call looks again.
  for (int t = 0; t < 990; ++t) step(x);
  captured = full({3}, 2);
  CHECK_THAT(error_of([&] {
               for (int t = 0; t < 10; ++t) step(x);
             }),
             ContainsSubstring("captured array of 3 numbers"));
}

TEST_CASE("inputs and state keep their shapes, and devices") {
  Fit fit;
  Program step([&](const Tensors& b) { return fit.step(b); }, {&fit.w});
  for (int t = 0; t < 5; ++t) step(batch(1));
  const std::vector<double> before = fit.w.to_vector();
  CHECK_THAT(error_of([&] { step(batch(1, 4)); }),
             ContainsSubstring("input 0 is (4,3) f32, and was (8,3) f32"));
  CHECK_THAT(error_of([&] { step({batch(1)[0]}); }), ContainsSubstring("there are 1 inputs"));
  CHECK(fit.w.to_vector() == before);
  fit.w = ones({2, 3}, DType::f64);
  CHECK_THAT(error_of([&] { step(batch(1)); }), ContainsSubstring("state 0 is (2,3) f64"));
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

TEST_CASE("a program may not run inside another") {
  Program inner([](const Tensors& in) -> Tensors { return {in[0] * 2.0}; });
  Program outer([&](const Tensors& in) { return inner(in); });
  outer({ones({2})});
  CHECK_THAT(error_of([&] { outer({ones({2})}); }),
             ContainsSubstring("inside the step of another"));
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
