// Chapter 1. The chain rule, backwards: is this gradient right?
//
// A tape of numbers; the same on tensors; finite differences against the exact gradient; products
// with the Hessian; what reverse mode costs; and a real training run.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/plot.h"
#include "chapters/support/progress.h"
#include "chapters/support/results.h"
#include "data/batches.h"
#include "data/load.h"

using namespace gradus;

// --- 1. A tape of numbers ---

// [tape]
struct Entry {
  double value;
  std::array<int, 2> input;     // the entries that it came from
  std::array<double, 2> slope;  // d value / d input
};

struct Tape {
  std::vector<Entry> entries;

  const Entry& at(int i) const {
    return entries[static_cast<std::size_t>(i)];
  }
  double value(int i) const { return at(i).value; }
  int push(const Entry& entry) {
    entries.push_back(entry);
    return static_cast<int>(entries.size()) - 1;
  }

  int leaf(double x) { return push({x, {0, 0}, {0, 0}}); }
  int add(int a, int b) {
    return push({value(a) + value(b), {a, b}, {1, 1}});
  }
  int multiply(int a, int b) {
    return push({value(a) * value(b), {a, b}, {value(b), value(a)}});
  }
};
// [tape]

// [backward]
// The slope of entry `output` with respect to every entry: each visit hands
// an entry's slope on to its inputs.
std::vector<double> backward(const Tape& tape, int output,
                             const std::vector<int>& order) {
  std::vector<double> bar(tape.entries.size(), 0.0);
  bar[static_cast<std::size_t>(output)] = 1.0;
  for (int i : order) {
    const Entry& entry = tape.at(i);
    const double arrived = bar[static_cast<std::size_t>(i)];
    for (std::size_t k = 0; k < 2; ++k)
      bar[static_cast<std::size_t>(entry.input[k])] +=
          arrived * entry.slope[k];
  }
  return bar;
}
// [backward]

struct TapeResult {
  double right, wrong;  // df/dx
};

TapeResult tape_of_numbers() {
  // [reused]
  Tape tape;
  const int x = tape.leaf(2), y = tape.leaf(3);
  const int a = tape.multiply(x, y);  // 6
  const int b = tape.add(a, x);       // 8: a is used here ...
  const int f = tape.multiply(a, b);  // 48: ... and here
  const auto right = backward(tape, f, {f, b, a});
  const auto wrong = backward(tape, f, {f, a, b});  // a's turn too early
  // [reused]
  std::printf("Tape: x = 2, y = 3, a = x y, b = a + x, f = a b = %g\n", tape.value(f));
  std::printf("  order f, b, a: df/dx = %g, df/dy = %g\n", right[0], right[1]);
  std::printf("  order f, a, b: df/dx = %g, df/dy = %g\n\n", wrong[0], wrong[1]);
  return {right[0], wrong[0]};
}

// --- 2. The same on tensors ---

using Params = std::vector<Tensor>;

// <a, b> over all parameters.
double inner(const Params& a, const Params& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) total += dot(a[i], b[i]).item();
  return total;
}

// a + h b
Params moved(const Params& a, double h, const Params& b) {
  const NoGrad values_only;
  Params result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] + h * b[i]);
  return result;
}

// A direction of length 1, drawn at random.
Params random_direction(const Params& like, std::uint64_t seed, std::uint64_t first_stream) {
  Params v;
  for (const Tensor& w : like)
    v.push_back(random_normal(w.shape(), {seed, first_stream + v.size()}, 1.0, w.dtype()));
  const double length = std::sqrt(inner(v, v));
  for (Tensor& part : v) part = part / length;
  return v;
}

// A small smooth problem in f64: tanh has no kinks, so every derivative exists.
struct SmallNet {
  Tensor x, t;
  Params w;

  explicit SmallNet(std::uint64_t seed)
      : x(random_normal({32, 10}, {seed, 0}, 1.0, DType::f64)),
        t(softmax(random_normal({32, 5}, {seed, 1}, 1.0, DType::f64))),
        w{random_normal({10, 20}, {seed, 2}, std::sqrt(1.0 / 10), DType::f64),
          random_normal({20, 5}, {seed, 3}, std::sqrt(1.0 / 20), DType::f64)} {}

  // [loss]
  Tensor loss(const Params& weights) const {
    const Tensor h = tanh(matmul(x, weights[0]));
    return softmax_cross_entropy(matmul(h, weights[1]), t);
  }
  // [loss]
};

// --- 3. Finite differences against the exact gradient ---

struct DifferenceErrors {
  std::vector<double> h, forward, central;
};

DifferenceErrors finite_differences(const SmallNet& net, const Params& v, double slope) {
  DifferenceErrors errors;
  const NoGrad values_only;
  const auto value = [&](double h) { return net.loss(moved(net.w, h, v)).item(); };
  for (double exponent = 0; exponent >= -13; exponent -= 0.25) {
    // [differences]
    const double h = std::pow(10.0, exponent);
    const double forward = (value(h) - value(0)) / h;
    const double central = (value(h) - value(-h)) / (2 * h);
    // [differences]
    errors.h.push_back(h);
    errors.forward.push_back(std::abs(forward - slope) / std::abs(slope));
    errors.central.push_back(std::abs(central - slope) / std::abs(slope));
  }
  return errors;
}

