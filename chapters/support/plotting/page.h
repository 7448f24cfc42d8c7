#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "chapters/support/plotting/texts.h"

/// What the kinds of figure share: a page with its texts, and the gnuplot script that draws it.
namespace gradus::plotting {

/// A gnuplot script in the making: a stream of commands, and data blocks that it carries along.
class Script {
 public:
  explicit Script(const std::filesystem::path& path);
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  ~Script();

  template <class T>
  Script& operator<<(const T& part) {
    commands() << part;
    return *this;
  }
  /// The data block $`name`, one line for each row.
  void data(const std::string& name, const std::vector<std::string>& rows);
  /// Throws if not everything could be written.
  void close();

 private:
  std::ostream& commands();

  struct File;
  std::filesystem::path path_;
  std::unique_ptr<File> file_;
};

/// A row of a data block.
std::string row(std::initializer_list<double> values);

/// A part of the page, in pixels from its upper left corner.
struct Box {
  double left, top, right, bottom;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

/// The page of a figure. Sizes are in pixels of the page; the file has twice as many.
struct Page {
  static constexpr double left = 16, top = 78, narrowest = 820, widest = 980;
  static constexpr int colors = 6;  // of the palette

  std::string name, title, subtitle;
  double width = 0, height = 0;

  /// As wide as the figure needs, or its texts, between the narrowest and the widest page.
  void set_width(double needed);
  /// Writes the script, `data` first and then `plots` for either theme, and lets gnuplot draw it.
  void draw(const std::filesystem::path& folder, const std::function<void(Script&)>& data,
            const std::function<void(Script&)>& plots) const;

  /// Where gnuplot draws what follows.
  void place(Script& gp, const Box& box) const;
  /// A position on the page as gnuplot writes it.
  std::string at(double x, double y) const;
  std::string size(double across, double down) const;
  /// A label; `style` is gnuplot's, such as "center textcolor rgb grey".
  void text(Script& gp, const std::string& text, double x, double y,
            const std::string& style) const;
  /// The title of the panel below it: bold, its second line grey.
  void panel_title(Script& gp, const std::string& text, const Box& panel,
                   const std::string& color = "ink") const;
  /// The label of the y axis, `gap` left of the box.
  void side_label(Script& gp, const std::string& text, const Box& box, double gap) const;
};

/// Room that a panel's title takes above it.
double panel_title_height(const std::string& title);

/// Panels of the same size in rows, each row below the titles of its panels.
struct Grid {
  /// As many columns as suit the number of panels; a wish above 0 is followed.
  Grid(const std::vector<std::string>& titles, int wish);

  int count, columns;
  std::vector<double> title_heights;  // of each row
  double panel_width = 0, panel_height = 0;
  double left = 0, top = Page::top;
  double column_gap = 0, row_gap = 0;

  Box box(int index) const;
  double bottom() const { return box(count - 1).bottom; }
  bool first_in_row(int index) const { return index % columns == 0; }
  bool is_lowest(int index) const { return index + columns >= count; }
};

/// The colour of palette entry `color` in the script's words; 0 is grey.
std::string paint(int color);

/// Entry `color` (1 to 6) of the palette mixed with the page: 1 is the full colour, 0 the page.
std::string tint(bool dark, int color, double strength);

}  // namespace gradus::plotting
