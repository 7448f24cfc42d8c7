#include "chapters/support/plot.h"

#include <gnuplot-iostream.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <tuple>

#include "autodiff/check.h"
#include "chapters/support/axis.h"
#include "chapters/support/gnuplot.h"

namespace gradus {
namespace {

// Sizes in pixels of the page; the file has twice as many.
constexpr double page_height = 480, plot_top = 78, plot_bottom = 414;
constexpr double line_height = 20, character_width = 7.6, digit_width = 9.2;

// Characters of enhanced text that show on the page: without braces, ^, _ and font changes.
double shown_characters(const std::string& text) {
  double count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' && i + 1 < text.size() && text[i + 1] == '/')
      i = std::min(text.find(' ', i), text.size());
    else if (c != '{' && c != '}' && c != '^' && c != '_' &&
             (static_cast<unsigned char>(c) & 0xC0) != 0x80)
      ++count;
  }
  return count;
}

// A label at the end of a curve: where the curve ends and where the label's middle comes to lie, as
// fractions of the plot.
struct Label {
  std::string first_line, second_line;
  int color = 0;
  double end_x = 0, end_y = 0;
  double x = 0, y = 0;
  double height = 0;
};

// Moves the labels as little as needed so that they do not overlap: neighbours that touch join into
// a block, which is centred on the mean of its wishes.
void spread(std::vector<Label*> labels) {
  std::sort(labels.begin(), labels.end(),
            [](const Label* a, const Label* b) { return a->end_y < b->end_y; });
  struct Block {
    std::size_t first, count;
    double middle, height;
    double bottom() const { return middle - height / 2; }
    double top() const { return middle + height / 2; }
    void stay_inside() { middle = std::max(height / 2, std::min(middle, 1.02 - height / 2)); }
  };
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    blocks.push_back({i, 1, labels[i]->end_y, labels[i]->height});
    blocks.back().stay_inside();
    while (blocks.size() > 1 && blocks.end()[-2].top() > blocks.back().bottom()) {
      const Block upper = blocks.back();
      blocks.pop_back();
      Block& lower = blocks.back();
      const auto sum = static_cast<double>(lower.count + upper.count);
      lower.middle = (lower.middle * static_cast<double>(lower.count) +
                      upper.middle * static_cast<double>(upper.count)) /
                     sum;
      lower.count += upper.count;
      lower.height += upper.height;
      lower.stay_inside();
    }
  }
  for (const Block& block : blocks) {
    double bottom = block.bottom();
    for (std::size_t i = block.first; i < block.first + block.count; ++i) {
      labels[i]->y = bottom + labels[i]->height / 2;
      bottom += labels[i]->height;
    }
  }
}

}  // namespace

/// Lays the figure out and writes it as a gnuplot script.
struct Figure::Script {
  explicit Script(const Figure& subject)
      : figure(subject), x(span(subject.x_, true)), y(span(subject.y_, false)) {
    place_labels();
  }

  // The ends of an axis: given, or the data's with a little room around them.
  Span span(const Axis& axis, bool horizontal) const {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    bool has_points = false;
    for (const Series& series : figure.series_) {
      has_points = has_points || series.style == Style::points;
      const Values& values = horizontal ? series.xs : series.ys;
      for (std::size_t i = 0; i < values.size(); ++i) {
        const double bar = horizontal || series.errors.empty() ? 0 : series.errors[i];
        for (const double value : {values[i] - bar, values[i], values[i] + bar}) {
          const double at = to_scale(axis.scale, value);
          if (std::isfinite(at)) low = std::min(low, at), high = std::max(high, at);
        }
      }
    }
    if (low > high) low = 0, high = 1;
    if (low == high) {
      const double around = axis.scale == Scale::linear && low != 0 ? 0.1 * std::abs(low) : 0.5;
      low -= around, high += around;
    }
    const double room = (high - low) * (horizontal ? (has_points ? 0.03 : 0) : 0.05);
    // A linear axis that nearly reaches 0 starts there: lengths then compare as they should.
    const bool from_zero =
        !horizontal && axis.scale == Scale::linear && low >= 0 && low < 0.4 * high;
    Span span{axis.scale, from_zero ? 0 : low - room, high + room};
    if (!std::isnan(axis.first)) span.first = to_scale(axis.scale, axis.first);
    if (!std::isnan(axis.last)) span.last = to_scale(axis.scale, axis.last);
    check(std::isfinite(span.first) && std::isfinite(span.last) && span.first < span.last,
          "[plot] ", figure.name_, ": the ", horizontal ? "x" : "y", " axis cannot go from ",
          from_scale(axis.scale, span.first), " to ", from_scale(axis.scale, span.last));
    return span;
  }

