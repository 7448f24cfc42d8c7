// Chapter 1, the report: what the tables say of the chain rule.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "chapters/support/plotting/plot.h"
#include "chapters/support/report.h"

using namespace gradus;

void tape(Report& report) {
  const Table table = report.table("tape");
  const auto number = [&](std::size_t order, const char* column) {
    return table.number(order, column);
  };
  std::printf("Tape: x = 2, y = 3, a = x y, b = a + x, f = a b = %g\n",
              number(0, "f"));
  for (std::size_t order : {0, 1}) {
    std::string visited = table.text(order, "order");
    for (std::size_t at = 0;
         (at = visited.find(' ', at)) != std::string::npos; at += 2)
      visited.replace(at, 1, ", ");
    std::printf("  order %s: df/dx = %g, df/dy = %g\n", visited.c_str(),
                number(order, "x_slope"), number(order, "y_slope"));
  }
  std::printf("\n");
  report.claim("tape", "df/dx on the tape", number(0, "x_slope"), equals(48));
  report.claim("tape_wrong_order", "df/dx in the wrong order",
               number(1, "x_slope"), equals(30));
}

// The derivatives of the small network along v, and its Hessian products.
struct Net {
  double loss, slope, curvature, v_Hu, u_Hv;
  explicit Net(const Table& net)
      : loss(net.number(0, "loss")),
        slope(net.number(0, "slope")),
        curvature(net.number(0, "curvature")),
        v_Hu(net.number(0, "v_Hu")),
        u_Hv(net.number(0, "u_Hv")) {}
};

struct Differences {
  std::vector<double> h, forward, central;  // relative errors
  explicit Differences(const Table& table)
      : h(table.numbers("h")),
        forward(table.numbers("forward_error")),
        central(table.numbers("central_error")) {}
};

double best_step(const std::vector<double>& h,
                 const std::vector<double>& error) {
  return h[static_cast<std::size_t>(
      std::min_element(error.begin(), error.end()) - error.begin())];
}

void draw_differences(const Differences& errors, const Net& net,
                      const std::filesystem::path& out) {
  // What the text derives: the cut-off Taylor series, h |v.Hv| / 2, and rounding, eps |L| / h.
  std::vector<double> taylor, rounding;
  for (double h : errors.h) {
    taylor.push_back(h * std::abs(net.curvature) / 2 / std::abs(net.slope));
    rounding.push_back(std::numeric_limits<double>::epsilon() * net.loss / h /
                       std::abs(net.slope));
  }
  Figure("finite_differences")
      .title("A finite difference is best at a middle step")
      .subtitle(
          "relative error against the exact slope along one direction, f64")
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

void derivatives(Report& report) {
  const Net net(report.table("net"));
  const Differences errors(report.table("finite_differences"));
  draw_differences(errors, net, report.out);

  const double best =
      *std::min_element(errors.central.begin(), errors.central.end());
  const double best_forward =
      *std::min_element(errors.forward.begin(), errors.forward.end());
  std::printf("Net: L = %.6f, slope along v %.8f, curvature v.Hv %.8f\n",
              net.loss, net.slope, net.curvature);
  std::printf(
      "  best forward difference: relative error %.1e; best central: %.1e\n",
      best_forward, best);
  std::printf("  v.Hu = %.15f\n  u.Hv = %.15f\n\n", net.v_Hu, net.u_Hv);
  report.claim("gradient_error", "relative gradient error, f64", best,
               below(1e-7));
  report.claim("best_step_forward", "best step of the forward difference",
               best_step(errors.h, errors.forward), between(1e-10, 1e-6));
  report.claim("best_step_central", "best step of the central difference",
               best_step(errors.h, errors.central), between(1e-7, 1e-3));
  report.claim("hvp_asymmetry", "|v.Hu - u.Hv|",
               std::abs(net.v_Hu - net.u_Hv), below(1e-10));
  report.number("best_forward_error", best_forward, 1e-6);
  report.number("loss", net.loss, 1e-6);
  report.number("slope", net.slope, 1e-6);
  report.number("curvature", net.curvature, 1e-6);
}

void cost(Report& report) {
  const Table table = report.table("cost");
  const double gradient = table.number(0, "gradient");
  const double product = table.number(0, "product");
  const double activations = table.number(0, "activations");
  std::printf(
      "Reverse mode, 8 layers of width 256, in units of a forward pass:\n");
  std::printf("  gradient %.1f, Hessian-vector product %.1f\n", gradient,
              product);
  std::printf("  memory of the recorded graph: %.1f activations\n\n",
              activations);
  report.number("gradient_cost", gradient, 2);
  report.number("product_cost", product, 4);
  report.number("graph_activations", activations, 2);
}

void training(Report& report) {
  const Table table = report.table("training");
  const std::vector<double> steps = table.numbers("step");
  Figure("training")
      .title("An MLP learns Fashion-MNIST")
      .subtitle(
          "cross-entropy, 784–256–10, SGD, batch 64, learning rate 0.1, one "
          "seed")
      .x_axis("step")
      .y_axis("loss")
      .line(steps, table.numbers("test_loss"), "test\nall test images")
      .line(steps, table.numbers("train_loss"),
            "training\nmean of 100 batches")
      .draw(report.out);

  const Table trained = report.table("trained");
  const double accuracy = trained.number(0, "test_accuracy");
  const double images = trained.number(0, "images");
  std::printf("Training data: %s\n", trained.text(0, "data").c_str());
  std::printf("  test accuracy after %s steps: %.1f%%\n\n",
              trained.text(0, "steps").c_str(), 100 * accuracy);
  const bool subset = images < 60000;
  report.claim("test_accuracy", "test accuracy", accuracy,
               above(subset ? 0.77 : 0.85));
  report.number("training_images", images, 60000);
}

void chapter(Report& report) {
  tape(report);
  derivatives(report);
  cost(report);
  training(report);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch01_chain_rule", chapter);
}
