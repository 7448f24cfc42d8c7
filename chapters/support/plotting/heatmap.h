#pragma once

#include <filesystem>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "autodiff/check.h"
#include "chapters/support/plotting/series.h"

namespace gradus {

/// The names of categories: each value as it is printed, such as "64" or "0.5".
template <class Values>
std::vector<std::string> category_names(const Values& values) {
  std::vector<std::string> names;
  for (const auto& value : values) {
    TextStream text;
    text << value;
    names.push_back(text.str());
  }
  return names;
}

/// One or more grids of values over two categorical axes, side by side, in the colours of viridis,
/// with each value printed in its cell. Texts are as in Figure. A cell that is NaN or infinite is
/// grey and says so.
///
///     Heatmaps maps("ratio");
///     maps.title("SP depends on width").subtitle("‖dL/dW‖ / ‖W‖, median of 8 seeds");
///     maps.x_axis("width", category_names(widths));
///     maps.y_axis("depth", category_names(depths));
///     maps.scale(Scale::log10).format("%.1e");
///     maps.panel("SP", sp).panel("µP", mup).mark(3, 2);
///     maps.draw(options.out);
class Heatmaps {
 public:
  using Rows = std::vector<std::vector<double>>;

  explicit Heatmaps(std::string name) : name_(std::move(name)) {}

  Heatmaps& title(std::string text);
  Heatmaps& subtitle(std::string text);
  /// The columns of every grid, from left to right.
  Heatmaps& x_axis(std::string label, std::vector<std::string> categories);
  /// The rows of every grid, from bottom to top.
  Heatmaps& y_axis(std::string label, std::vector<std::string> categories);

  /// How values map to colours.
  Heatmaps& scale(Scale scale);
  /// Fixes the ends of the colour bar; values beyond them have its end colours.
  Heatmaps& color_range(double first, double last);
  /// A colour bar for each panel instead of one for all.
  Heatmaps& own_color_bars();
  /// How values are printed: one conversion of printf, "%.2f", "%.1e", "%.0f%%", or nothing.
  Heatmaps& format(std::string printf_format);
  /// What a cell says that is NaN or infinite, such as "diverged"; by default a dash.
  Heatmaps& missing(std::string word);
  /// Panels in a row; by default what suits their number.
  Heatmaps& columns(int count);

  /// The next grid: values[row][column]. Its title may have a second line, drawn in grey.
  Heatmaps& panel(std::string title, Rows values);
  /// Outlines a cell of the panel added last.
  Heatmaps& mark(std::size_t row, std::size_t column);

  /// As Figure::draw.
  void draw(const std::filesystem::path& folder) const;

 private:
  struct Panel {
    std::string title;
    Rows values;
    std::vector<std::pair<std::size_t, std::size_t>> marks;  // row, column
  };
  struct Layout;

  std::string name_, title_, subtitle_, x_label_, y_label_;
  std::vector<std::string> x_categories_, y_categories_;
  plotting::Axis color_;
  bool own_bars_ = false;
  std::string format_ = "%.2f", missing_ = "–";
  int columns_ = 0;
  std::vector<Panel> panels_;
};

}  // namespace gradus
