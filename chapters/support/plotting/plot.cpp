#include "chapters/support/plotting/plot.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "chapters/support/plotting/axis.h"
#include "chapters/support/plotting/labels.h"
#include "chapters/support/plotting/page.h"

namespace gradus {

using namespace plotting;

struct Figure::Layout {
  explicit Layout(const Figure& subject)
      : figure(subject),
        x(span_of(subject.x_, true, subject.series_, subject.name_)),
        y(span_of(subject.y_, false, subject.series_, subject.name_)) {
    find_labels();
    place_labels();
  }

  void find_labels() {
    for (const Series& series : figure.series_) {
      if (series.label.empty()) continue;
      const TwoLines text(series.label);
      Label label{text.first, text.second, series.color};
      label.width = std::max(text_width(label.first_line), text_width(label.second_line));
      label.height = (label.second_line.empty() ? 1 : 2) * line_height / plot_height;
      const End end = end_of(series, x, y);
      label.end_x = end.x;
      label.end_y = end.y;
      labels.push_back(label);
    }
  }

  // Labels stand in a column right of the plot, except that a curve which ends well before it is
  // labelled inside, where there is room.
  void place_labels() {
    double widest = 0;
    for (const Label& label : labels) widest = std::max(widest, label.width);
    const double right_margin = widest > 0 ? 24 + widest : 28;
    const double left_margin = std::max(80.0, 46 + tick_width(y));
    page = {figure.name_, figure.title_, figure.subtitle_};
    page.set_width(left_margin + 520 + right_margin);
    page.height = 480;
    plot = {left_margin, Page::top, page.width - right_margin, Page::top + plot_height};

    std::vector<Label*> column, inside;
    for (Label& label : labels) {
      const bool fits = label.end_x + (16 + label.width) / plot.width() < 1;
      label.x = fits ? label.end_x + 10 / plot.width() : 1 + 12 / plot.width();
      label.y = label.end_y;
      (fits ? inside : column).push_back(&label);
    }
    spread(column);
    spread(inside);
  }

  void write(Script& gp) const {
    page.place(gp, plot);
    gp << axes_style << axis_commands("x", x) << axis_commands("y", y);
    page.side_label(gp, figure.y_.label, plot, plot.left - 20);
    gp << "  set xlabel " << quoted(figure.x_.label) << " offset 0,0.2 textcolor rgb ink\n";
    for (const Label& label : labels) {
      const double second = label.second_line.empty() ? 0 : 0.5 * line_height / plot_height;
      write_label(gp, label.first_line, label, second, paint(label.color));
      write_label(gp, label.second_line, label, -second, "grey");
    }
    write_plot(gp, plot_parts(figure.series_, 1));
  }

  static void write_label(Script& gp, const std::string& text, const Label& label, double above,
                          const std::string& color) {
    if (!text.empty())
      gp << "  set label " << quoted(text) << " at graph " << label.x << ", graph "
         << label.y + above << " front textcolor rgb " << color << '\n';
  }

  static constexpr double plot_height = 336, line_height = 20;

  const Figure& figure;
  Span x, y;
  std::vector<Label> labels;
  Page page;
  Box plot{};
};

Figure& Figure::title(std::string text) {
  title_ = std::move(text);
  return *this;
}

Figure& Figure::subtitle(std::string text) {
  subtitle_ = std::move(text);
  return *this;
}

Figure& Figure::x_axis(std::string label, Scale scale) {
  x_.label = std::move(label);
  x_.scale = scale;
  return *this;
}

Figure& Figure::y_axis(std::string label, Scale scale) {
  y_.label = std::move(label);
  y_.scale = scale;
  return *this;
}

Figure& Figure::x_range(double first, double last) {
  x_.first = first;
  x_.last = last;
  return *this;
}

Figure& Figure::y_range(double first, double last) {
  y_.first = first;
  y_.last = last;
  return *this;
}

Figure& Figure::line(const Values& xs, const Values& ys, std::string label) {
  return add({Style::line, xs, ys, {}, {}, std::move(label)});
}

Figure& Figure::points(const Values& xs, const Values& ys, std::string label) {
  return add({Style::points, xs, ys, {}, {}, std::move(label)});
}

Figure& Figure::points(const Values& xs, const Values& ys, const Values& errors,
                       std::string label) {
  check(errors.size() == ys.size(), "[plot] ", name_, ": ", ys.size(), " points but ",
        errors.size(), " error bars");
  Values lows = ys, highs = ys;
  for (std::size_t i = 0; i < errors.size(); ++i) lows[i] -= errors[i], highs[i] += errors[i];
  return add({Style::points, xs, ys, lows, highs, std::move(label)});
}

Figure& Figure::dashed(const Values& xs, const Values& ys, std::string label) {
  return add({Style::dashed, xs, ys, {}, {}, std::move(label)});
}
Figure& Figure::dashed(const Values& xs, const std::function<double(double)>& formula,
                       std::string label) {
  Values ys;
  for (const double x : xs) ys.push_back(formula(x));
  return dashed(xs, ys, std::move(label));
}

Figure& Figure::band(const Values& xs, const Values& lows, const Values& highs, std::string label) {
  check(lows.size() == highs.size(), "[plot] ", name_, ": a band of ", lows.size(), " lower but ",
        highs.size(), " upper ends");
  return add({Style::band, xs, lows, lows, highs, std::move(label)});
}

Figure& Figure::steps(const Values& edges, const Values& heights, std::string label) {
  check(edges.size() == heights.size() + 1, "[plot] ", name_, ": a histogram of ", heights.size(),
        " steps needs one edge more, got ", edges.size());
  Values xs, ys;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    xs.insert(xs.end(), {edges[i], edges[i + 1]});
    ys.insert(ys.end(), {heights[i], heights[i]});
  }
  return line(xs, ys, std::move(label)).band(xs, Values(xs.size(), 0), ys);
}

Figure& Figure::add(Series series) {
  check(series.xs.size() == series.ys.size(), "[plot] ", name_, ": ", series.xs.size(),
        " x values but ", series.ys.size(), " y values");
  if (series.label.empty() && !series_.empty())
    series.color = series_.back().color;
  else if (series.style != Style::dashed)
    series.color = colors_used_++ % Page::colors + 1;
  series_.push_back(std::move(series));
  return *this;
}

void Figure::draw(const std::filesystem::path& folder) const {
  check(!series_.empty(), "[plot] ", name_, ": nothing to draw");
  const Layout layout(*this);
  layout.page.draw(
      folder, [&](Script& gp) { write_data(gp, series_, layout.y, 1); },
      [&](Script& gp) { layout.write(gp); });
}

}  // namespace gradus