double best_step(const std::vector<double>& h, const std::vector<double>& error) {
  return h[static_cast<std::size_t>(std::min_element(error.begin(), error.end()) - error.begin())];
}

void draw_differences(const DifferenceErrors& errors, double slope, double curvature, double loss,
                      const std::filesystem::path& out) {
  // What the text derives: the cut-off Taylor series, h |v.Hv| / 2, and rounding, eps |L| / h.
  std::vector<double> taylor, rounding;
  for (double h : errors.h) {
    taylor.push_back(h * std::abs(curvature) / 2 / std::abs(slope));
    rounding.push_back(std::numeric_limits<double>::epsilon() * loss / h / std::abs(slope));
  }
  Figure("finite_differences")
      .title("A finite difference is best at a middle step")
      .subtitle("relative error against the exact slope along one direction, f64")
      .x_axis("step h", Scale::log10)
      .y_axis("relative error", Scale::log10)
      .x_range(1e-13, 1)
      .y_range(1e-13, 10)
      .line(errors.h, errors.forward, "forward\n(L(w+hv) − L(w)) / h")
      .line(errors.h, errors.central, "central\n(L(w+hv) − L(w−hv)) / 2h")
      .dashed(errors.h, taylor, "Taylor\nh |v·Hv| / 2")
      .dashed(errors.h, rounding, "rounding\nε |L| / h")
      .draw(out);
}

// --- 5. What it costs ---

