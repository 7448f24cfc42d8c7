#include <cmath>
#include <cstdio>

#include "chapters/ch13_catapult/report.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// One learning rate: columns of the seeds that did not diverge.
struct Runs {
  std::vector<Values> loss, kernel, hessian, norm;
  int diverged = 0;
};

Runs runs_of(const Table& table, double log_c) {
  Runs runs;
  const Table seeds = table.where("log2_c", log_c);
  for (double seed : seeds.distinct("seed")) {
    const Table run = seeds.where("seed", seed);
    if (run.size() <= image_steps) {
      ++runs.diverged;
      continue;
    }
    runs.loss.push_back(run.numbers("loss"));
    runs.kernel.push_back(run.numbers("eta_kernel"));
    runs.hessian.push_back(run.numbers("eta_hessian"));
    runs.norm.push_back(run.numbers("norm"));
  }
  return runs;
}

// Of every run the largest, or the last, over the first.
Values largest(const std::vector<Values>& runs) {
  Values result;
  for (const Values& v : runs) result.push_back(statistics(v).largest / v[0]);
  return result;
}
Values last(const std::vector<Values>& runs) {
  Values result;
  for (const Values& v : runs) result.push_back(v.back() / v[0]);
  return result;
}

void print_images(const Table& table) {
  std::printf("Images: medians of the seeds that do not diverge\n");
  std::printf("       largest over first:       last over first:    last\n");
  std::printf(
      "    c   loss  kernel  Hessian   loss  weight norm   eta lambda  "
      "diverged\n");
  for (double log_c : table.distinct("log2_c")) {
    const double c = std::exp2(log_c);
    const Runs runs = runs_of(table, log_c);
    if (runs.loss.empty()) {
      std::printf("%5.2f %66d\n", c, runs.diverged);
      continue;
    }
    std::printf("%5.2f %6.2f %7.2f %8.2f %6.3f %12.4f %12.2f %9d\n", c,
                median(largest(runs.loss)), median(largest(runs.kernel)),
                median(largest(runs.hessian)), median(last(runs.loss)),
                median(last(runs.norm)), c * median(last(runs.hessian)),
                runs.diverged);
  }
  std::printf("\n");
}

void claim_images(const Table& table, Report& report) {
  report.claim("calm", "images, c = 1: largest loss over first",
               statistics(largest(runs_of(table, 0).loss)).largest,
               equals(1));
  const Runs at_4 = runs_of(table, 2);
  report.claim("rise", "images, c = 4: the same, smallest of seeds",
               statistics(largest(at_4.loss)).smallest, above(1));
  report.claim("fall",
               "images, c = 4: last loss over first, largest of seeds",
               statistics(last(at_4.loss)).largest, below(0.5));
  report.claim("flatter", "images, c = 4: last η λ_max, largest of seeds",
               4 * statistics(last(at_4.hessian)).largest, below(2));
  report.claim("beyond_4", "images, c = 5.66: seeds that diverge",
               runs_of(table, 2.5).diverged, equals(0));
  report.claim("survive_8", "images, c = 8: seeds that diverge",
               runs_of(table, 3).diverged, equals(0));
  report.claim("diverge_11", "images, c = 11.3: seeds that do not diverge",
               static_cast<double>(runs_of(table, 3.5).loss.size()),
               equals(0));
  report.number("diverged_9", runs_of(table, 3.25).diverged, 2);

  Values shares;  // of the kernel in the Hessian's first eigenvalue
  for (const Values& kernel : runs_of(table, 0).kernel)
    shares.push_back(kernel[0]);
  report.number("kernel_share", median(shares), 0.05);
}

void draw_images(const Table& table, const std::filesystem::path& out) {
  Panels panels("images");
  panels
      .title(
          "A ReLU network does the same, and comes back from far beyond c = "
          "4")
      .subtitle(
          "128 images, full batch, 784–256–256–10, SP: one curve for each "
          "seed")
      .x_axis("step")
      .columns(3);
  Figure& loss =
      panels.panel("loss over first loss").y_axis("L / L_0", Scale::log10);
  Figure& kernel = panels.panel("kernel: η λ\nlargest eigenvalue")
                       .y_axis("η λ", Scale::log2);
  Figure& hessian = panels.panel("Hessian: η λ_{max}\nlargest eigenvalue")
                        .y_axis("η λ", Scale::log2);
  kernel.y_range(0.4, 32);
  hessian.y_range(0.4, 32);
  const Values steps =
      table.where("log2_c", 0).where("seed", 0).numbers("step");
  for (double log_c : {0.0, 2.0, 3.0}) {
    const Runs runs = runs_of(table, log_c);
    for (std::size_t k = 0; k < runs.loss.size(); ++k) {
      Values relative;
      for (double value : runs.loss[k])
        relative.push_back(value / runs.loss[k][0]);
      const std::string label = k == 0 ? name_of(std::exp2(log_c)) : "";
      loss.line(steps, relative, label);
      kernel.line(steps, runs.kernel[k], label);
      hessian.line(steps, runs.hessian[k], label);
    }
  }
  panels.draw(out);
}

}  // namespace

void report_images(const Table& images, Report& report) {
  print_images(images);
  claim_images(images, report);
  draw_images(images, report.out);
}

}  // namespace gradus
