#include <cmath>
#include <string>

#include "chapters/ch12_sharpness/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

void add_curve(Figure& panel, const Trace& trace, double exact,
               const char* label) {
  Values products, error, residual;
  for (std::size_t k = 0; k < trace.value.size(); ++k) {
    products.push_back(static_cast<double>(k + 1));
    error.push_back(std::abs(1 - trace.value[k] / exact));
    residual.push_back(trace.residual[k] / exact);
  }
  panel.line(products, error, label).dashed(products, residual);
}

}  // namespace

void draw_convergence(const Table& convergence,
                      const std::filesystem::path& out) {
  Panels panels("convergence");
  panels.title("Lanczos needs fewer products, and knows how good it is")
      .subtitle("relative error of the largest eigenvalue; dashed: residual")
      .x_axis("products with H")
      .y_axis("relative error", Scale::log10)
      .y_range(1e-10, 1);
  const auto add = [&](Figure& panel, const char* matrix, const char* method,
                       const char* label) {
    add_curve(panel, trace_of(convergence, matrix, method),
              exact_of(convergence, matrix), label);
  };
  Figure& left = panels.panel("Planted\n20 of 300 eigenvalues in 0.9 to 1");
  add(left, "planted", "power", "power iteration");
  add(left, "planted", "Lanczos", "Lanczos");
  Figure& right =
      panels.panel("Network\n3 layers of width 256, after one step");
  add(right, "network", "power", "power iteration");
  add(right, "network", "Lanczos", "Lanczos");
  add(right, "network", "warm", "Lanczos, from the vector before the step");
  panels.draw(out);
}

void draw_cluster(const Table& top, const std::filesystem::path& out) {
  Figure figure("cluster");
  figure.title("Ten outputs make a cluster of ten eigenvalues")
      .subtitle(
          "largest eigenvalues over the first; Fashion-MNIST, median over "
          "seeds")
      .x_axis("number of the eigenvalue")
      .y_axis("in units of the largest");
  for (const double width : top.distinct("size")) {
    const auto n = static_cast<std::int64_t>(width);
    Values numbers, medians;
    for (int i = 1; i <= top_count; ++i) {
      numbers.push_back(i);
      medians.push_back(
          median(top.where("size", n)
                     .where("quantity", "eigenvalue " + std::to_string(i))
                     .numbers("value")));
    }
    figure.line(numbers, medians, "n = " + std::to_string(n));
  }
  figure.draw(out);
}

void draw_growth(const Table& sharpness, const std::filesystem::path& out) {
  Figure figure("growth");
  figure
      .title(
          "Sharpness grows with the width, but not with µP's rates counted "
          "in")
      .subtitle(
          "at initialisation, geometric mean of 8 seeds; dashed: derived "
          "exponents")
      .x_axis("width n", Scale::log2)
      .y_axis("λ_0 over that at n = 64", Scale::log2);
  for (const Growth& growth : growths()) {
    if (!*growth.label) continue;
    const Curve curve = curve_of(sharpness, growth);
    figure.x_range(62, 1.03 * curve.sizes.back());
    Values relative;
    for (const double mean : curve.means)
      relative.push_back(mean / curve.means[0]);
    const auto derived = [&](double n) {
      return std::pow(n / curve.sizes[0], growth.derived);
    };
    figure.line(curve.sizes, relative, growth.label)
        .dashed(curve.sizes, derived);
  }
  figure.draw(out);
}

}  // namespace gradus