double seconds(const std::function<void()>& work) {
  std::vector<double> times;
  for (int repeat = 0; repeat < 9; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(times.begin(), times.begin() + 4, times.end());
  return times[4];
}

struct Cost {
  double gradient, product, memory;  // in units of one forward pass
};

Cost cost_of_reverse_mode(std::uint64_t seed) {
  const std::int64_t width = 256, depth = 8, batch = 256;
  const Tensor x = random_normal({batch, width}, {seed, 0});
  Params w;
  for (std::int64_t layer = 0; layer < depth; ++layer)
    w.push_back(random_normal({width, width}, {seed, 1 + w.size()}, std::sqrt(1.0 / width)));
  const auto loss = [&] {
    Tensor h = x;
    for (const Tensor& weights : w) h = relu(matmul(h, weights));
    return mean(square(h));
  };
  const double forward = seconds([&] {
    const NoGrad values_only;
    loss();
  });
  const double gradient = seconds([&] { grad(loss(), w); });
  Hvp hvp(loss(), w);
  const double product = seconds([&] { hvp(w); });

  const auto live = [] { return static_cast<double>(memory_stats().live_bytes); };
  const double before = live();
  const Tensor recorded = loss();
  const double layer_bytes = static_cast<double>(batch * width * size_of(x.dtype()));
  return {gradient / forward, product / forward, (live() - before) / layer_bytes};
}

// --- 6. A real training run ---

struct TrainingResult {
  double test_accuracy, images;
};

TrainingResult train(const Options& options) {
  const DataSplits data = load_images(options.data);
  std::printf("Training data: %s\n", data.train.source.c_str());
  const Tensor images = standardised_images(data.train, Layout::flat, options.dtype);
  const Tensor targets = one_hot(data.train.labels, data.train.classes, options.dtype);
  const Tensor test_images = standardised_images(data.test, Layout::flat, options.dtype);
  const Tensor test_targets = one_hot(data.test.labels, data.test.classes, options.dtype);

  const std::int64_t in = images.dim(1), width = 256, classes = data.train.classes;
  const std::int64_t batch_size = 64, steps = 4000;
  const double lr = 0.1;

  // [train]
  const auto weights = [&](std::int64_t rows, std::int64_t columns, int id) {
    const double spread = std::sqrt(2.0 / static_cast<double>(rows));
    return random_normal({rows, columns},
                         {options.seed, static_cast<std::uint64_t>(id)},
                         spread, options.dtype);
  };
  Params w = {
      weights(in, width, 0), zeros({width}, options.dtype),
      weights(width, classes, 1), zeros({classes}, options.dtype)};
  const auto network = [&](const Tensor& x) {
    return matmul(relu(matmul(x, w[0]) + w[1]), w[2]) + w[3];
  };
  const auto loss = [&](const Tensor& x, const Tensor& t) {
    return softmax_cross_entropy(network(x), t);
  };
  // [train]

  const auto accuracy = [&](const Tensor& x, const Tensor& t) {
    const NoGrad values_only;
    return mean(equal(argmax(network(x)), argmax(t))).item();
  };
  Csv csv({"step", "train_loss", "test_loss"});
  std::vector<double> at, train_curve, test_curve;
  double recent = 0;
  char note[80];
  Batches batches(data.train.size(), batch_size, options.seed);
  {
    Progress progress("training", steps);
    for (std::int64_t step = 1; step <= steps; ++step) {
      // [step]
      const std::vector<std::int64_t> picked = batches.at(step);
      const Tensor L =
          loss(gather_rows(images, picked), gather_rows(targets, picked));
      const Params g = grad(L, w);
      w = moved(w, -lr, g);
      // [step]
      recent += L.item() / 100;
      if (step % 100 == 0) {
        const NoGrad values_only;
        const double test_loss = loss(test_images, test_targets).item();
        csv.row({step, recent, test_loss});
        at.push_back(static_cast<double>(step));
        train_curve.push_back(recent);
        test_curve.push_back(test_loss);
        std::snprintf(note, sizeof note, "loss %.3f, test %.3f", recent, test_loss);
        recent = 0;
      }
      progress.step(note);
    }
  }
  csv.save(options.out / "training.csv");
  Figure("training")
      .title("An MLP learns Fashion-MNIST")
      .subtitle("cross-entropy, 784–256–10, SGD, batch 64, learning rate 0.1, one seed")
      .x_axis("step")
      .y_axis("loss")
      .line(at, test_curve, "test\nall test images")
      .line(at, train_curve, "training\nmean of 100 batches")
      .draw(options.out);

  const double test_accuracy = accuracy(test_images, test_targets);
  std::printf("  test accuracy after %lld steps: %.1f%%\n\n", static_cast<long long>(steps),
              100 * test_accuracy);
  return {test_accuracy, static_cast<double>(data.train.size())};
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);

  const TapeResult tape = tape_of_numbers();
  claims.add("tape", "df/dx on the tape", tape.right, equals(48));
  claims.add("tape_wrong_order", "df/dx in the wrong order", tape.wrong, equals(30));

  const SmallNet net(options.seed);
  const Params v = random_direction(net.w, options.seed, 10);
  const Params u = random_direction(net.w, options.seed, 20);
  const Tensor L = net.loss(net.w);
  const double slope = inner(grad(L, net.w), v);

  // --- 4. Products with the Hessian ---
  // [hvp]
  Hvp hvp(net.loss(net.w), net.w);
  const Params Hu = hvp(u), Hv = hvp(v);
  const double asymmetry = std::abs(inner(v, Hu) - inner(u, Hv));
  // [hvp]
  const double curvature = inner(v, Hv);

  const DifferenceErrors errors = finite_differences(net, v, slope);
  Csv csv({"h", "forward_error", "central_error"});
  for (std::size_t i = 0; i < errors.h.size(); ++i)
    csv.row({errors.h[i], errors.forward[i], errors.central[i]});
  csv.save(options.out / "finite_differences.csv");
  draw_differences(errors, slope, curvature, L.item(), options.out);

  const double best = *std::min_element(errors.central.begin(), errors.central.end());
  const double best_forward = *std::min_element(errors.forward.begin(), errors.forward.end());
  std::printf("Net: L = %.6f, slope along v %.8f, curvature v.Hv %.8f\n", L.item(), slope,
              curvature);
  std::printf("  best forward difference: relative error %.1e; best central: %.1e\n", best_forward,
              best);
  std::printf("  v.Hu = %.15f\n  u.Hv = %.15f\n\n", inner(v, Hu), inner(u, Hv));
  claims.add("gradient_error", "relative gradient error, f64", best, below(1e-7));
  claims.add("best_step_forward", "best step of the forward difference",
             best_step(errors.h, errors.forward), between(1e-10, 1e-6));
  claims.add("best_step_central", "best step of the central difference",
             best_step(errors.h, errors.central), between(1e-7, 1e-3));
  claims.add("hvp_asymmetry", "|v.Hu - u.Hv|", asymmetry, below(1e-10));
  summary.number("best_forward_error", best_forward, 1e-6);
  summary.number("loss", L.item(), 1e-6);
  summary.number("slope", slope, 1e-6);
  summary.number("curvature", curvature, 1e-6);

  const Cost cost = cost_of_reverse_mode(options.seed);
  std::printf("Reverse mode, 8 layers of width 256, in units of a forward pass:\n");
  std::printf("  gradient %.1f, Hessian-vector product %.1f\n", cost.gradient, cost.product);
  std::printf("  memory of the recorded graph: %.1f activations\n\n", cost.memory);
  summary.number("gradient_cost", cost.gradient, 2);
  summary.number("product_cost", cost.product, 4);
  summary.number("graph_activations", cost.memory, 2);

  const TrainingResult training = train(options);
  const bool subset = training.images < 60000;
  claims.add("test_accuracy", "test accuracy", training.test_accuracy, above(subset ? 0.77 : 0.85));
  summary.number("training_images", training.images, 60000);

  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch01_chain_rule",
                         .question = "The chain rule, backwards: is this gradient right?",
                         .quick_time = "20 s",
                         .full_time = "20 s",
                         .takes_data = true};
  return run_chapter(argc, argv, info, chapter);
}
