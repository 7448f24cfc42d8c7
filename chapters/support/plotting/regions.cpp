#include "chapters/support/plotting/regions.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "chapters/support/plotting/page.h"
#include "chapters/support/plotting/series.h"

namespace gradus {

using namespace plotting;

namespace {

// How strong the colour of a pixel is, by the probability of its class.
constexpr struct {
  double from, light, dark;
} levels[] = {{0, 0.14, 0.16}, {0.6, 0.27, 0.30}, {0.9, 0.42, 0.46}};
constexpr int level_count = 3;

// 0 for NaN, else one number for each class and level.
int color_number(const double* probabilities, std::size_t classes) {
  if (std::any_of(probabilities, probabilities + classes, [](double p) { return std::isnan(p); }))
    return 0;
  const auto best = std::max_element(probabilities, probabilities + classes);
  int level = 0;
  while (level + 1 < level_count && *best >= levels[level + 1].from) ++level;
  return 1 + static_cast<int>(best - probabilities) * level_count + level;
}

void write_palette(Script& gp, bool dark) {
  gp << "set palette defined (0 grid";
  for (int c = 1; c <= Page::colors; ++c)
    for (int level = 0; level < level_count; ++level)
      gp << ", " << 1 + (c - 1) * level_count + level << " '"
         << tint(dark, c, dark ? levels[level].dark : levels[level].light) << '\'';
  gp << ")";
}

}  // namespace

struct Regions::Layout {
  explicit Layout(const Regions& subject) : maps(subject), grid(titles(), subject.columns_) {
    grid.left = Page::left;
    grid.column_gap = 24;
    grid.row_gap = 18;
    const double room = Page::widest - 2 * Page::left - (grid.columns - 1) * grid.column_gap;
    grid.panel_width = grid.panel_height = std::floor(std::min(380.0, room / grid.columns));
    page = {maps.name_, maps.title_, maps.subtitle_};
    page.set_width(grid.box(grid.columns - 1).right + Page::left);
    page.height = grid.bottom() + Page::left;
  }

  std::vector<std::string> titles() const {
    std::vector<std::string> result;
    for (const Panel& panel : maps.panels_) result.push_back(panel.title);
    return result;
  }

  void write_data(Script& gp) const {
    for (std::size_t i = 0; i < maps.panels_.size(); ++i)
      gp.data("map" + std::to_string(i + 1), maps.panels_[i].rows);
    std::vector<std::string> points;
    for (std::size_t i = 0; i < maps.labels_.size(); ++i)
      points.push_back(row({maps.coordinates_[2 * i], maps.coordinates_[2 * i + 1]}) + ' ' +
                       std::to_string(maps.labels_[i] + 1));
    if (!points.empty()) gp.data("points", points);
  }

  void write(Script& gp) const {
    gp << "  if (theme eq 'light') { ";
    write_palette(gp, false);
    gp << " } else { ";
    write_palette(gp, true);
    gp << " }\n  set cbrange [0:" << Page::colors * level_count << R"(]
  unset colorbox
  unset key
  unset tics
  set border 15 lc rgb grid lw 0.6
  set xrange [)"
       << maps.first_ << ':' << maps.last_ << "]; set yrange [" << maps.first_ << ':' << maps.last_
       << "]\n  set multiplot\n";
    for (int i = 0; i < grid.count; ++i) {
      gp << '\n';
      page.place(gp, grid.box(i));
      page.panel_title(gp, maps.panels_[static_cast<std::size_t>(i)].title, grid.box(i));
      write_plot(gp, parts(i));
      gp << "  unset label\n";
    }
    gp << "  unset multiplot\n";
  }

  std::vector<std::string> parts(int i) const {
    const double pixel = (maps.last_ - maps.first_) / maps.pixels_;
    const auto middle = [&](const char* column) {
      return "(" + row({maps.first_ + pixel / 2}) + " + $" + column + " * " + row({pixel}) + ")";
    };
    std::vector<std::string> result = {"$map" + std::to_string(i + 1) + " matrix using " +
                                       middle("1") + ":" + middle("2") + ":3 with image"};
    if (maps.labels_.empty()) return result;
    result.push_back("$points using 1:2 with points pt 7 ps 0.46 lc rgb page");
    const int classes = 1 + *std::max_element(maps.labels_.begin(), maps.labels_.end());
    for (int c = 1; c <= classes; ++c)
      result.push_back("$points using 1:($3 == " + std::to_string(c) +
                       " ? $2 : NaN) with points pt 7 ps 0.3 lc rgb " + paint(c));
    return result;
  }

  const Regions& maps;
  Grid grid;
  Page page;
};

Regions::Regions(std::string name, double first, double last, int pixels)
    : name_(std::move(name)), first_(first), last_(last), pixels_(pixels) {
  check(first < last && pixels > 0, "[plot] ", name_, ": no map of ", pixels, " pixels from ",
        first, " to ", last);
}

Regions& Regions::title(std::string text) {
  title_ = std::move(text);
  return *this;
}

Regions& Regions::subtitle(std::string text) {
  subtitle_ = std::move(text);
  return *this;
}

Regions& Regions::columns(int count) {
  columns_ = count;
  return *this;
}

Regions::Values Regions::inputs() const {
  const double pixel = (last_ - first_) / pixels_;
  Values result;
  for (int y = 0; y < pixels_; ++y)
    for (int x = 0; x < pixels_; ++x)
      result.insert(result.end(), {first_ + (x + 0.5) * pixel, first_ + (y + 0.5) * pixel});
  return result;
}

Regions& Regions::points(Values coordinates, std::vector<int> labels) {
  check(coordinates.size() == 2 * labels.size(), "[plot] ", name_, ": ", labels.size(),
        " labels need ", 2 * labels.size(), " coordinates, got ", coordinates.size());
  for (const int label : labels)
    check(label >= 0 && label < Page::colors, "[plot] ", name_, ": there is no colour for class ",
          label, "; classes go from 0 to ", Page::colors - 1);
  coordinates_ = std::move(coordinates);
  labels_ = std::move(labels);
  return *this;
}

Regions& Regions::panel(std::string title, const Values& probabilities) {
  const auto side = static_cast<std::size_t>(pixels_);
  const std::size_t classes = probabilities.size() / (side * side);
  check(classes > 0 && classes <= Page::colors && classes * side * side == probabilities.size(),
        "[plot] ", name_, ": ", probabilities.size(), " probabilities do not fit ", side * side,
        " pixels and 1 to ", Page::colors, " classes");
  Panel panel{std::move(title), {}};
  for (std::size_t y = 0; y < side; ++y) {
    std::string line;
    for (std::size_t x = 0; x < side; ++x)
      line += (x == 0 ? "" : " ") +
              std::to_string(color_number(&probabilities[(y * side + x) * classes], classes));
    panel.rows.push_back(std::move(line));
  }
  panels_.push_back(std::move(panel));
  return *this;
}

void Regions::draw(const std::filesystem::path& folder) const {
  check(!panels_.empty(), "[plot] ", name_, ": nothing to draw");
  const Layout layout(*this);
  layout.page.draw(
      folder, [&](Script& gp) { layout.write_data(gp); }, [&](Script& gp) { layout.write(gp); });
}

}  // namespace gradus
