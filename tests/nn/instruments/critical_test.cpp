// Critical constants of hand-made tables, and of rows in the form of published trajectories.
#include "nn/instruments/critical.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Losses and sharpness of two steps at c = 2^x.
Trajectory run(double x, std::vector<double> loss, std::vector<double> sharpness,
               std::optional<double> barrier = 0.0) {
  return {std::exp2(x), std::move(loss), std::move(sharpness), barrier};
}

void check_constant(const std::optional<CriticalConstant>& found, double x, double low_x,
                    double high_x) {
  REQUIRE(found.has_value());
  CHECK(found->c == std::exp2(x));
  CHECK(found->low == std::exp2(low_x));
  CHECK(found->high == std::exp2(high_x));
}

TEST_CASE("each critical constant is read off its own column") {
  const CriticalConstants found = critical_constants({
      run(1.0, {1, .5, .4}, {10, 9, 8}),
      run(1.3, {1, .9, 1.1}, {10, 9, 8}),
      run(1.6, {1, 2, .4}, {10, 9, 10.01}),
      run(1.9, {1, 3, .4}, {10, 12, 8}, 0.2),
      run(2.2, {1, 3, 1e5}, {10, 12, 8}),
      run(2.5, {1, 3, 100001}, {10, 12, 8}),
      run(2.8, {1, 3, .4}, {10, 12, 8}),
  });
  check_constant(found.c_loss, 1.3, 1.0, 1.3);
  check_constant(found.c_sharp, 1.6, 1.3, 1.6);
  check_constant(found.c_barrier, 1.9, 1.6, 1.9);
  check_constant(found.c_max, 2.2, 2.2, 2.5);  // 1e5 itself has not diverged; 2.8 comes too late
}

TEST_CASE("equal is not above, and the sharpness has a margin") {
  const std::vector<Trajectory> runs = {run(0.5, {1, 1}, {10, 10}), run(1, {1, 2}, {10, 10.4}),
                                        run(1.5, {1, 2}, {10, 10.6})};
  check_constant(critical_constants(runs).c_loss, 1, 0.5, 1);
  check_constant(critical_constants(runs).c_sharp, 1, 0.5, 1);
  check_constant(critical_constants(runs, {.sharpness_margin = 0.05}).c_sharp, 1.5, 1, 1.5);
  CHECK_FALSE(critical_constants(runs, {.sharpness_margin = 0.06 + 1e-9}).c_sharp.has_value());
}

TEST_CASE("a NaN or infinite loss is divergence, wherever it stands") {
  for (const double bad : {nan, infinity, 2e5}) {
    for (const std::vector<double>& loss :
         {std::vector<double>{1, bad}, {1, bad, .1}, {1, .1, bad}}) {
      CHECK(diverged(run(0, loss, {})));
      const CriticalConstants found =
          critical_constants({run(1, {1, .5}, {}), run(2, loss, {}), run(3, {1, .5}, {})});
      check_constant(found.c_max, 1, 1, 2);
      check_constant(found.c_loss, 2, 1, 2);  // it passed its start on the way
    }
  }
  CHECK_FALSE(diverged(run(0, {1, 1e5}, {})));
  CHECK(diverged(run(0, {1, 3}, {}), 2));
}

TEST_CASE("what the table does not show stays empty") {
  const CriticalConstants nothing = critical_constants({});
  CHECK_FALSE(nothing.c_loss.has_value());
  CHECK_FALSE(nothing.c_max.has_value());

  // No run diverges, none rises: c_max is the end of the grid, and with it c_barrier.
  const CriticalConstants calm =
      critical_constants({run(0, {1, .5}, {10, 9}), run(1, {1, .5}, {10, 9})});
  CHECK_FALSE(calm.c_loss.has_value());
  CHECK_FALSE(calm.c_sharp.has_value());
  REQUIRE(calm.c_max.has_value());
  CHECK(calm.c_max->c == 2);
  CHECK(calm.c_max->high == infinity);
  CHECK(calm.c_barrier->c == 2);

  // The first run diverges: there is no c below it.
  const CriticalConstants wild = critical_constants({run(3, {1, nan}, {10, nan}, infinity)});
  CHECK_FALSE(wild.c_max.has_value());
  CHECK_FALSE(wild.c_barrier.has_value());
  CHECK(wild.c_loss->c == 8);
  CHECK(wild.c_loss->low == 0);
  CHECK(wild.c_sharp->c == 8);

  // Barriers that were not measured say nothing.
  CHECK_FALSE(critical_constants({run(0, {1, .5}, {}, {})}).c_barrier.has_value());
}

TEST_CASE("c is neither rounded nor reordered") {
  const double c = 2.0000000000000004;  // the number after 2
  CHECK(critical_constants({{.c = 2, .loss = {1, 1}}, {.c = c, .loss = {1, 2}}}).c_loss->c == c);
  CHECK(error_of([] {
          critical_constants({run(2, {1}, {}), run(1, {1}, {})});
        }) == "[critical_constants] runs must come in increasing order of c, but c = 2 follows 4");
  CHECK(error_of([] { critical_constants({run(2, {}, {})}); }) ==
        "[critical_constants] the run at c = 4 has no losses");
}

// Rows "x,step,loss,sharpness" as trajectories, one per x.
std::vector<Trajectory> read_table(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  REQUIRE(line == "width,depth,x,step,loss,accuracy,sharpness,sharpness_init");
  std::map<double, Trajectory> runs;
  while (std::getline(file, line)) {
    std::vector<double> cells;
    std::stringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(std::stod(cell));
    Trajectory& t = runs[cells.at(2)];
    t.c = std::exp2(cells[2]);
    t.loss.push_back(cells.at(4));
    t.sharpness.push_back(cells.at(6));
  }
  std::vector<Trajectory> result;
  for (auto& [x, t] : runs) result.push_back(std::move(t));
  return result;
}

TEST_CASE("critical constants of rows of a Myrtle-10 on CIFAR-10") {
  const CriticalConstants found = critical_constants(read_table(GRADUS_TEST_TABLE));
  check_constant(found.c_loss, 5.2, 5.0, 5.2);
  check_constant(found.c_sharp, 5.2, 5.0, 5.2);
  check_constant(found.c_max, 5.4, 5.4, 5.6);  // at 5.6 the loss is 1.6e29 and the sharpness NaN
  CHECK_FALSE(found.c_barrier.has_value());
}

}  // namespace
}  // namespace gradus
