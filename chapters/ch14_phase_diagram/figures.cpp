#include <algorithm>
#include <cmath>
#include <limits>

#include "chapters/ch14_phase_diagram/report.h"
#include "chapters/support/plotting/panels.h"

namespace gradus {

void draw_phases(const Networks& networks, const Table& table,
                 const Report& report) {
  const char* names[phases] = {"c = 1", "2 to c_{loss}",
                               "c_{loss} to c_{sharp}",
                               "c_{sharp} to c_{max}", "above c_{max}"};
  Panels panels("trajectories");
  panels.title("Up, and down again")
      .subtitle(
          "one network per column; a learning rate from the middle of each "
          "phase")
      .x_axis("step")
      .x_range(0, 10)
      .columns(static_cast<int>(networks.widths.size()));
  for (const bool loss : {true, false})
    for (double width : networks.widths) {
      Figure& panel =
          panels.panel(loss ? "n = " + format_number(width) : std::string())
              .y_axis(loss ? "loss / loss_0" : "λ / λ_0", Scale::log2)
              .y_range(1.0 / 32, loss ? 64 : 16);
      const Table cell =
          cells(table, "find", width, networks.depths[0]).where("seed", 0);
      for (int phase = 0; phase < phases; ++phase) {
        const std::vector<Trajectory> runs =
            runs_of(cell, "_" + std::to_string(phase));
        Values values;  // none where the network has no such phase
        if (!runs.empty())
          values = relative(loss ? runs[0].loss : runs[0].sharpness);
        panel.line(steps_of(values), values, names[phase]);
      }
      if (!loss || !has_constant_loss(report)) continue;
      const double constant =
          constant_loss / cell.where("quantity", "loss_0").number(0, "value");
      panel.dashed({0, 10}, {constant, constant}, "f = 1/10");
    }
  panels.draw(report.out);
}

void draw_diagram(const Networks& networks,
                  const std::vector<BoundaryFit>& fits,
                  const std::filesystem::path& out) {
  const bool depths = networks.depths.size() > 1;
  Values all_s;
  for (double s : abscissas(networks))
    all_s.insert(all_s.end(), static_cast<std::size_t>(networks.seeds), s);
  const auto [smallest, largest] =
      std::minmax_element(all_s.begin(), all_s.end());
  const double least = *smallest / 1.1, most = *largest * 1.1;
  Values at;
  for (int i = 0; i <= 64; ++i)
    at.push_back(least * std::pow(most / least, i / 64.0));

  std::vector<Values> curves;
  for (const BoundaryFit& boundary : fits) {
    Values& c = curves.emplace_back();
    if (!boundary.fit) continue;
    for (double s : at)
      c.push_back(boundary.fit->intercept + boundary.fit->slope * s);
  }
  const Values& loss = curves[0];
  const Values& sharp = curves[1];
  const Values& max = curves[3];
  const Values two(at.size(), 2), one(at.size(), 1),
      above(at.size(), std::numeric_limits<double>::infinity());
  Figure figure("diagram");
  figure.title("The phase diagram of the first ten steps")
      .subtitle("boundaries of " + std::to_string(networks.seeds) +
                " seeds each (dots), and fits linear in " +
                (depths ? "D / n" : "1 / n"))
      .x_axis(depths ? "depth over width, D / n" : "1 / n", Scale::log2)
      .x_range(least, most)
      .y_axis("c = η λ_0", Scale::log2)
      .y_range(1, 32);
  figure.band(at, one, two, "loss falls\nc < 2")
      .band(at, two, loss, "loss still falls\n2 to c_{loss}")
      .band(at, loss, sharp, "loss catapult\nc_{loss} to c_{sharp}")
      .line(at, loss)
      .points(all_s, fits[0].c)
      .band(at, sharp, max, "catapult of both\nc_{sharp} to c_{max}")
      .line(at, sharp)
      .points(all_s, fits[1].c)
      .points(all_s, fits[2].c)
      .band(at, max, above, "divergence\nabove c_{max}")
      .line(at, max)
      .points(all_s, fits[3].c)
      .dashed(at, two, "c = 2")
      .draw(out);
}

}  // namespace gradus
