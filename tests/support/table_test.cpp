#include "chapters/support/table.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/comma_locale.h"

using namespace gradus;

namespace {

Table losses() {
  return {{"width", "seed", "loss"},
          {{"64", "0", "0.5"}, {"64", "1", "nan"}, {"128", "0", "1e-3"}, {"128", "1", "inf"}}};
}

}  // namespace

TEST_CASE("table: rows by setting, numbers by column") {
  const Table wide = losses().where("width", 128);
  CHECK(wide.size() == 2);
  CHECK(wide.number(0, "loss") == 1e-3);
  const CommaLocale comma;  // which must not matter
  CHECK(wide.text(0, "loss") == "1e-3");
  CHECK(std::isinf(wide.where("seed", 1).number(0, "loss")));
  CHECK(std::isnan(losses().numbers("loss")[1]));
  CHECK(losses().numbers("width") == std::vector<double>{64, 64, 128, 128});
  CHECK(losses().grouped("seed", "width") == std::vector<std::vector<double>>(2, {64, 128}));
}

TEST_CASE("table: misspellings are errors") {
  CHECK_THROWS_WITH(losses().numbers("width "), "[table] there is no column width ");
  CHECK_THROWS_WITH(losses().where("width", 96), "[table] no row has 96 in column width");
  CHECK_THROWS_WITH(losses().number(4, "loss"), "[table] there is no row 4 among 4");
  CHECK_THROWS_WITH(Table({"kind"}, {{"SP"}}).numbers("kind"),
                    "[table] 'SP' in column kind is not a number");
  CHECK_THROWS_WITH(Table({"a", "b"}, {{"1"}}),
                    "[table] a row of 1 entries in a table of 2 columns");
}
