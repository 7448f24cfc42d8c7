#include "chapters/support/plotting/heatmap.h"

#include <algorithm>
#include <cmath>
#include <regex>

#include "autodiff/check.h"
#include "chapters/support/plotting/axis.h"
#include "chapters/support/plotting/page.h"

namespace gradus {

using namespace plotting;
namespace {

constexpr double bar_gap = 20, bar_width = 16;

// Ten colours of viridis (Smith and van der Walt 2015).
constexpr const char* viridis =
    R"(  set palette defined (0 '#440154', 1 '#482878', 2 '#3e4989', \
    3 '#31688e', 4 '#26828e', 5 '#1f9e89', 6 '#35b779', 7 '#6ece58', 8 '#b5de2b', 9 '#fde725')
)";

// gnuplot takes the label of a tick for a format of printf.
std::string tics(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string label;
    for (const char c : names[i]) label += c == '%' ? "%%" : std::string(1, c);
    list += (i == 0 ? "" : ", ") + plotting::quoted(label) + ' ' + std::to_string(i);
  }
  return list;
}

}  // namespace

struct Heatmaps::Layout {
  explicit Layout(const Heatmaps& subject) : maps(subject), grid(titles(), subject.columns_) {
    for (std::size_t i = 0; i < maps.panels_.size(); ++i) spans.push_back(color_span(i));
    place();
  }

  std::vector<std::string> titles() const {
    std::vector<std::string> result;
    for (const Panel& panel : maps.panels_) result.push_back(panel.title);
    return result;
  }

  // The range of colours of a panel: of its own values, or of all.
  Span color_span(std::size_t index) const {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const Scale scale = maps.color_.scale;
    for (std::size_t i = 0; i < maps.panels_.size(); ++i) {
      if (maps.own_bars_ && i != index) continue;
      for (const auto& values : maps.panels_[i].values)
        for (const double value : values)
          if (const double at = to_scale(scale, value); std::isfinite(at))
            low = std::min(low, at), high = std::max(high, at);
    }
    if (low > high) low = 0, high = 1;
    if (low == high) low -= 0.5, high += 0.5;
    if (!std::isnan(maps.color_.first)) low = to_scale(scale, maps.color_.first);
    if (!std::isnan(maps.color_.last)) high = to_scale(scale, maps.color_.last);
    check(std::isfinite(low) && std::isfinite(high) && low < high, "[plot] ", maps.name_,
          ": the colours cannot go from ", from_scale(scale, low), " to ", from_scale(scale, high));
    return {scale, low, high};
  }

  void place() {
    const auto columns = static_cast<double>(maps.x_categories_.size());
    const auto rows = static_cast<double>(maps.y_categories_.size());
    double bar_room = 0;
    for (const Span& span : spans)
      bar_room = std::max(bar_room, bar_gap + bar_width + 14 + tick_width(span, bar_ticks));

    grid.left = 48 + text_width(maps.y_categories_);
    grid.column_gap = maps.own_bars_ ? bar_room + 24 : 32;
    const double room = Page::widest - grid.left - bar_room - (grid.columns - 1) * grid.column_gap;
    cell_width = std::min(88.0, room / (grid.columns * columns));
    cell_height = std::clamp(cell_width, 26.0, 42.0);
    grid.panel_width = std::floor(cell_width * columns);
    grid.panel_height = std::floor(cell_height * rows);
    grid.row_gap = 50;

    page = {maps.name_, maps.title_, maps.subtitle_};
    page.set_width(grid.box(grid.columns - 1).right + bar_room);
    page.height = std::round(grid.bottom() + 66);
    place_fonts();
  }

  void place_fonts() {
    category_font = 11;
    for (const std::string& name : maps.x_categories_)
      category_font = std::min(category_font, fitting_font(name, cell_width - 6, 11));
    std::string longest;
    for (const Panel& panel : maps.panels_)
      for (const auto& values : panel.values)
        for (const double value : values)
          if (const std::string text = printed(maps.format_, value);
              std::isfinite(value) && text_width(text) > text_width(longest))
            longest = text;
    value_font = fitting_font(longest, cell_width - 6, 10);
    missing_font = fitting_font(maps.missing_, cell_width - 6, value_font);
  }

