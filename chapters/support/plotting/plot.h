#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "chapters/support/plotting/series.h"

namespace gradus {

/// A figure of curves and points over two axes, drawn by gnuplot in the style of the book: a bold
/// title, a grey subtitle that says what was measured, and each series labelled where it ends.
///
/// Texts are gnuplot's enhanced text: `n^2`, `L_{test}`, `{/:Italic h}`, and UTF-8 such as λ. A
/// label may have a second line, drawn in grey. A series without a label belongs to the one before
/// it and takes its colour. NaN leaves a gap.
///
///     Figure fig("loss");
///     fig.title("The loss falls").subtitle("test set, 5 seeds; pale: smallest to largest");
///     fig.x_axis("step").y_axis("loss", Scale::log10);
///     fig.line(steps, medians, "test").band(steps, smallest, largest);
///     fig.draw(options.out);
class Figure {
 public:
  using Values = std::vector<double>;

  /// `name` becomes the name of the files, such as loss.png.
  explicit Figure(std::string name) : name_(std::move(name)) {}

  Figure& title(std::string text);
  Figure& subtitle(std::string text);
  Figure& x_axis(std::string label, Scale scale = Scale::linear);
  Figure& y_axis(std::string label, Scale scale = Scale::linear);
  /// Fixes the ends of an axis, which otherwise follow from the data.
  Figure& x_range(double first, double last);
  Figure& y_range(double first, double last);

  /// A measured curve.
  Figure& line(const Values& xs, const Values& ys, std::string label = {});
  /// Measured points; more than 2,000 are drawn small.
  Figure& points(const Values& xs, const Values& ys, std::string label = {});
  /// Measured points with bars from y - error to y + error.
  Figure& points(const Values& xs, const Values& ys, const Values& errors, std::string label = {});
  /// A predicted curve: dashed; grey if it has a label of its own.
  Figure& dashed(const Values& xs, const Values& ys, std::string label = {});
  Figure& dashed(const Values& xs, const std::function<double(double)>& formula,
                 std::string label = {});
  /// A translucent area from `lows` to `highs`, behind all curves: a spread, or a region. An
  /// infinite end reaches the edge of the plot.
  Figure& band(const Values& xs, const Values& lows, const Values& highs, std::string label = {});
  /// A histogram: `heights` over the intervals between `edges`, which are one more.
  Figure& steps(const Values& edges, const Values& heights, std::string label = {});

  /// Writes NAME.gp into `folder` and lets gnuplot draw NAME.png and, for the dark site,
  /// NAME-dark.png. Where gnuplot is not installed, says so once and goes on; throws if gnuplot
  /// fails. NAME.gp stands alone: edit it and run `gnuplot NAME.gp`.
  void draw(const std::filesystem::path& folder) const;

 private:
  friend class Panels;
  struct Layout;  // where the axes and the labels come to lie

  Figure& add(plotting::Series series);

  std::string name_, title_, subtitle_;
  plotting::Axis x_, y_;
  std::vector<plotting::Series> series_;
  int colors_used_ = 0;
};

}  // namespace gradus
