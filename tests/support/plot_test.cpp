// Figures: their scripts, what gnuplot makes of them, and what they refuse.
#include "chapters/support/plotting/plot.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <regex>
#include <thread>

#include "autodiff/check.h"
#include "chapters/support/plotting/heatmap.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/regions.h"
#include "chapters/support/plotting/texts.h"
#include "tests/catch.h"
#include "tests/comma_locale.h"
#include "tests/support/surroundings.h"

namespace fs = std::filesystem;
using namespace gradus;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

Figure small_figure() {
  Figure figure("curve");
  figure.title("It's a curve").subtitle("made up");
  figure.x_axis("x").y_axis("y");
  return figure.line({1, 2, 3}, {1, not_a_number, 2}, "measured")
      .dashed({1, 3}, {1, 2.1}, "predicted");
}

Figure banded_figure() {
  Figure figure("log");
  figure.x_axis("n", Scale::log2).y_axis("error", Scale::log10);
  figure.points({64, 128, 256}, {1e-3, 0, 1e-5}, {2e-3, 1e-4, 0}, "µP\nα = {/:Italic 0.5}");
  return figure.band({64, 128, 256}, {0, not_a_number, 1e-6}, {1e-2, 1e-3, inf}, "spread");
}

Figure empty_figure() {
  Figure figure("empty");
  figure.x_axis("step").y_axis("loss", Scale::log10);
  return figure.line({0, 1}, {not_a_number, not_a_number}, "diverged").line({}, {}, "none");
}

Panels small_panels() {
  Panels panels("panels");
  panels.title("It's small").x_axis("step").y_axis("loss", Scale::log10).columns(2);
  panels.panel("n = 64").line({0, 1}, {1, 0.1}, "SP").line({0, 1}, {1, 0.2}, "µP");
  panels.panel("n = 128").line({0, 1}, {1, 0.3}, "µP").dashed({0, 1}, {1, 0.3}, "predicted");
  panels.panel("its own axis").y_axis("sharpness").steps({0, 0.5, 1}, {20, 30}, "SP");
  return panels;
}

Heatmaps small_heatmaps() {
  Heatmaps maps("heatmaps");
  maps.title("It's warm").x_axis("width", category_names(std::vector{64, 128, 256}));
  maps.y_axis("depth", {"2", "4"}).scale(Scale::log10).format("%.1e").missing("diverged");
  maps.panel("SP", {{1e-3, 1, 50}, {0.1, not_a_number, inf}}).mark(0, 2);
  return maps.panel("µP\nη n^{−1}", {{1, 0, -1}, {2, 2, 2}});
}

// Two classes, left and right of 0; less sure on the right; the upper right corner diverged.
Regions small_regions() {
  Regions maps("regions", -1, 1, 4);
  maps.title("It's a plane").points({-0.5, 0, 0.5, 0}, {0, 1});
  std::vector<double> probabilities;
  const std::vector<double> inputs = maps.inputs();
  for (std::size_t i = 0; i < inputs.size(); i += 2) {
    const bool left = inputs[i]<0, diverged = inputs[i]> 0.5 && inputs[i + 1] > 0.5;
    const double first = diverged ? not_a_number : left ? 0.95 : 0.3;
    probabilities.insert(probabilities.end(), {first, 1 - first});
  }
  return maps.panel("n = 64\nloss 0.05", probabilities);
}

// The script that `draw` writes where there is no gnuplot.
template <class Drawn>
std::string script_of(const Drawn& figure, const std::string& name) {
  TemporaryFolder folder;
  const Environment path("PATH", folder.path.string());
  Captured err(std::cerr);
  figure.draw(folder.path);
  return read(folder.path / (name + ".gp"));
}

bool gnuplot_is_installed() { return std::system("command -v gnuplot > /dev/null") == 0; }

}  // namespace

TEST_CASE("a figure's script stands alone") {
  const std::string script = script_of(small_figure(), "curve");
  for (const char* part : {"It''s a curve", "\n1 1\n2 nan\n3 2\ne\n", "'measured'", "'predicted'",
                           "curve-dark.png", "with lines dt"})
    CHECK_THAT(script, ContainsSubstring(part));
}

