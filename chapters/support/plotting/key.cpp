#include "chapters/support/plotting/key.h"

#include <algorithm>

namespace gradus::plotting {
namespace {

constexpr double sample_width = 26, text_gap = 8, entry_gap = 26, row_height = 24;

}  // namespace

Key::Key(std::vector<std::vector<Series>>& panels) {
  int colors_used = 0;
  for (std::vector<Series>& panel : panels) {
    int color = 1;
    for (Series& series : panel) {
      if (!series.label.empty()) {
        const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
          return entry.label == series.label;
        });
        if (known != entries_.end()) {
          color = known->color;
        } else {
          color = series.style == Style::dashed ? 0 : colors_used++ % Page::colors + 1;
          entries_.push_back({series.label, series.style, color});
        }
      }
      series.color = color;
    }
  }
}

std::vector<Key::Place> Key::places(double page_width) const {
  std::vector<Place> places;
  double x = Page::left, y = Page::top;
  for (const Entry& entry : entries_) {
    const double width = sample_width + text_gap + text_width(entry.label);
    if (x > Page::left && x + width > page_width - Page::left) {
      x = Page::left;
      y += row_height;
    }
    places.push_back({x, y});
    x += width + entry_gap;
  }
  return places;
}

double Key::height(double page_width) const {
  if (entries_.empty()) return 0;
  return places(page_width).back().y - Page::top + row_height + 4;
}

void Key::write(Script& gp, const Page& page) const {
  const std::vector<Place> at = places(page.width);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const auto [x, y] = at[i];
    const std::string color = paint(entry.color);
    switch (entry.style) {
      case Style::band:
        gp << "  set object rectangle from " << page.at(x, y - 6) << " to "
           << page.at(x + sample_width, y + 6) << " fc rgb " << color
           << " fs transparent solid 0.3 noborder\n";
        break;
      case Style::points:
        gp << "  set label '' at " << page.at(x + sample_width / 2, y)
           << " point pt 7 ps 0.7 lc rgb " << color << '\n';
        break;
      case Style::line:
      case Style::dashed:
        gp << "  set arrow from " << page.at(x, y) << " to " << page.at(x + sample_width, y)
           << " nohead lc rgb " << color << (entry.style == Style::dashed ? " dt (8,5)" : "")
           << '\n';
    }
    page.text(gp, entry.label, x + sample_width + text_gap, y,
              "textcolor rgb " + std::string(entry.color == 0 ? "grey" : "ink"));
  }
}

}  // namespace gradus::plotting