  // Labels stand in a column right of the plot, except that a curve which ends well before it is
  // labelled inside, where there is room.
  void place_labels() {
    double widest = 0;
    for (const Series& series : figure.series_) {
      if (series.label.empty()) continue;
      const std::size_t cut = std::min(series.label.find('\n'), series.label.size());
      Label label;
      label.first_line = series.label.substr(0, cut);
      if (cut < series.label.size()) label.second_line = series.label.substr(cut + 1);
      label.color = series.color;
      label.height = (label.second_line.empty() ? 1 : 2) * line_height / (plot_bottom - plot_top);
      double right = -std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < series.xs.size(); ++i) {
        const double at_x = x.fraction(series.xs[i]), at_y = y.fraction(series.ys[i]);
        if (std::isfinite(at_x) && std::isfinite(at_y) && at_x <= 1.0001 && at_x > right)
          right = label.end_x = at_x, label.end_y = at_y;
      }
      labels.push_back(label);
      widest = std::max(
          {widest, shown_characters(label.first_line), shown_characters(label.second_line)});
    }
    right_margin = widest > 0 ? 24 + character_width * widest : 28;
    left_margin = std::max(80.0, 46 + digit_width * tick_characters(y));
    width = std::round(std::clamp(left_margin + 520 + right_margin, 820.0, 980.0));

    const double plot_width = width - left_margin - right_margin;
    std::vector<Label*> column, inside;
    for (Label& label : labels) {
      const double characters =
          std::max(shown_characters(label.first_line), shown_characters(label.second_line));
      const bool fits = label.end_x + (16 + character_width * characters) / plot_width < 1;
      label.x = fits ? label.end_x + 10 / plot_width : 1 + 12 / plot_width;
      label.y = label.end_y;
      (fits ? inside : column).push_back(&label);
    }
    spread(column);
    spread(inside);
  }

  void write(Gnuplot& gp) const {
    gp << std::defaultfloat << std::setprecision(10);
    gp << "# Redraw " << figure.name_ << ".png and " << figure.name_ << "-dark.png with: gnuplot "
       << figure.name_ << ".gp\n"
       << "set encoding utf8\n\n";
    for (std::size_t i = 0; i < figure.series_.size(); ++i) write_data(gp, i);
    gp << "do for [theme in 'light dark'] {\n";
    write_theme(gp);
    write_axes(gp);
    write_texts(gp);
    write_curves(gp);
    gp << "}\n";
  }

  // x, y and for bars their lower and upper end; a bar that reaches below a logarithmic axis stops
  // at its foot.
  void write_data(Gnuplot& gp, std::size_t index) const {
    const Series& series = figure.series_[index];
    std::string label = series.label.empty() ? "continued" : series.label;
    std::replace(label.begin(), label.end(), '\n', ' ');
    gp << "# " << label << "\n$data" << index + 1 << " << e\n";
    const double foot = from_scale(y.scale, y.first);
    if (series.errors.empty()) {
      std::vector<std::tuple<double, double>> rows;
      for (std::size_t i = 0; i < series.xs.size(); ++i)
        rows.emplace_back(series.xs[i], series.ys[i]);
      gp.send1d(rows);
    } else {
      std::vector<std::tuple<double, double, double, double>> rows;
      for (std::size_t i = 0; i < series.xs.size(); ++i) {
        const double low = series.ys[i] - series.errors[i];
        rows.emplace_back(series.xs[i], series.ys[i],
                          y.scale != Scale::linear && low <= 0 ? foot : low,
                          series.ys[i] + series.errors[i]);
      }
      gp.send1d(rows);
    }
    gp << '\n';
  }

  void write_theme(Gnuplot& gp) const {
    gp << R"(  if (theme eq 'light') {
    page = '#ffffff'; ink = '#1f2328'; grey = '#59636e'; grid = '#dfe3e8'
    array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
  } else {
    page = '#0d1117'; ink = '#f0f6fc'; grey = '#9198a1'; grid = '#2a313c'
    array color[6] = ['#56b4e9', '#ff9e4a', '#2fd6a3', '#ee9fc7', '#ffd166', '#8fb8ff']
  }
)"
       << "  set terminal pngcairo size " << 2 * width << ',' << 2 * page_height
       << R"( enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
)"
       << "  set output theme eq 'light' ? " << quoted(figure.name_ + ".png") << " : "
       << quoted(figure.name_ + "-dark.png") << "\n\n";
  }

  void write_axes(Gnuplot& gp) const {
    gp << "  set lmargin at screen " << left_margin / width << '\n'
       << "  set rmargin at screen " << 1 - right_margin / width << '\n'
       << "  set tmargin at screen " << 1 - plot_top / page_height << '\n'
       << "  set bmargin at screen " << 1 - plot_bottom / page_height << '\n'
       << R"(  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  unset label
)" << axis_commands("x", x)
       << axis_commands("y", y);
    // At a fixed place, because gnuplot would put it as far out as the tick labels are wide.
    gp << "  set label " << quoted(figure.y_.label) << " at screen " << 20 / width
       << ", graph 0.5 center rotate textcolor rgb ink\n"
       << "  set xlabel " << quoted(figure.x_.label) << " offset 0,0.2 textcolor rgb ink\n";
  }

  static std::string paint(int color) {
    return color == 0 ? "grey" : "color[" + std::to_string(color) + "]";
  }

  void write_texts(Gnuplot& gp) const {
    const double left = 16 / width, second = 0.5 * line_height / (plot_bottom - plot_top);
    gp << "\n  set label " << quoted("{/:Bold " + figure.title_ + "}") << " at screen " << left
       << ", screen 0.953 font ',14' textcolor rgb ink\n"
       << "  set label " << quoted(figure.subtitle_) << " at screen " << left
       << ", screen 0.901 textcolor rgb grey\n";
    for (const Label& label : labels) {
      const bool two = !label.second_line.empty();
      gp << "  set label " << quoted(label.first_line) << " at graph " << label.x << ", graph "
         << label.y + (two ? second : 0) << " front textcolor rgb " << paint(label.color) << '\n';
      if (two)
        gp << "  set label " << quoted(label.second_line) << " at graph " << label.x << ", graph "
           << label.y - second << " front textcolor rgb grey\n";
    }
  }

  void write_curves(Gnuplot& gp) const {
    gp << "\n  plot ";
    for (std::size_t i = 0; i < figure.series_.size(); ++i) {
      const Series& series = figure.series_[i];
      const std::string color = " lc rgb " + paint(series.color);
      gp << (i == 0 ? "" : ", \\\n    ") << "$data" << i + 1 << " using 1:2";
      if (series.style == Style::line) gp << " with lines" << color;
      if (series.style == Style::dashed) gp << " with lines dt (16,10)" << color;
      if (series.style == Style::points && series.errors.empty())
        gp << " with points pt 7 ps 0.7" << color;
      if (series.style == Style::points && !series.errors.empty())
        gp << " with points pt 7 ps 0.7" << color
           << ", '' using 1:3:(0):($4-$3) with vectors nohead" << color;
    }
    gp << '\n';
  }

  const Figure& figure;
  Span x, y;
  std::vector<Label> labels;
  double width = 0, left_margin = 0, right_margin = 0;
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
  return add(Style::line, xs, ys, {}, std::move(label));
}