TEST_CASE("the same figure gives the same script") {
  CHECK(script_of(small_figure(), "curve") == script_of(small_figure(), "curve"));
  CHECK(script_of(small_panels(), "panels") == script_of(small_panels(), "panels"));
  CHECK(script_of(small_heatmaps(), "heatmaps") == script_of(small_heatmaps(), "heatmaps"));
  CHECK(script_of(small_regions(), "regions") == script_of(small_regions(), "regions"));
}

TEST_CASE("a script does not depend on the global locale") {
  const std::vector<std::function<std::string()>> scripts = {
      [] { return script_of(small_figure().x_range(0.5, 2000), "curve"); },
      [] { return script_of(banded_figure(), "log"); },
      [] { return script_of(small_panels(), "panels"); },
      [] { return script_of(small_heatmaps(), "heatmaps"); },
      [] { return script_of(small_regions(), "regions"); }};
  for (const auto& script : scripts) {
    const std::string expected = script();
    const CommaLocale comma;
    CHECK(script() == expected);
    CHECK(category_names(std::vector{1000, 2000}).front() == "1000");
  }
}

TEST_CASE("a band keeps its gaps and reaches the edges of the plot") {
  const std::string script = script_of(banded_figure(), "log");
  const std::regex rows(
      "# spread\n[$]data2 << e\n64 ([^ ]+) 0.01\n128 nan 0.001\n256 1e-06 (.+)\ne");
  std::smatch found;
  REQUIRE(std::regex_search(script, found, rows));
  CHECK(std::stod(found[1]) > 0);
  CHECK(std::stod(found[1]) < 1e-6);
  CHECK(std::stod(found[2]) > 1e-2);
  CHECK_THAT(script, ContainsSubstring("with filledcurves fs transparent solid"));
}

TEST_CASE("a histogram is an outline and an area") {
  const std::string script = script_of(Figure("steps").steps({0, 1, 3}, {5, 2}, "h"), "steps");
  CHECK_THAT(script, ContainsSubstring("0 5\n1 5\n1 2\n3 2\ne") &&
                         ContainsSubstring("0 0 5\n1 0 5\n1 0 2\n3 0 2\ne"));
}

TEST_CASE("panels give a label one colour and share their axes") {
  const std::string script = script_of(small_panels(), "panels");
  CHECK_THAT(script, ContainsSubstring("$data1 using 1:2 with lines lc rgb color[1]") &&
                         ContainsSubstring("$data2 using 1:2 with lines lc rgb color[2]") &&
                         ContainsSubstring("$data3 using 1:2 with lines lc rgb color[2]") &&
                         ContainsSubstring("$data5 using 1:2 with lines lc rgb color[1]"));
  const auto count = [&](const std::string& part) {
    int found = 0;
    for (auto at = script.find(part); at != std::string::npos; at = script.find(part, at + 1))
      ++found;
    return found;
  };
  for (const char* label : {"'SP'", "'µP'", "'predicted'"}) CHECK(count(label) == 1);
  CHECK(count("set label 'loss'") == 1);
  CHECK(count("set label 'sharpness'") == 1);
  CHECK(count("set xlabel 'step'") == 2);
  CHECK(count("  set logscale y") == 2);

  Panels others("others");
  others.show_others();
  others.panel("a").line({0, 1}, {1, 2});
  others.panel("b").line({0, 1}, {2, 1});
  CHECK_THAT(script_of(others, "others"), ContainsSubstring("$data2 using 1:2 with lines lw 0.6") &&
                                              ContainsSubstring("color[2]"));
}

TEST_CASE("a heat map prints its values and names what is missing") {
  const std::string script = script_of(small_heatmaps(), "heatmaps");
  for (const char* part : {"0 0 0.001 \"1.0e−3\"\n1 0 1 \"1.0e0\"", "$missing1 << e\n1 1\n2 1\ne\n",
                           "'diverged'", "$marks1 << e\n2 0\ne\n", "'128' 1", "It''s warm"})
    CHECK_THAT(script, ContainsSubstring(part));
  CHECK_THAT(script, !ContainsSubstring("$missing2"));
}

TEST_CASE("a category may have a percent sign") {
  Heatmaps maps("shares");
  maps.x_axis("", {"50%", "%d"}).y_axis("", {"one"}).panel("", {{1, 2}});
  CHECK_THAT(script_of(maps, "shares"), ContainsSubstring("'50%%' 0, '%%d' 1"));
}

