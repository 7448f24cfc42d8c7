// Training steps as programs, in networks of every kind: the same bits without `onto`, and with it the
// same numbers to 1e-6 of the largest.
#include "autodiff/program/program.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

struct Threads {
  explicit Threads(int count) : before(gradus::threads()) { set_threads(count); }
  ~Threads() { set_threads(before); }
  int before;
};

// What one step after another leaves: parameters, optimiser's state and loss.
using Trace = std::vector<std::vector<double>>;

// A training run whose steps are given as they are or as a program.
struct Run {
  Model model;
  Shape images;
  DType dtype = DType::f32;
  bool entropy = false;
  std::string optimiser = "sgd";
  Decay decay = Decay::proportional;
  double weight_decay = 0, momentum = 0, lr = 0.05;

  Trace operator()(const Program::Options* options, std::int64_t* bytes = nullptr) const {
    Tensors w = init(model, 1, dtype);
    Sgd sgd(model, {.lr = lr, .momentum = momentum, .weight_decay = weight_decay, .decay = decay});
    Adam adam(model, {.lr = 0.01, .weight_decay = weight_decay, .decay = decay});
    const bool is_sgd = optimiser == "sgd";
    const Program::Body body = [&](const Tensors& batch) -> Tensors {
      const Tensor f = model(w, batch[0]);
      const Tensor loss = entropy ? softmax_cross_entropy(f, batch[1]) : mse_half_mean(f, batch[1]);
      const Tensors g = grad(loss, w);
      is_sgd ? sgd.step(w, g) : adam.step(w, g);
      return {loss};
    };
    Program program(body, {&w, &sgd.velocity, &adam.first, &adam.second, &adam.steps},
                    options ? *options : Program::Options());
    Trace trace;
    for (std::uint64_t t = 0; t < 7; ++t) {
      const Tensor x = random_normal(images, {2, t}, 1.0, dtype);
      std::vector<std::int64_t> labels;
      for (std::int64_t i = 0; i < images[0]; ++i) labels.push_back((i * i + std::int64_t(t)) % 3);
      const Tensor rows = random_normal({3, 3}, {3, 0}, 1.0, dtype);
      const Tensor y = entropy ? softmax(gather_rows(rows, labels)) : gather_rows(rows, labels);
      trace.push_back((options ? program({x, y}) : body({x, y}))[0].to_vector());
    }
    for (const Tensors* some : {&w, &sgd.velocity, &adam.first, &adam.second})
      for (const Tensor& x : *some) trace.push_back(x.to_vector());
    if (bytes) *bytes = program.listing().bytes;
    return trace;
  }
};

double largest_difference(const Trace& a, const Trace& b) {
  double worst = 0;
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    double largest = 0, apart = 0;
    for (std::size_t j = 0; j < a[i].size(); ++j) {
      largest = std::max(largest, std::fabs(a[i][j]));
      apart = std::max(apart, std::fabs(a[i][j] - b[i].at(j)));
    }
    if (apart > 0) worst = std::max(worst, apart / largest);
  }
  return worst;
}

// One pass after the other, with those before it.
constexpr Program::Options record{.fold = false, .onto = false, .in_place = false, .slab = false};
constexpr Program::Options with_fold{.fold = true, .onto = false, .in_place = false, .slab = false};
constexpr Program::Options with_slab{.fold = true, .onto = false, .in_place = false, .slab = true};
constexpr Program::Options with_place{.fold = true, .onto = false, .in_place = true, .slab = true};
constexpr Program::Options all{};

void check_passes(const Run& run) {
  for (int count : {1, 3}) {
    const Threads some(count);
    const Trace plain = run(nullptr);
    REQUIRE(std::isfinite(plain.back().front()));
    std::int64_t apart = 0, together = 0, in_place = 0;
    CHECK(run(&record, &apart) == plain);
    CHECK(run(&with_fold) == plain);
    CHECK(run(&with_slab, &together) == plain);
    CHECK(run(&with_place, &in_place) == plain);
    CHECK(2 * together < apart);
    CHECK(in_place <= together);
    CHECK(largest_difference(plain, run(&all)) <= (run.dtype == DType::f32 ? 1e-6 : 1e-14));
  }
}

const Model deep = fcn({.in = 20, .width = 40, .depth = 5, .out = 3});

TEST_CASE("programs of fully connected networks") {
  check_passes({.model = deep, .images = {64, 20}});
  check_passes({.model = deep, .images = {64, 20}, .dtype = DType::f64});
  check_passes({.model = fcn({.in = 20, .width = 96, .depth = 3, .out = 3, .bias = true}),
                .images = {256, 20},
                .entropy = true,
                .lr = 1e-3});
  check_passes({.model = fcn({.in = 20,
                              .width = 40,
                              .depth = 4,
                              .out = 3,
                              .activation = Activation::tanh,
                              .parametrisation = abc::ntk}),
                .images = {64, 20}});
}

TEST_CASE("programs with momentum, decay and Adam") {
  for (const Decay decay : {Decay::proportional, Decay::independent, Decay::l2}) {
    check_passes(
        {.model = deep, .images = {64, 20}, .decay = decay, .weight_decay = 0.01, .momentum = 0.9});
    check_passes({.model = deep,
                  .images = {64, 20},
                  .optimiser = "adam",
                  .decay = decay,
                  .weight_decay = 0.01});
  }
  check_passes({.model = deep, .images = {64, 20}, .optimiser = "adam"});
  check_passes({.model = deep, .images = {64, 20}, .dtype = DType::f64, .optimiser = "adam"});
}

