#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chapters/ch13_catapult/report.h"
#include "chapters/support/plotting/panels.h"

namespace gradus {

std::string name_of(double c) {
  char text[32];
  std::snprintf(text, sizeof text, "c = %.3g", c);
  return text;
}

void draw_catapults(const Table& catapults,
                    const std::filesystem::path& out) {
  Panels panels("catapult");
  panels
      .title(
          "Above c = 2 the loss rises until the kernel has fallen far enough")
      .subtitle(
          "uv model without a label, n = 100, φ_0 = 0.05, trained by the "
          "engine")
      .x_axis("step")
      .columns(3);
  Figure& loss =
      panels.panel("loss over first loss").y_axis("L / L_0", Scale::log10);
  Figure& kernel =
      panels.panel("kernel: η λ\nalso weights: η ‖θ‖^2 / n").y_axis("η λ");
  Figure& hessian =
      panels.panel("Hessian: η λ_{max}\nlargest eigenvalue").y_axis("η λ");
  loss.y_range(1e-4, 1e4);
  kernel.y_range(0, 6);
  hessian.y_range(0, 6);
  for (double c : catapults.distinct("c")) {
    const Table path = catapults.where("c", c);
    const Values steps = path.numbers("step");
    Values losses;
    for (double phi : path.numbers("phi"))
      losses.push_back(phi * phi / (small_start * small_start));
    loss.line(steps, losses, name_of(c));
    kernel.line(steps, path.numbers("eta_lam"), name_of(c));
    hessian.line(steps, path.numbers("eta_lambda_max"), name_of(c));
  }
  panels.draw(out);
}

void draw_plane(const std::filesystem::path& out) {
  Figure plane("plane");
  plane.title("Below κ = 4 every step goes down, above it every step goes up")
      .subtitle(
          "uv model without a label: states of training, φ_0 = 0.05; grey: "
          "borders")
      .x_axis("|φ| = η |f| / √N")
      .y_axis("κ = η λ")
      .x_range(0, 2.4)
      .y_range(0, 4.8);
  for (double c : {4.05, 3.8, 3.0, 2.5, 1.7}) {
    Values phis, kappas;
    for (const State& s : orbit({small_start, c}, 0, 9)) {
      if (s.kappa > 4.8) break;
      phis.push_back(std::abs(s.phi));
      kappas.push_back(s.kappa);
    }
    plane.line(phis, kappas, name_of(c)).points(phis, kappas);
  }
  Values phis, steady;
  for (double phi = 0; phi <= 1.67; phi += 0.01) {
    phis.push_back(phi);
    steady.push_back(2 + phi * phi);
  }
  plane.dashed({0, 2.4}, {4, 4}, "κ = 4")
      .dashed({0, 2.4}, {2, 2}, "κ = 2")
      .dashed(phis, steady, "κ = 2 + φ^2\nloss stays")
      .dashed({0, 2.4}, {0, 4.8}, "κ = 2 |φ|\nu ∥ v")
      .draw(out);
}

void draw_borders(const Table& borders, const std::filesystem::path& out) {
  Values fine, limit, minimum, two;
  for (double rho = 0.002; rho < 1.001; rho += 0.002) {
    fine.push_back(rho);
    limit.push_back(c_max(rho));
    minimum.push_back(std::min(c_max(rho), 1 / rho));
    two.push_back(std::min(2.0, minimum.back()));
  }
  const Values rhos = borders.numbers("rho");
  Figure("labels")
      .title(
          "A label lowers c_{max}, and a large one leaves no minimum to rest "
          "in")
      .subtitle(
          "uv model from f_0 = 0; points: bisected over 3000 steps; dashed: "
          "derived")
      .x_axis("ρ = y / (√N λ_0)")
      .y_axis("c = η λ_0")
      .x_range(0, 1)
      .y_range(0, 4.5)
      .points(rhos, borders.numbers("finite"), "c_{max}")
      .points(rhos, borders.numbers("rests"), "comes to rest\nup to here")
      .band(fine, minimum, limit, "finite, but\nnever at rest")
      .band(fine, two, minimum, "catapult")
      .dashed(fine, limit, "c + c^2 ρ^2 = 4")
      .dashed(fine, minimum, "c = 1 / ρ")
      .draw(out);
}

}  // namespace gradus