TEST_CASE("numbers are printed short") {
  CHECK(plotting::printed("%.1e", -3.2e-5) == "−3.2e−5");
  CHECK(plotting::printed("%.0e", 1e10) == "1e10");
  CHECK(plotting::printed("%.1e", 1.0) == "1.0e0");
  CHECK(plotting::printed("%.0f%%", 85.0) == "85%");
  CHECK(plotting::printed("", 1.0).empty());
}

TEST_CASE("a region map colours pixels by class and certainty") {
  const Regions maps("r", -1, 1, 2);
  CHECK(maps.inputs() == std::vector<double>{-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5});
  CHECK_THAT(script_of(small_regions(), "regions"),
             ContainsSubstring("$map1 << e\n3 3 5 5\n3 3 5 5\n3 3 5 5\n3 3 5 0\ne\n") &&
                 ContainsSubstring("$points << e\n-0.5 0 1\n0.5 0 2\ne\n"));
}

TEST_CASE("labels keep apart and inside the page") {
  Figure figure("crowd");
  figure.title("t").x_axis("x", Scale::log2).y_axis("y", Scale::log10);
  for (int i = 0; i < 8; ++i) figure.line({1, 2, 4}, {1e-3, 1, 100 + 0.1 * i}, "curve");
  const std::string script = script_of(figure, "crowd");
  const std::regex label("set label 'curve' at graph [0-9.]+, graph ([0-9.e-]+)");
  std::vector<double> heights;
  for (std::sregex_iterator it(script.begin(), script.end(), label), end; it != end; ++it)
    heights.push_back(std::stod((*it)[1]));
  REQUIRE(heights.size() == 8);
  for (std::size_t i = 1; i < heights.size(); ++i) CHECK(heights[i] - heights[i - 1] > 0.05);
  CHECK(heights.front() > 0);
  CHECK(heights.back() < 1.02);
}

TEST_CASE("figures refuse data that do not fit together") {
  Figure figure("wrong");
  CHECK_THROWS_WITH(figure.line({1, 2}, {1}), ContainsSubstring("2 x values but 1 y values"));
  CHECK_THROWS_WITH(figure.points({1, 2}, {1, 2}, {1}, "p"), ContainsSubstring("1 error bars"));
  CHECK_THROWS_WITH(figure.draw("."), ContainsSubstring("nothing to draw"));
  figure.line({1, 2}, {1, 2}).x_range(2, 1);
  CHECK_THROWS_WITH(figure.draw("."), ContainsSubstring("x axis cannot go from 2 to 1"));
  figure.x_axis("x", Scale::log10).x_range(0, 1);
  CHECK_THROWS_WITH(figure.draw("."), ContainsSubstring("x axis cannot go from 0 to 1"));
}

TEST_CASE("panels and maps refuse what does not fit together") {
  Panels panels("panels");
  CHECK_THROWS_WITH(panels.draw("."), ContainsSubstring("nothing to draw"));
  Figure& panel = panels.panel("a");
  CHECK_THROWS_WITH(panels.draw("."), ContainsSubstring("nothing to draw in panel \"a\""));
  panel.line({1}, {1}).x_axis("own");
  CHECK_THROWS_WITH(panels.draw("."), ContainsSubstring("shares the x axis"));
  CHECK_THROWS_WITH(panel.band({1}, {1}, {1, 2}), ContainsSubstring("1 lower but 2 upper"));
  CHECK_THROWS_WITH(panel.steps({1, 2}, {1, 2}), ContainsSubstring("needs one edge more"));

  Heatmaps maps("maps");
  maps.x_axis("x", {"1", "2"}).y_axis("y", {"1"});
  CHECK_THROWS_WITH(maps.draw("."), ContainsSubstring("nothing to draw"));
  CHECK_THROWS_WITH(maps.mark(0, 0), ContainsSubstring("a panel before its marks"));
  for (const char* format : {"%s", "%d", "%.2f %.2f", "2", "%", "%n", "\"%.2f\""})
    CHECK_THROWS_WITH(maps.format(format), ContainsSubstring("one conversion"));
  Heatmaps rows = maps, columns = maps, marks = maps, colors = maps;
  CHECK_THROWS_WITH(rows.panel("a", {{1, 2}, {1, 2}}).draw("."),
                    ContainsSubstring("2 rows, but the y axis 1"));
  CHECK_THROWS_WITH(columns.panel("a", {{1}}).draw("."),
                    ContainsSubstring("a row of 1 values, but the x axis 2"));
  CHECK_THROWS_WITH(marks.panel("a", {{1, 2}}).mark(0, 2).draw("."),
                    ContainsSubstring("no cell in row 0, column 2"));
  CHECK_THROWS_WITH(colors.panel("a", {{1, 2}}).color_range(2, 1).draw("."),
                    ContainsSubstring("cannot go from 2 to 1"));

  CHECK_THROWS_WITH(Regions("r", 1, -1), ContainsSubstring("from 1 to -1"));
  Regions regions("regions", -1, 1, 2);
  CHECK_THROWS_WITH(regions.draw("."), ContainsSubstring("nothing to draw"));
  CHECK_THROWS_WITH(regions.panel("a", {1, 0, 1}), ContainsSubstring("3 probabilities"));
  CHECK_THROWS_WITH(regions.points({1, 2, 3}, {0}), ContainsSubstring("2 coordinates, got 3"));
  CHECK_THROWS_WITH(regions.points({1, 2}, {6}), ContainsSubstring("no colour for class 6"));
}

