#pragma once

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace gradus {

/// How an axis maps values to the page; on a logarithmic one, values <= 0 leave a gap.
enum class Scale { linear, log2, log10 };

/// A figure of curves and points over two axes, drawn by gnuplot in the style of the book: a bold
/// title, a grey subtitle that says what was measured, and each series labelled where it ends.
///
/// Texts are gnuplot's enhanced text: `n^2`, `L_{test}`, `{/:Italic h}`, and UTF-8 such as λ. A
/// label may have a second line, drawn in grey. A series without a label belongs to the one before
/// it and takes its colour. NaN leaves a gap.
///
///     Figure fig("loss");
///     fig.title("The loss falls").subtitle("mean over the test set, 1 seed");
///     fig.x_axis("step").y_axis("loss", Scale::log10);
///     fig.line(steps, losses, "test");
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
  /// Measured points.
  Figure& points(const Values& xs, const Values& ys, std::string label = {});
  /// Measured points with bars from y - error to y + error.
  Figure& points(const Values& xs, const Values& ys, const Values& errors, std::string label = {});
  /// A predicted curve: dashed; grey if it has a label of its own.
  Figure& dashed(const Values& xs, const Values& ys, std::string label = {});

  /// Writes NAME.gp into `folder` and lets gnuplot draw NAME.png and, for the dark site,
  /// NAME-dark.png. Where gnuplot is not installed, says so once and goes on; throws if gnuplot
  /// fails. NAME.gp stands alone: edit it and run `gnuplot NAME.gp`.
  void draw(const std::filesystem::path& folder) const;

 private:
  enum class Style { line, points, dashed };
  struct Series {
    Style style;
    Values xs, ys, errors;
    std::string label;
    int color;  // 0 is grey, else the palette's entry
  };
  struct Axis {
    std::string label;
    Scale scale = Scale::linear;
    double first = std::numeric_limits<double>::quiet_NaN();  // NaN: follows from the data
    double last = std::numeric_limits<double>::quiet_NaN();
  };
  struct Script;  // writes the gnuplot script

  Figure& add(Style style, const Values& xs, const Values& ys, const Values& errors,
              std::string label);

  std::string name_, title_, subtitle_;
  Axis x_, y_;
  std::vector<Series> series_;
  int colors_used_ = 0;
};

}  // namespace gradus
