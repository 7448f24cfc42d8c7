// Chapter 3. One backward pass: how does each layer scale?
//
// A ReLU network, one input, one output f. The ratio ||df/dW|| / ||W|| of every
// layer over a grid of widths, depths and seeds, in ten parametrisations that
// share their draws.
//
// layers.csv: one row for each width, depth, seed, parametrisation and layer.
// input.csv: the norm of the input.

#include "chapters/ch03_one_backward_pass/experiment.h"

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/random_streams.h"

using namespace gradus;

Tensor fixed_input(const Options& options) {
  return random_normal({1, inputs}, {options.seed, input_stream}, 1.0,
                       options.dtype, options.device);
}

double norm(const Tensor& a) { return std::sqrt(dot(a, a).item()); }

// [pass]
// Each parametrisation in turn, from the same normals.
void one_pass(std::int64_t width, std::int64_t depth, std::uint64_t seed,
              const Options& options, SweepRows& rows) {
  const Tensor x = fixed_input(options);
  std::vector<Tensor> normals;
  for (const Param& param : network(abc::sp, width, depth).params)
    normals.push_back(random_normal(param.shape, {seed, normals.size()}, 1.0,
                                    options.dtype, options.device));

  for (const Parametrisation& p : compared()) {
    const Model net = network(p, width, depth);
    std::vector<Tensor> w;
    for (std::size_t l = 0; l < normals.size(); ++l)
      w.push_back(net.params[l].init_std * normals[l]);
    const std::vector<Tensor> g = grad(sum(net(w, x)), w);
    for (std::size_t l = 0; l < w.size(); ++l)
      rows.add({p.name, l + 1, norm(g[l]) / norm(w[l]), factor(net, l)});
  }
}
// [pass]

// [grid]
void experiment(const Options& options) {
  std::vector<std::int64_t> widths = {64, 128, 256, 512};
  if (options.full) widths.insert(widths.end(), {1024, 2048});

  Sweep sweep(options, "layers", {"width", "depth", "seed"},
              {"parametrisation", "layer", "ratio", "factor"});
  for (std::int64_t width : widths) {
    // Narrow networks scatter more and cost less.
    const std::int64_t seeds = width < 512 ? 4096 / width : 8;
    for (std::int64_t depth : depths)
      for (std::int64_t k = 0; k < seeds; ++k) {
        const std::uint64_t seed = options.network_seed(k);
        sweep.cell(
            {width, depth, seed},
            [=, &options](SweepRows& rows) {
              one_pass(width, depth, seed, options, rows);
            },
            double(width * width * depth));
      }
  }
  sweep.run();

  Csv input({"norm"});
  input.row({norm(fixed_input(options))});
  input.save(options.out / "input.csv");
}
// [grid]

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch03_one_backward_pass",
      .question = "One backward pass: how does each layer scale?",
      .quick_time = "20 s",
      .full_time = "4 min, 5 GB for each job",
      .sweeps = true,
      .defaults = {.dtype = DType::f64}};
  return run_experiment(argc, argv, info, experiment);
}