TEST_CASE("a script that cannot be written is reported") {
  CHECK_THROWS_WITH(small_figure().draw("/nowhere"),
                    ContainsSubstring("/nowhere/curve.gp") && ContainsSubstring("--out"));
}

TEST_CASE("a gnuplot that fails is reported with its message") {
  TemporaryFolder folder;
  const fs::path gnuplot = folder.path / "gnuplot";
  std::ofstream(gnuplot) << "#!/bin/sh\necho 'line 7: no such terminal' >&2\nexit 1\n";
  fs::permissions(gnuplot, fs::perms::owner_all);
  std::ofstream(folder.path / "curve.png") << "of an earlier run";
  const Environment path("PATH", folder.path.string() + ":/usr/bin:/bin");
  CHECK_THROWS_WITH(small_figure().draw(folder.path),
                    ContainsSubstring("line 7: no such terminal"));
  CHECK(folder.names() == std::set<std::string>{"curve.gp", "gnuplot"});

  std::ofstream(gnuplot) << "#!/bin/sh\nprintf half > curve.png\n";  // a disk that filled up
  CHECK_THROWS_WITH(small_figure().draw(folder.path), ContainsSubstring("did not finish"));
  CHECK(folder.names() == std::set<std::string>{"curve.gp", "gnuplot"});
}

TEST_CASE("gnuplot draws a light and a dark figure") {
  if (!gnuplot_is_installed()) {
    WARN("gradus: skipped, gnuplot is not installed");
    return;
  }
  TemporaryFolder folder;
  small_figure().draw(folder.path);
  banded_figure().draw(folder.path);
  empty_figure().draw(folder.path);
  small_panels().draw(folder.path);
  small_heatmaps().draw(folder.path);
  small_regions().draw(folder.path);
  std::set<std::string> expected;
  for (const std::string name : {"curve", "log", "empty", "panels", "heatmaps", "regions"})
    expected.insert({name + ".gp", name + ".png", name + "-dark.png"});
  CHECK(folder.names() == expected);
}

TEST_CASE("two programs may draw the same figure at once") {
  TemporaryFolder folder, slow;
  const fs::path gnuplot = slow.path / "gnuplot";
  // Draws slowly, and only what it drew itself.
  std::ofstream(gnuplot) << "#!/bin/sh\nfor image in curve curve-dark; do\n"
                            "  [ ! -e $image.png ] || exit 1\n  sleep 0.2\n"
                            "  printf 'IEND1234' > $image.png\ndone\n";
  fs::permissions(gnuplot, fs::perms::owner_all);
  const Environment path("PATH", slow.path.string() + ":/usr/bin:/bin");
  std::atomic<int> failures = 0;
  std::vector<std::thread> programs;
  for (int k = 0; k < 3; ++k)
    programs.emplace_back([&] {
      try {
        small_figure().draw(folder.path);
      } catch (const std::exception&) {
        ++failures;
      }
    });
  for (std::thread& program : programs) program.join();
  CHECK(failures == 0);
  CHECK(folder.names() == std::set<std::string>{"curve.gp", "curve.png", "curve-dark.png"});
}
