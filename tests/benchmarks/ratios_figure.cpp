// The figure of the benchmarks' page: the ratios that peer.py left in FOLDER/ratios.csv.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "chapters/support/plotting/heatmap.h"
#include "chapters/support/table.h"
#include "tests/benchmarks/machine.h"

namespace gradus {
namespace {

using Row = std::vector<double>;

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
    std::string name = table.text(i, "workload");
    std::replace(name.begin(), name.end(), '_', ' ');  // which gnuplot takes for an index
    names.push_back(std::move(name));
    values.push_back(std::move(row));
  }
  for (const auto& [column, head] : columns) heads.push_back(head);
  Heatmaps map(threads == 1 ? "ratios" : "ratios_2");
  map.title(threads == 1 ? "Their time over ours, one thread" : "Their time over ours, two threads")
      .subtitle("above 1 gradus is faster; colours end at 0.5 and 2; dash: not measured")
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