  void write_data(Script& gp) const {
    for (std::size_t p = 0; p < maps.panels_.size(); ++p) {
      const Panel& panel = maps.panels_[p];
      std::vector<std::string> cells, missing, marks;
      for (std::size_t r = 0; r < panel.values.size(); ++r)
        for (std::size_t c = 0; c < panel.values[r].size(); ++c) {
          const double value = panel.values[r][c];
          const std::string at = std::to_string(c) + ' ' + std::to_string(r);
          if (std::isfinite(value))
            cells.push_back(at + ' ' + row({value}) + " \"" + printed(maps.format_, value) + '"');
          else
            missing.push_back(at);
        }
      for (const auto& [r, c] : panel.marks)
        marks.push_back(std::to_string(c) + ' ' + std::to_string(r));
      const std::string number = std::to_string(p + 1);
      if (!cells.empty()) gp.data("cells" + number, cells);
      if (!missing.empty()) gp.data("missing" + number, missing);
      if (!marks.empty()) gp.data("marks" + number, marks);
    }
  }

  void write(Script& gp) const {
    gp << viridis << R"(  unset border
  unset key
  set minussign
  set multiplot
)";
    for (int i = 0; i < grid.count; ++i) write_panel(gp, i);
    gp << "  unset multiplot\n";
  }

  void write_panel(Script& gp, int i) const {
    const Panel& panel = maps.panels_[static_cast<std::size_t>(i)];
    const Box box = grid.box(i);
    gp << '\n';
    page.place(gp, box);
    gp << "  set xrange [-0.5:" << maps.x_categories_.size()
       << "-0.5]; set yrange [-0.5:" << maps.y_categories_.size() << "-0.5]\n"
       << "  set xtics (" << tics(maps.x_categories_) << ") scale 0 font '," << category_font
       << "' textcolor rgb ink\n";
    if (grid.first_in_row(i))
      gp << "  set ytics (" << tics(maps.y_categories_) << ") scale 0 textcolor rgb ink\n";
    else
      gp << "  unset ytics\n";
    if (grid.is_lowest(i))
      gp << "  set xlabel " << quoted(maps.x_label_) << " offset 0,0.2 textcolor rgb ink\n";
    if (grid.first_in_row(i)) page.side_label(gp, maps.y_label_, box, grid.left - 20);
    page.panel_title(gp, panel.title, box);
    write_color_bar(gp, i);
    write_cells(gp, panel, i);
    gp << "  unset label; unset xlabel\n";
  }

  // Beside the panel if it has its own, else right of the last panel of the first row.
  void write_color_bar(Script& gp, int i) const {
    const Span& span = spans[static_cast<std::size_t>(i)];
    gp << axis_commands("cb", span, {bar_ticks});
    if (!maps.own_bars_ && i != grid.columns - 1) {
      gp << "  unset colorbox\n";
      return;
    }
    const Box box = grid.box(i);
    gp << "  set colorbox vertical user noborder origin "
       << page.at(box.right + bar_gap, box.bottom) << " size " << page.size(bar_width, box.height())
       << "\n  set cbtics scale 0 offset -0.3,0 textcolor rgb ink\n";
  }

  void write_cells(Script& gp, const Panel& panel, int i) const {
    const Span& span = spans[static_cast<std::size_t>(i)];
    const std::string number = std::to_string(i + 1);
    const std::string cell =
        " using 1:2:(" + row({0.5 - 1 / cell_width}) + "):(" + row({0.5 - 1 / cell_height}) + ')';
    const std::string box = " with boxxyerror lc ";
    bool any = false, all = true;
    for (const auto& values : panel.values)
      for (const double value : values) (std::isfinite(value) ? any : all) = std::isfinite(value);

    std::vector<std::string> parts;
    if (any) {
      // White on the darker half of the colours, dark on the lighter.
      const double middle = from_scale(span.scale, (span.first + span.last) / 2);
      // A logarithm has no colour for values <= 0: they lie below all others.
      const std::string color =
          span.scale == Scale::linear
              ? ":3"
              : ":($3 > 0 ? $3 : " + row({from_scale(span.scale, span.first)}) + ")";
      parts.push_back("$cells" + number + cell + color + box + "palette fs solid noborder");
      parts.push_back("$cells" + number + " using 1:2:4:($3 < " + row({middle}) +
                      " ? 0xffffff : 0x0d1117) with labels textcolor rgb "
                      "variable font '," +
                      row({value_font}) + "'");
    }
    if (!all) {
      parts.push_back("$missing" + number + cell + box + "rgb grid fs solid noborder");
      parts.push_back("$missing" + number + " using 1:2:(" + quoted(maps.missing_) +
                      ") with labels textcolor rgb grey font '," + row({missing_font}) + "'");
    }
    if (!panel.marks.empty())
      parts.push_back("$marks" + number + cell + box + "rgb '#ff5a52' lw 1.3 fs empty");
    write_plot(gp, parts);
  }

  static constexpr int bar_ticks = 6;

  const Heatmaps& maps;
  Grid grid;
  std::vector<Span> spans;  // of each panel's colours
  Page page;
  double cell_width = 0, cell_height = 0, category_font = 0, value_font = 0, missing_font = 0;
};

