// Chapter 1. The chain rule, backwards: is this gradient right?
//
// tape.csv: slopes of f = a b with a = x y, b = a + x on a tape of numbers, its
// entries visited in two orders.
// net.csv: loss, slope and curvature of a small network along a direction v,
// and products of its Hessian with v and another direction u.
// finite_differences.csv: errors of the slope against the step h.
// cost.csv: what a gradient and a Hessian product cost, in forward passes, and
// the memory of a recorded graph, in activations.
// training.csv, trained.csv: a training run on images, and where it ends.

#include <cmath>
#include <functional>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch01_chain_rule/small_net.h"
#include "chapters/ch01_chain_rule/tape.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/progress.h"
#include "chapters/support/stopwatch.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/instruments/statistics.h"
#include "nn/vectors.h"

using namespace gradus;

// [reused]
void tape_of_numbers(Csv& rows) {
  Tape tape;
  const int x = tape.leaf(2), y = tape.leaf(3);
  const int a = tape.multiply(x, y);  // 6
  const int b = tape.add(a, x);       // 8: a is used here ...
  const int f = tape.multiply(a, b);  // 48: ... and here
  const auto right = backward(tape, f, {f, b, a});
  const auto wrong = backward(tape, f, {f, a, b});  // a's turn too early
  rows.row({"f b a", tape.value(f), right[0], right[1]});
  rows.row({"f a b", tape.value(f), wrong[0], wrong[1]});
}
// [reused]

// [differences]
// The relative errors of the slope along v by finite differences.
void finite_differences(const SmallNet& net, const Params& v, Csv& rows) {
  const double slope = inner_product(grad(net.loss(net.w), net.w), v);
  const NoGrad values_only;
  const auto value = [&](double h) {
    return net.loss(add_scaled(net.w, h, v)).item();
  };
  const auto error = [&](double difference) {
    return std::abs(difference - slope) / std::abs(slope);
  };
  for (double exponent = 0; exponent >= -13; exponent -= 0.25) {
    const double h = std::pow(10.0, exponent);
    const double forward = (value(h) - value(0)) / h;
    const double central = (value(h) - value(-h)) / (2 * h);
    rows.row({h, error(forward), error(central)});
  }
}
// [differences]

// [hvp]
// The loss, its slope and curvature along v, and two products of the Hessian
// that are equal because it is symmetric.
void derivatives(const SmallNet& net, const Params& u, const Params& v,
                 Csv& rows) {
  const Tensor L = net.loss(net.w);
  const double slope = inner_product(grad(L, net.w), v);
  Hvp hvp(net.loss(net.w), net.w);
  const Params Hu = hvp(u), Hv = hvp(v);
  rows.row({L.item(), slope, inner_product(v, Hv), inner_product(v, Hu),
            inner_product(u, Hv)});
}
// [hvp]

void small_net(const Options& options) {
  const SmallNet net(options.seed);
  const Params v = random_direction(net.w, {options.seed, 10});
  const Params u = random_direction(net.w, {options.seed, 20});
  Csv rows({"loss", "slope", "curvature", "v_Hu", "u_Hv"});
  derivatives(net, u, v, rows);
  rows.save(options.out / "net.csv");

  Csv errors({"h", "forward_error", "central_error"});
  finite_differences(net, v, errors);
  errors.save(options.out / "finite_differences.csv");
}

// The median of nine.
double seconds(const std::function<void()>& work) {
  std::vector<double> times;
  for (int repeat = 0; repeat < 9; ++repeat)
    times.push_back(seconds_of(work));
  return median(times);
}

void cost_of_reverse_mode(std::uint64_t seed, Csv& rows) {
  const std::int64_t width = 256, depth = 8, batch = 256;
  const Tensor x = random_normal({batch, width}, {seed, 0});
  Params w;
  for (std::int64_t layer = 0; layer < depth; ++layer)
    w.push_back(random_normal({width, width}, {seed, 1 + w.size()},
                              std::sqrt(1.0 / width)));
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

  const auto live = [] {
    return static_cast<double>(memory_stats().live_bytes);
  };
  const double before = live();
  const Tensor recorded = loss();
  const double layer_bytes =
      static_cast<double>(batch * width * size_of(x.dtype()));
  rows.row({gradient / forward, product / forward,
            (live() - before) / layer_bytes});
}

// [train]
// One hidden layer: its weights and biases, then those of the output.
Params initial(std::int64_t in, std::int64_t width, std::int64_t out,
               const Options& options) {
  const auto weights = [&](std::int64_t rows, std::int64_t columns,
                           std::uint64_t stream) {
    return random_normal({rows, columns}, {options.seed, stream},
                         std::sqrt(2.0 / static_cast<double>(rows)),
                         options.dtype);
  };
  return {weights(in, width, 0), zeros({width}, options.dtype),
          weights(width, out, 1), zeros({out}, options.dtype)};
}

Tensor network(const Params& w, const Tensor& x) {
  return matmul(relu(matmul(x, w[0]) + w[1]), w[2]) + w[3];
}
// [train]

// [step]
// Goes down the gradient on a batch; returns the loss where it began.
double step(Params& w, const Tensor& x, const Tensor& t, double lr) {
  const Tensor L = softmax_cross_entropy(network(w, x), t);
  const Params g = grad(L, w);
  w = add_scaled(w, -lr, g);
  return L.item();
}
// [step]

void train(const Options& options) {
  const DataSplits data = load_images(options.data);
  const auto [images, targets] =
      examples_of(data.train, Layout::flat, options.dtype);
  const Examples test = examples_of(data.test, Layout::flat, options.dtype);

  const std::int64_t width = 256, batch_size = 64, steps = 4000;
  const double lr = 0.1;
  Params w = initial(images.dim(1), width, data.train.classes, options);
  Csv csv({"step", "train_loss", "test_loss"});
  double recent = 0;
  std::string note;
  Batches batches(data.train.size(), batch_size, options.seed);
  {
    Progress progress("training", steps);
    for (std::int64_t t = 1; t <= steps; ++t) {
      const std::vector<std::int64_t> picked = batches.at(t);
      recent += step(w, gather_rows(images, picked),
                     gather_rows(targets, picked), lr) /
                100;
      if (t % 100 == 0) {
        const NoGrad values_only;
        const double test_loss =
            softmax_cross_entropy(network(w, test.x), test.y).item();
        csv.row({t, recent, test_loss});
        note = "test loss " + format_number(static_cast<float>(test_loss));
        recent = 0;
      }
      progress.step(note);
    }
  }
  csv.save(options.out / "training.csv");
  const NoGrad values_only;
  const Tensor right = equal(argmax(network(w, test.x)), argmax(test.y));
  Csv trained({"data", "images", "steps", "test_accuracy"});
  trained.row(
      {data.train.source, data.train.size(), steps, mean(right).item()});
  trained.save(options.out / "trained.csv");
}

void experiment(const Options& options) {
  Csv tape({"order", "f", "x_slope", "y_slope"});
  tape_of_numbers(tape);
  tape.save(options.out / "tape.csv");
  small_net(options);
  Csv cost({"gradient", "product", "activations"});
  cost_of_reverse_mode(options.seed, cost);
  cost.save(options.out / "cost.csv");
  train(options);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch01_chain_rule",
      .question = "The chain rule, backwards: is this gradient right?",
      .quick_time = "20 s",
      .full_time = "20 s",
      .takes_data = true};
  return run_experiment(argc, argv, info, experiment);
}
