#include "chapters/support/plotting/panels.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "chapters/support/plotting/axis.h"
#include "chapters/support/plotting/key.h"
#include "chapters/support/plotting/page.h"

namespace gradus {

using namespace plotting;

struct Panels::Layout {
  explicit Layout(const Panels& subject)
      : panels(subject), series(copies()), key(series), grid(titles(), subject.columns_) {
    if (colors_tell_panels())
      for (int i = 0; i < count(); ++i)
        for (Series& curve : series[static_cast<std::size_t>(i)]) curve.color = own_color(i);
    find_spans();
    place();
  }

  std::vector<std::vector<Series>> copies() const {
    std::vector<std::vector<Series>> result;
    for (const Figure& panel : panels.panels_) {
      check(!panel.series_.empty(), "[plot] ", panels.name_, ": nothing to draw in panel \"",
            panel.title_, '"');
      check(panel.x_.label.empty() && std::isnan(panel.x_.first), "[plot] ", panels.name_,
            ": panel \"", panel.title_, "\" shares the x axis of all; set it on the Panels");
      result.push_back(panel.series_);
    }
    return result;
  }

  std::vector<std::string> titles() const {
    std::vector<std::string> result;
    for (const Figure& panel : panels.panels_) result.push_back(panel.title_);
    return result;
  }

  // Without labels, and with the others in grey, each panel has a colour of its own.
  bool colors_tell_panels() const { return panels.show_others_ && key.empty(); }
  static int own_color(int index) { return index % Page::colors + 1; }

  const Figure& panel(int index) const { return panels.panels_[static_cast<std::size_t>(index)]; }
  int count() const { return static_cast<int>(panels.panels_.size()); }
  const Axis& y_axis(int index) const {
    return panel(index).y_.label.empty() ? panels.y_ : panel(index).y_;
  }

  // The x axis spans the data of all panels, a y axis those of the panels that share it.
  void find_spans() {
    std::vector<Series> all;
    for (const auto& part : series) all.insert(all.end(), part.begin(), part.end());
    x = span_of(panels.x_, true, all, panels.name_);
    for (int i = 0; i < count(); ++i) {
      std::vector<Series> sharing;
      for (int k = 0; k < count(); ++k)
        if (const auto& part = series[static_cast<std::size_t>(k)];
            y_axis(k).label == y_axis(i).label)
          sharing.insert(sharing.end(), part.begin(), part.end());
      y.push_back(span_of(y_axis(i), false, sharing, panels.name_));
    }
  }

  void place() {
    page = {panels.name_, panels.title_, panels.subtitle_};
    page.width = Page::widest;
    for (int i = 0; i < count(); ++i) {
      double& widest = grid.first_in_row(i) ? first_tick : inner_tick;
      if (shows_y(i))
        widest = std::max(widest, tick_width(y[static_cast<std::size_t>(i)], y_ticks));
    }
    grid.left = 46 + first_tick;
    grid.top = Page::top + key.height(page.width);
    grid.column_gap = inner_tick > 0 ? 56 + inner_tick : 36;
    grid.row_gap = 26;
    grid.panel_width =
        (page.width - 28 - grid.left - (grid.columns - 1) * grid.column_gap) / grid.columns;
    const bool one_row = grid.columns == count();
    grid.panel_height = std::clamp(0.62 * grid.panel_width, 130.0, one_row ? 300.0 : 200.0);
    page.height = std::round(grid.bottom() + 66);
  }

  // Inside a row a panel needs tick labels only where its y axis is another than its neighbour's.
  bool shows_y(int i) const {
    const auto at = static_cast<std::size_t>(i);
    return grid.first_in_row(i) || y_axis(i).label != y_axis(i - 1).label ||
           y[at].first != y[at - 1].first || y[at].last != y[at - 1].last;
  }

  std::size_t first_data(int index) const {
    std::size_t first = 1;
    for (int i = 0; i < index; ++i) first += panel(i).series_.size();
    return first;
  }