TEST_CASE("programs of residual and convolutional networks") {
  check_passes({.model = residual_mlp({.in = 20, .width = 48, .blocks = 4, .out = 3}),
                .images = {64, 20},
                .lr = 1e-3});
  check_passes({.model = myrtle({.depth = 5, .width = 8, .image_size = 16, .out = 3}),
                .images = {8, 16, 16, 3},
                .entropy = true,
                .lr = 1e-3});
  check_passes({.model = resnet18({.width = 4, .out = 3}), .images = {4, 8, 8, 3}, .lr = 1e-3});
  check_passes({.model = resnet18({.width = 4, .out = 3, .stem = Stem::imagenet}),
                .images = {2, 32, 32, 3},
                .dtype = DType::f64,
                .entropy = true,
                .lr = 1e-3});
}

TEST_CASE("labels that are gathered in the step stay as they were") {
  Tensors w = init(deep, 0);
  Tensors plain = w;
  const std::vector<std::int64_t> rows = {2, 0, 1, 1, 2};
  Sgd sgd(deep, {.lr = 0.1});
  const auto body = [&](Tensors& v, const Tensors& in) {
    const Tensor f = gather_rows(deep(v, in[0]), rows);
    sgd.step(v, grad(softmax_cross_entropy(f, gather_rows(in[1], rows)), v));
    return Tensors();
  };
  Program step([&](const Tensors& in) { return body(w, in); }, {&w}, with_place);
  for (std::uint64_t t = 0; t < 6; ++t) {
    const Tensors in = {random_normal({3, 20}, {4, t}), softmax(random_normal({3, 3}, {5, t}))};
    step(in);
    body(plain, in);
    for (std::size_t i = 0; i < w.size(); ++i) REQUIRE(w[i].to_vector() == plain[i].to_vector());
  }
}

TEST_CASE("a schedule that is a number is refused, as a tensor it is not") {
  const Tensor x = random_normal({16, 20}, {1, 0}), y = random_normal({16, 3}, {1, 1});
  Tensors w = init(deep, 0);
  Sgd sgd(deep, {.lr = 0.1});
  const auto train = [&](const Tensors&) -> Tensors {
    sgd.options.lr *= 0.5;
    sgd.step(w, grad(mse_half_mean(deep(w, x), y), w));
    return {};
  };
  Program number(train, {&w});
  number({});
  number({});
  CHECK_THROWS_WITH(number({}), ContainsSubstring("scale 0.025, was scale 0.0125 the next time"));

  Program tensor(
      [&](const Tensors& lr) -> Tensors {
        const Tensors g = grad(mse_half_mean(deep(w, x), y), w);
        const NoGrad values_only;
        for (std::size_t i = 0; i < w.size(); ++i) w[i] = w[i] - lr[0] * g[i];
        return {};
      },
      {&w});
  double lr = 0.1;
  const double before = mse_half_mean(deep(w, x), y).item();
  for (int t = 0; t < 8; ++t) tensor({scalar(lr *= 0.8)});
  CHECK(mse_half_mean(deep(w, x), y).item() < before);
}

TEST_CASE("the optimiser's state must be named") {
  const Tensor x = random_normal({16, 20}, {1, 0}), y = random_normal({16, 3}, {1, 1});
  Tensors w = init(deep, 0);
  Sgd sgd(deep, {.lr = 0.1, .momentum = 0.9});
  Program step(
      [&](const Tensors&) -> Tensors {
        sgd.step(w, grad(mse_half_mean(deep(w, x), y), w));
        return {};
      },
      {&w});
  step({});
  CHECK_THROWS_WITH(step({}),
                    ContainsSubstring("keeps 5 arrays that are neither results nor state"));
}

TEST_CASE("a program is the operator of an eigenvalue search") {
  const Tensor x = random_normal({64, 20}, {1, 0}), y = random_normal({64, 3}, {1, 1});
  const Tensors w = init(deep, 0);
  const auto loss = [&] { return mse_half_mean(deep(w, x), y); };
  Hvp hvp(loss(), w);
  const EigenOptions precise{.tolerance = 1e-5};
  const Sharpness plain = sharpness(std::ref(hvp), w, precise);
  for (const auto& [options, tolerance] : {std::pair{with_place, 0.0}, std::pair{all, 1e-5}}) {
    Program kept([&](const Tensors& v) { return hvp(v); }, {}, options);
    Program rebuilt([&](const Tensors& v) { return Hvp(loss(), w)(v); }, {}, options);
    for (Program* times : {&kept, &rebuilt}) {
      const Sharpness found = sharpness(std::ref(*times), w, precise);
      CHECK(found.lambda_max == Approx(plain.lambda_max).epsilon(tolerance).margin(0));
      CHECK(found.products == plain.products);
    }
    CHECK(kept.listing().calls == rebuilt.listing().calls);  // fold finds the graph that Hvp keeps
  }
}

}  // namespace
}  // namespace gradus
