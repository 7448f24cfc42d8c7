#include "chapters/support/plotting/page.h"

#include <gnuplot-iostream.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <locale>

#include "autodiff/check.h"
#include "chapters/support/classic_locale.h"
#include "chapters/support/plotting/gnuplot.h"

namespace gradus::plotting {
namespace {

struct Theme {
  const char *page, *ink, *grey, *pale, *grid;
  const char* color[Page::colors];
};

constexpr Theme light = {
    "#ffffff", "#1f2328", "#59636e",
    "#d0d7de", "#dfe3e8", {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"}};
constexpr Theme dark = {
    "#0d1117", "#f0f6fc", "#9198a1",
    "#3d444d", "#2a313c", {"#56b4e9", "#ff9e4a", "#2fd6a3", "#ee9fc7", "#ffd166", "#8fb8ff"}};

void write_theme(Script& gp, const Theme& theme) {
  gp << "    page = '" << theme.page << "'; ink = '" << theme.ink << "'; grey = '" << theme.grey
     << "'; pale = '" << theme.pale << "'; grid = '" << theme.grid << "'\n    array color["
     << Page::colors << "] = [";
  for (int i = 0; i < Page::colors; ++i) gp << (i == 0 ? "'" : ", '") << theme.color[i] << "'";
  gp << "]\n";
}

}  // namespace

struct Script::File {
  explicit File(const std::filesystem::path& path) : gp(">" + path.string()) {}
  Gnuplot gp;  // writes a file: its pipe would hide that gnuplot is missing
};

Script::Script(const std::filesystem::path& path) : path_(path) {
  errno = 0;
  try {
    file_ = std::make_unique<File>(path);
    commands().imbue(std::locale::classic());
    commands() << std::defaultfloat << std::setprecision(10);
  } catch (const std::ios_base::failure&) {
    close();
  }
}

Script::~Script() = default;

std::ostream& Script::commands() { return file_->gp; }

void Script::data(const std::string& name, const std::vector<std::string>& rows) {
  *this << '$' << name << " << e\n";
  for (const std::string& line : rows) *this << line << '\n';
  *this << "e\n\n";
}

void Script::close() {
  if (file_ && file_->gp.flush()) return;
  const int error = errno != 0 ? errno : EIO;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  fail("cannot write ", path_.string(), ": ", std::strerror(error),
       "; free some space or choose another folder with --out");
}

std::string row(std::initializer_list<double> values) {
  const ClassicLocale point;
  std::string line;
  char text[32];
  for (const double value : values) {
    if (std::isnan(value))
      std::strcpy(text, "nan");  // printf would tell -nan from nan
    else
      std::snprintf(text, sizeof text, "%.10g", value);
    line += (line.empty() ? "" : " ") + std::string(text);
  }
  return line;
}

void Page::set_width(double needed) {
  const double title_width = 1.35 * text_width(title);  // 14 points, bold
  const double texts = 2 * left + std::max(title_width, text_width(subtitle));
  width = std::round(std::clamp(std::max(needed, texts), narrowest, widest));
}

void Page::draw(const std::filesystem::path& folder, const std::function<void(Script&)>& data,
                const std::function<void(Script&)>& plots) const {
  const Drawing drawing(folder, name);
  Script gp(drawing.script());
  gp << "# Redraw " << name << ".png and " << name << "-dark.png with: gnuplot " << name
     << ".gp\nset encoding utf8\n\n";
  data(gp);
  gp << "do for [theme in 'light dark'] {\n  reset\n  if (theme eq 'light') "
        "{\n";
  write_theme(gp, light);
  gp << "  } else {\n";
  write_theme(gp, dark);
  gp << "  }\n  set terminal pngcairo size " << 2 * width << ',' << 2 * height
     << R"( enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
)"
     << "  set output theme eq 'light' ? " << quoted(name + ".png") << " : "
     << quoted(name + "-dark.png") << "\n\n";
  text(gp, "{/:Bold " + title + "}", left, 22.5, "font ',14' textcolor rgb ink");
  text(gp, subtitle, left, 47.5, "textcolor rgb grey");
  plots(gp);
  gp << "}\n";
  gp.close();
  drawing.finish();
}

void Page::place(Script& gp, const Box& box) const {
  gp << "  set lmargin at screen " << box.left / width << "; set rmargin at screen "
     << box.right / width << "; set tmargin at screen " << 1 - box.top / height
     << "; set bmargin at screen " << 1 - box.bottom / height << '\n';
}

std::string Page::at(double x, double y) const {
  const ClassicLocale point;
  char text[64];
  std::snprintf(text, sizeof text, "screen %.6g, screen %.6g", x / width, 1 - y / height);
  return text;
}

std::string Page::size(double across, double down) const {
  return "screen " + row({across / width}) + ", screen " + row({down / height});
}

void Page::text(Script& gp, const std::string& text, double x, double y,
                const std::string& style) const {
  if (!text.empty())
    gp << "  set label " << quoted(text) << " at " << at(x, y) << ' ' << style << '\n';
}

double panel_title_height(const std::string& title) {
  if (title.empty()) return 0;
  return title.find('\n') == std::string::npos ? 26 : 45;
}

void Page::panel_title(Script& gp, const std::string& title_text, const Box& panel,
                       const std::string& color) const {
  const TwoLines lines(title_text);
  const double y = panel.top - panel_title_height(title_text) + 11;
  if (!lines.first.empty())
    text(gp, "{/:Bold " + lines.first + "}", panel.left, y, "textcolor rgb " + color);
  text(gp, lines.second, panel.left, y + 19, "textcolor rgb grey");
}

// At a fixed place, because gnuplot would put it as far out as the tick labels are wide.
void Page::side_label(Script& gp, const std::string& label, const Box& box, double gap) const {
  text(gp, label, box.left - gap, (box.top + box.bottom) / 2, "center rotate textcolor rgb ink");
}

Grid::Grid(const std::vector<std::string>& titles, int wish) {
  count = static_cast<int>(titles.size());
  columns = count <= 4 ? count : count <= 6 || count == 9 ? 3 : 4;
  if (wish > 0) columns = std::min(wish, count);
  title_heights.resize(static_cast<std::size_t>((count + columns - 1) / columns), 0);
  for (std::size_t i = 0; i < titles.size(); ++i) {
    double& height = title_heights[i / static_cast<std::size_t>(columns)];
    height = std::max(height, panel_title_height(titles[i]));
  }
}

Box Grid::box(int index) const {
  const int row = index / columns;
  const double x = left + index % columns * (panel_width + column_gap);
  double y = top + row * (panel_height + row_gap);
  for (int r = 0; r <= row; ++r) y += title_heights[static_cast<std::size_t>(r)];
  return {x, y, x + panel_width, y + panel_height};
}

std::string paint(int color) {
  return color == 0 ? "grey" : "color[" + std::to_string(color) + "]";
}

std::string tint(bool on_dark, int color, double strength) {
  const Theme& theme = on_dark ? dark : light;
  const auto channel = [](const char* hex, int index) {
    return static_cast<double>(std::stoi(
        std::string(hex).substr(1 + 2 * static_cast<std::size_t>(index), 2), nullptr, 16));
  };
  std::string result = "#";
  char text[3];
  for (int i = 0; i < 3; ++i) {
    const double mixed =
        strength * channel(theme.color[color - 1], i) + (1 - strength) * channel(theme.page, i);
    std::snprintf(text, sizeof text, "%02x", static_cast<unsigned>(std::lround(mixed)) & 0xFFU);
    result += text;
  }
  return result;
}

}  // namespace gradus::plotting
