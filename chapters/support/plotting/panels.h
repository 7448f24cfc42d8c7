#pragma once

#include <deque>

#include "chapters/support/plotting/plot.h"

namespace gradus {

/// Small multiples: figures side by side that share their axes and one key of labels and colours.
///
///     Panels panels("losses");
///     panels.title("Wider is faster").subtitle("training loss, one seed");
///     panels.x_axis("step").y_axis("loss", Scale::log10);
///     for (const Run& run : runs)
///       panels.panel("n = " + run.name)
///           .line(run.steps, run.sp, "SP")
///           .line(run.steps, run.mup, "µP");
///     panels.draw(options.out);
///
/// A label has one colour in all panels. Panels with the same y axis share its range.
class Panels {
 public:
  explicit Panels(std::string name) : name_(std::move(name)) {}

  Panels& title(std::string text);
  Panels& subtitle(std::string text);
  Panels& x_axis(std::string label, Scale scale = Scale::linear);
  Panels& y_axis(std::string label, Scale scale = Scale::linear);
  /// Fixes the ends of the shared axes.
  Panels& x_range(double first, double last);
  Panels& y_range(double first, double last);
  /// Panels in a row; by default what suits their number.
  Panels& columns(int count);
  /// Each panel also shows the curves of the others, in pale grey.
  Panels& show_others();

  /// The next panel, row by row: draw into it as into any figure. Its title may have a second line,
  /// drawn in grey. A y axis of its own (y_axis and y_range of the figure) replaces the shared one.
  Figure& panel(std::string title);

  void draw(const std::filesystem::path& folder) const;

 private:
  struct Layout;

  std::string name_, title_, subtitle_;
  plotting::Axis x_, y_;
  int columns_ = 0;
  bool show_others_ = false;
  std::deque<Figure> panels_;  // a deque: references to its figures stay valid
};

}  // namespace gradus