Figure& Figure::points(const Values& xs, const Values& ys, std::string label) {
  return add(Style::points, xs, ys, {}, std::move(label));
}

Figure& Figure::points(const Values& xs, const Values& ys, const Values& errors,
                       std::string label) {
  check(errors.size() == ys.size(), "[plot] ", name_, ": ", ys.size(), " points but ",
        errors.size(), " error bars");
  return add(Style::points, xs, ys, errors, std::move(label));
}

Figure& Figure::dashed(const Values& xs, const Values& ys, std::string label) {
  return add(Style::dashed, xs, ys, {}, std::move(label));
}

Figure& Figure::add(Style style, const Values& xs, const Values& ys, const Values& errors,
                    std::string label) {
  check(xs.size() == ys.size(), "[plot] ", name_, ": ", xs.size(), " x values but ", ys.size(),
        " y values");
  int color = 0;
  if (label.empty() && !series_.empty())
    color = series_.back().color;
  else if (style != Style::dashed)
    color = colors_used_++ % 6 + 1;
  series_.push_back({style, xs, ys, errors, std::move(label), color});
  return *this;
}

void Figure::draw(const std::filesystem::path& folder) const {
  check(!series_.empty(), "[plot] ", name_, ": nothing to draw");
  const Script layout(*this);
  const std::filesystem::path script = folder / (name_ + ".gp");
  int error = 0;
  try {
    Gnuplot gp(">" + script.string());  // a file: its pipe would hide that gnuplot is missing
    errno = 0;
    layout.write(gp);
    if (!gp.flush()) error = errno != 0 ? errno : EIO;
  } catch (const std::ios_base::failure&) {
    error = errno;
  }
  if (error != 0) {
    std::error_code ignored;
    std::filesystem::remove(script, ignored);
    fail("cannot write ", script.string(), ": ", std::strerror(error),
         "; free some space or choose another folder with --out");
  }
  run_gnuplot(folder, name_);
}

}  // namespace gradus
