// What the phase diagram of chapter 14 costs: the boundaries of one network against its width, and
// the whole against the number of networks, one thread each.
//
//     diagram_cost [FOLDER]                        draws the figure into FOLDER
//     diagram_cost --boundaries WIDTH SEEDS DATA   prints what was found, and by how much work, as CSV
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "chapters/support/plotting/panels.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/span.h"
#include "nn/instruments/statistics.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/benchmarks/machine.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

// All four constants of chapter 14's default network, as it finds them.
Boundaries find_constants(const Dataset& images, std::int64_t width, std::uint64_t seed) {
  const Model net = fcn({.in = images.image_size(), .width = width, .depth = 4});
  const Examples data = examples_of(images, Layout::flat);
  const EarlyTraining training =
      in_span({.model = net, .loss = mse_half_mean, .start = init(net, seed), .measuring = data},
              span_of(data.x));
  return find_boundaries(training, sharpness_at(training, training.start, {.tolerance = 1e-3}));
}

// Calls work(0) to work(count - 1), each on one thread, on all processors.
void side_by_side(int count, const std::function<void(int)>& work) {
  std::atomic<int> next = 0;
  std::vector<std::thread> workers;
  for (int i = threads(); i > 0; --i)
    workers.emplace_back([&] {
      set_threads(1);
      for (int k = next++; k < count; k = next++) work(k);
    });
  for (std::thread& worker : workers) worker.join();
}

// Seconds for so many networks of width 64, on all processors.
double seconds_for(const Dataset& images, int networks) {
  const double start = now();
  side_by_side(networks, [&](int k) { find_constants(images, 64, static_cast<std::uint64_t>(k)); });
  return now() - start;
}

// One line for each network: x = log2 c of the boundaries, and what the search did.
void print_boundaries(const std::string& data, std::int64_t width, int seeds) {
  const Dataset images = first(load_images(data).train, 512);
  std::vector<Boundaries> all(static_cast<std::size_t>(seeds));
  side_by_side(seeds, [&](int k) {
    all[static_cast<std::size_t>(k)] = find_constants(images, width, static_cast<std::uint64_t>(k));
  });
  std::printf("width,seed,loss,sharp,barrier,max,runs,steps,products,lines,points\n");
  for (std::size_t k = 0; k < all.size(); ++k) {
    const auto& [c_loss, c_sharp, c_barrier, c_max] = all[k].constants;
    std::printf("%d,%zu", static_cast<int>(width), k);
    for (const auto& constant : {c_loss, c_sharp, c_barrier, c_max})
      std::printf(",%.1f", constant ? std::log2(constant->c) : std::nan(""));
    const SearchCost& cost = all[k].cost;
    std::printf(",%d,%d,%.0f,%d,%d\n", cost.runs, cost.steps, cost.products, cost.lines,
                cost.line_points);
  }
}

// Prints a table with its exponent and draws it: medians, with the range of samples.
void show(Figure& panel, const char* unit, const Values& sizes,
          const std::vector<Values>& samples) {
  Values medians, low, high;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Statistics of = statistics(samples[i]);
    medians.push_back(of.median);
    low.push_back(of.smallest);
    high.push_back(of.largest);
    std::printf("%8.0f %8.2f s  (%.2f to %.2f)\n", sizes[i], of.median, of.smallest, of.largest);
  }
  const LineFit fit = fit_log_log(sizes, medians);
  std::printf("exponent in the %s: %.2f +- %.2f\n\n", unit, fit.slope, fit.slope_error);
  Values fitted;
  for (const double size : sizes)
    fitted.push_back(std::exp2(fit.intercept + fit.slope * std::log2(size)));
  panel.points(sizes, medians, "measured").band(sizes, low, high);
  panel.dashed(sizes, fitted, "fitted power");
}

void run(const std::string& folder) {
  std::filesystem::create_directories(folder);
  const Dataset images = first(load_images({}).train, 512);
  std::printf("%s\n%s, %d processors\n\n", images.source.c_str(), provider().c_str(), threads());
  Panels panels("diagram_cost");
  panels.title("What a phase diagram costs")
      .subtitle("depth 4, 512 images, median; pale: smallest to largest")
      .x_axis("width n; number of networks", Scale::log2)
      .y_axis("seconds", Scale::log10);

  const Values widths = {32, 64, 128, 256, 512};
  std::vector<Values> cells;
  std::printf("   width   one network, one thread, three seeds\n");
  const int all = threads();
  set_threads(1);
  for (const double width : widths) {
    cells.emplace_back();
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      const double start = now();
      find_constants(images, static_cast<std::int64_t>(width), seed);
      cells.back().push_back(now() - start);
    }
  }
  show(panels.panel("one network of width n, one thread"), "width", widths, cells);
  set_threads(all);

  const Values counts = {2, 4, 8, 16, 32};
  std::vector<Values> diagrams;
  std::printf("networks   of width 64, all processors, three repetitions\n");
  for (const double count : counts) {
    diagrams.emplace_back();
    for (int i = 0; i < 3; ++i)
      diagrams.back().push_back(seconds_for(images, static_cast<int>(count)));
  }
  show(panels.panel("networks of width 64, all processors"), "number of networks", counts,
       diagrams);
  panels.draw(folder);
}

}  // namespace
}  // namespace gradus

int main(int argc, char** argv) {
  return gradus::run_benchmark("diagram_cost", [&] {
    if (argc == 5 && std::string(argv[1]) == "--boundaries")
      gradus::print_boundaries(argv[4], std::atoi(argv[2]), std::atoi(argv[3]));
    else
      gradus::run(argc > 1 ? argv[1] : "build/benchmarks");
  });
}
