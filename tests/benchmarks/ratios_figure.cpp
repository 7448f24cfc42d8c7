// The figure of the benchmarks' page: the ratios that peer.py left in FOLDER/ratios.csv.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chapters/support/plotting/heatmap.h"
#include "chapters/support/table.h"
#include "tests/benchmarks/machine.h"

namespace gradus {
namespace {

using Row = std::vector<double>;

// "fcn 64   1.9 ms   81%".
std::string label(const Table& table, std::size_t row) {
  std::string name = table.text(row, "workload");
  std::replace(name.begin(), name.end(), '_', ' ');  // which gnuplot takes for an index
  char numbers[64];
  const double ms = table.number(row, "gradus_ms");
  const std::optional<double> peak = parse_number(table.text(row, "peak_percent"));
  std::snprintf(numbers, sizeof numbers,
                ms < 1     ? "   %.3f ms"
                : ms < 100 ? "   %.1f ms"
                           : "   %.0f ms",
                ms);
  name += numbers;
  std::snprintf(numbers, sizeof numbers, "   %3.0f%%", peak.value_or(0));
  return name + (peak ? numbers : "       ");
}

// The rows of the table with that many threads, the last at the bottom.
void draw(const Table& all, int threads,
          const std::vector<std::pair<std::string, std::string>>& columns,
          const std::filesystem::path& folder) {
  const Table table = all.where("threads", threads);
  std::vector<std::string> names, heads;
  Heatmaps::Rows values;
  for (std::size_t i = table.size(); i-- > 0;) {
    Row row;
    for (const auto& [column, head] : columns) {
      const std::string& cell = table.text(i, column);
      row.push_back(parse_number(cell).value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    if (std::all_of(row.begin(), row.end(), [](double ratio) { return std::isnan(ratio); }))
      continue;
    names.push_back(label(table, i));
    values.push_back(std::move(row));
  }
  for (const auto& [column, head] : columns) heads.push_back(head);
  Heatmaps map(threads == 1 ? "ratios" : "ratios_2");
  map.title(threads == 1 ? "Their time over ours, one thread" : "Their time over ours, two threads")
      .subtitle("on the left our time, and the share of the peak that our products reach")
      .x_axis("", heads)
      .y_axis("", names)
      .scale(Scale::log10)
      .color_range(0.5, 2)
      .format("%.2f")
      .panel("", values);
  map.draw(folder);
}

void run(const std::filesystem::path& folder) {
  const Table table = Table::read(folder / "ratios.csv");
  draw(table, 1,
       {{"torch_installed", "PyTorch"},
        {"torch", "malloc kept"},
        {"torch_compile", "compiled"},
        {"jax", "JAX"},
        {"jax_scan", "JAX, scan"},
        {"fastest", "best / program"}},
       folder);
  draw(table, 2,
       {{"torch", "malloc kept"}, {"torch_compile", "compiled"}, {"fastest", "best / program"}},
       folder);
}

}  // namespace
}  // namespace gradus

int main(int argc, char** argv) {
  return gradus::run_benchmark(
      "ratios_figure", [&] { gradus::run(argc > 1 ? argv[1] : "book/results/benchmarks"); });
}