Heatmaps& Heatmaps::title(std::string text) {
  title_ = std::move(text);
  return *this;
}

Heatmaps& Heatmaps::subtitle(std::string text) {
  subtitle_ = std::move(text);
  return *this;
}

Heatmaps& Heatmaps::x_axis(std::string label, std::vector<std::string> categories) {
  x_label_ = std::move(label);
  x_categories_ = std::move(categories);
  return *this;
}

Heatmaps& Heatmaps::y_axis(std::string label, std::vector<std::string> categories) {
  y_label_ = std::move(label);
  y_categories_ = std::move(categories);
  return *this;
}

Heatmaps& Heatmaps::scale(Scale scale) {
  color_.scale = scale;
  return *this;
}

Heatmaps& Heatmaps::color_range(double first, double last) {
  color_.first = first;
  color_.last = last;
  return *this;
}

Heatmaps& Heatmaps::own_color_bars() {
  own_bars_ = true;
  return *this;
}

Heatmaps& Heatmaps::format(std::string printf_format) {
  static const std::regex one_conversion(
      "([^%\"]|%%)*%[-+ #0]*[0-9]*(\\.[0-9]+)?[eEfFgG]([^%\"]|%%)*");
  check(printf_format.empty() || std::regex_match(printf_format, one_conversion), "[plot] ", name_,
        ": the format \"", printf_format,
        "\" must hold one conversion of a floating-point number, such as "
        "%.2f or %.1e");
  format_ = std::move(printf_format);
  return *this;
}

Heatmaps& Heatmaps::missing(std::string word) {
  missing_ = std::move(word);
  return *this;
}

Heatmaps& Heatmaps::columns(int count) {
  columns_ = count;
  return *this;
}

Heatmaps& Heatmaps::panel(std::string title, Rows values) {
  panels_.push_back({std::move(title), std::move(values), {}});
  return *this;
}

Heatmaps& Heatmaps::mark(std::size_t row, std::size_t column) {
  check(!panels_.empty(), "[plot] ", name_, ": add a panel before its marks");
  panels_.back().marks.emplace_back(row, column);
  return *this;
}

void Heatmaps::draw(const std::filesystem::path& folder) const {
  check(!panels_.empty() && !x_categories_.empty() && !y_categories_.empty(), "[plot] ", name_,
        ": nothing to draw");
  for (const Panel& panel : panels_) {
    check(panel.values.size() == y_categories_.size(), "[plot] ", name_, ": panel \"", panel.title,
          "\" has ", panel.values.size(), " rows, but the y axis ", y_categories_.size());
    for (const auto& values : panel.values)
      check(values.size() == x_categories_.size(), "[plot] ", name_, ": panel \"", panel.title,
            "\" has a row of ", values.size(), " values, but the x axis ", x_categories_.size());
    for (const auto& [row, column] : panel.marks)
      check(row < y_categories_.size() && column < x_categories_.size(), "[plot] ", name_,
            ": panel \"", panel.title, "\" has no cell in row ", row, ", column ", column);
  }
  const Layout layout(*this);
  layout.page.draw(
      folder, [&](Script& gp) { layout.write_data(gp); }, [&](Script& gp) { layout.write(gp); });
}

}  // namespace gradus