  void write(Script& gp) const {
    key.write(gp, page);
    gp << axes_style << "  set multiplot\n";
    for (int i = 0; i < count(); ++i) write_panel(gp, i);
    gp << "  unset multiplot\n";
  }

  void write_panel(Script& gp, int i) const {
    const auto at = static_cast<std::size_t>(i);
    const Box box = grid.box(i);
    gp << '\n';
    page.place(gp, box);
    const int x_ticks = static_cast<int>(std::clamp(box.width() / 52, 3.0, 7.0));
    gp << axis_commands("x", x, {x_ticks, grid.is_lowest(i)})
       << axis_commands("y", y[at], {y_ticks, shows_y(i)});
    if (shows_y(i))
      page.side_label(gp, y_axis(i).label, box,
                      26 + (grid.first_in_row(i) ? first_tick : inner_tick));
    if (grid.is_lowest(i))
      gp << "  set xlabel " << quoted(panels.x_.label) << " offset 0,0.2 textcolor rgb ink\n";
    page.panel_title(gp, panel(i).title_, box, colors_tell_panels() ? paint(own_color(i)) : "ink");

    std::vector<std::string> parts;
    if (panels.show_others_) parts = others(i);
    const std::vector<std::string> own = plot_parts(series[at], first_data(i));
    parts.insert(parts.end(), own.begin(), own.end());
    write_plot(gp, parts);
    gp << "  unset label; unset arrow; unset object\n";
  }

  std::vector<std::string> others(int index) const {
    std::vector<std::string> parts;
    for (int i = 0; i < count(); ++i) {
      if (i == index || y_axis(i).label != y_axis(index).label) continue;
      std::size_t data = first_data(i);
      for (const Series& curve : series[static_cast<std::size_t>(i)]) {
        if (curve.style == Style::line)
          parts.push_back("$data" + std::to_string(data) +
                          " using 1:2 with lines lw 0.6 lc rgb pale");
        ++data;
      }
    }
    return parts;
  }

  static constexpr int y_ticks = 5;

  const Panels& panels;
  std::vector<std::vector<Series>> series;  // of each panel
  Key key;
  Grid grid;
  Span x{};
  std::vector<Span> y;                    // of each panel
  double first_tick = 0, inner_tick = 0;  // widths of the y axes' tick labels
  Page page;
};

Panels& Panels::title(std::string text) {
  title_ = std::move(text);
  return *this;
}

Panels& Panels::subtitle(std::string text) {
  subtitle_ = std::move(text);
  return *this;
}

Panels& Panels::x_axis(std::string label, Scale scale) {
  x_.label = std::move(label);
  x_.scale = scale;
  return *this;
}

Panels& Panels::y_axis(std::string label, Scale scale) {
  y_.label = std::move(label);
  y_.scale = scale;
  return *this;
}

Panels& Panels::x_range(double first, double last) {
  x_.first = first;
  x_.last = last;
  return *this;
}

Panels& Panels::y_range(double first, double last) {
  y_.first = first;
  y_.last = last;
  return *this;
}

Panels& Panels::columns(int count) {
  columns_ = count;
  return *this;
}

Panels& Panels::show_others() {
  show_others_ = true;
  return *this;
}

Figure& Panels::panel(std::string title) {
  return panels_.emplace_back(name_).title(std::move(title));
}

void Panels::draw(const std::filesystem::path& folder) const {
  check(!panels_.empty(), "[plot] ", name_, ": nothing to draw");
  const Layout layout(*this);
  layout.page.draw(
      folder,
      [&](Script& gp) {
        for (int i = 0; i < layout.count(); ++i) {
          const auto at = static_cast<std::size_t>(i);
          write_data(gp, layout.series[at], layout.y[at], layout.first_data(i));
        }
      },
      [&](Script& gp) { layout.write(gp); });
}

}  // namespace gradus
