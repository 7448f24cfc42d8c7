// How every quantity of one training step scales with width, in four parametrisations: exponents
// measured over widths against those that Yang and Hu 2021 (Tensor Programs IV) derive.
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/threads.h"
#include "nn/instruments/coordinate_check.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/norms.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;
using Measured = std::map<std::string, double>;

constexpr std::int64_t batch = 8, inputs = 4, outputs = 4;
constexpr int seeds = 4;

const std::array<Parametrisation, 4> columns = {abc::sp, abc::ntk, abc::mup_table3,
                                                abc::mup_table9};

// Predicted exponents in the order of `columns`, and how far off they may be from width 64 to 512
// and from 256 to 2048: finite width still bends some of them.
struct Row {
  const char* quantity;
  std::array<double, 4> exponent;
  double small_widths, large_widths;
};
const std::vector<Row> table = {
    {"rms h_1", {0, 0, 0, 0}, .06, .06},
    {"rms h_L", {0, 0, 0, 0}, .06, .06},
    {"rms f", {0, 0, -.5, -.5}, .2, .1},
    {"gradient in", {0, 0, -.5, 0}, .06, .06},
    {"gradient hidden", {.5, 0, 0, 0}, .06, .06},
    {"gradient out", {.5, 0, .5, 0}, .06, .06},
    {"Frobenius in", {.5, .5, .5, 0}, .06, .06},
    {"Frobenius hidden", {.5, 1, .5, .5}, .06, .06},
    {"Frobenius out", {0, .5, -.5, 0}, .06, .06},
    {"Frobenius ratio in", {-.5, -.5, -1, 0}, .06, .06},
    {"Frobenius ratio hidden", {0, -1, -.5, -.5}, .06, .06},
    {"Frobenius ratio out", {.5, -.5, 1, 0}, .06, .06},
    {"spectral ratio hidden", {.5, -.5, 0, 0}, .08, .08},
    {"SGD: Delta h_1", {-.5, -.5, 0, 0}, .2, .1},
    {"SGD: Delta h_L", {.5, -.5, 0, 0}, .2, .1},
    {"SGD: Delta f", {1, 0, 0, 0}, .2, .1},
    {"Adam: Delta h_1", {0, 0, 0, 0}, .2, .1},
    {"Adam: Delta h_L", {1, 0, 0, 0}, .2, .1},
    {"Adam: Delta f", {1.5, .5, 0, 0}, .2, .1},
    {"lambda_0", {1, 0, 1, 0}, .2, .1},
    {"lambda_0 of D^1/2 H D^1/2", {1, 0, 0, 0}, .2, .1},
};

// The step is so small that only its first order shows.
constexpr double lr = 1e-6;

template <class Optimiser>
void measure_step(const std::string& name, Optimiser optimiser, const Model& model,
                  const Tensors& w, const Tensor& x, const Tensors& gradient, Measured& m) {
  const auto layers = [&](const Tensors& params) { return model.layers(params, x); };
  const auto step = [&](Tensors params, std::int64_t) {
    optimiser.step(params, gradient);
    return params;
  };
  const std::vector<CoordinateRow> rows = coordinate_check(layers, w, step, 1);
  const std::size_t depth = rows.size() / 2;  // rows of step 0, then of step 1
  m[name + ": Delta h_1"] = rows[depth].delta_rms;
  m[name + ": Delta h_L"] = rows[2 * depth - 2].delta_rms;
  m[name + ": Delta f"] = rows[2 * depth - 1].delta_rms;
  m["rms h_1"] = rows[0].rms;
  m["rms h_L"] = rows[depth - 2].rms;
  m["rms f"] = rows[depth - 1].rms;
}

Measured measure(const Parametrisation& parametrisation, std::int64_t width, int seed) {
  const Model model = fcn({.in = inputs,
                           .width = width,
                           .depth = 4,
                           .out = outputs,
                           .parametrisation = parametrisation,
                           .base_width = 1});
  const auto key = static_cast<std::uint64_t>(seed);
  const Tensors w = init(model, key, DType::f64);
  const Tensor x = random_normal({batch, inputs}, {key, 100}, 1.0, DType::f64);
  const Tensor c = random_normal({batch, outputs}, {key, 101}, 1.0, DType::f64);
  const Tensor y = random_normal({batch, outputs}, {key, 102}, 1.0, DType::f64);

  const Tensors gradient = grad(linear_loss(model(w, x), c), w);
  Measured m;
  measure_step("SGD", Sgd(model, {.lr = lr}), model, w, x, gradient, m);
  measure_step("Adam", Adam(model, {.lr = lr, .eps = 0}), model, w, x, gradient, m);

  const std::vector<LayerNorms> norms = layer_norms(w, gradient);
  const std::map<std::string, std::size_t> layers = {{"in", 0}, {"hidden", 1}, {"out", 3}};
  for (const auto& [name, l] : layers) {
    m["gradient " + name] = norms[l].gradient;
    m["Frobenius " + name] = norms[l].weight;
    m["Frobenius ratio " + name] = norms[l].ratio();
  }
  m["spectral ratio hidden"] = layer_norms({w[1]}, {gradient[1]}, Norm::spectral)[0].ratio();

  // A linear loss has no curvature in f: the sharpness is that of the squared error.
  Hvp hessian(mse_half_mean(model(w, x), y), w);
  std::vector<double> factors;
  for (const Param& p : model.params) factors.push_back(p.sgd_lr);
  const EigenOptions options{.tolerance = 0.02};  // lambda's error is of the order of its square
  m["lambda_0"] = sharpness(std::ref(hessian), w, options).lambda_max;
  m["lambda_0 of D^1/2 H D^1/2"] =
      sharpness(preconditioned(std::ref(hessian), factors), w, options).lambda_max;
  return m;
}

void check_table(const std::vector<double>& widths, double Row::*tolerance) {
  set_threads(1);  // arrays too small to share, and tests may run side by side
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::map<std::string, std::vector<double>> curves;  // geometric means over seeds
    for (const double width : widths) {
      Measured logs;
      for (int seed = 0; seed < seeds; ++seed)
        for (const auto& [name, value] :
             measure(columns[column], static_cast<std::int64_t>(width), seed))
          logs[name] += std::log2(value) / seeds;
      for (const auto& [name, log] : logs) curves[name].push_back(std::exp2(log));
    }
    for (const Row& row : table) {
      const LineFit fit = fit_log_log(widths, curves.at(row.quantity));
      INFO(columns[column].name << ", " << row.quantity << ": slope " << fit.slope << " +- "
                                << fit.slope_error << ", predicted " << row.exponent[column]);
      CHECK(std::fabs(fit.slope - row.exponent[column]) < row.*tolerance);
    }
  }
}

TEST_CASE("the table of scaling exponents, widths 64 to 512") {
  check_table({64, 128, 256, 512}, &Row::small_widths);
}

TEST_CASE("the table of scaling exponents, widths 256 to 2048", "[exhaustive]") {
  check_table({256, 512, 1024, 2048}, &Row::large_widths);
}

}  // namespace
}  // namespace gradus
