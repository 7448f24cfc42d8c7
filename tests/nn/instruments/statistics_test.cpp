#include "nn/instruments/statistics.h"

#include <cmath>
#include <limits>

#include "tests/catch.h"

using namespace gradus;

TEST_CASE("statistics of four values by hand") {
  const Statistics s = statistics({4, 1, 3, 8});
  CHECK(s.mean == 4.0);
  CHECK(s.deviation == Approx(std::sqrt((0 + 9 + 1 + 16) / 3.0)));
  CHECK(s.median == 3.5);
  CHECK(s.smallest == 1.0);
  CHECK(s.largest == 8.0);
  CHECK(s.variation() == s.deviation / 4);
  CHECK(median({5, 1, 2}) == 2.0);
}

TEST_CASE("statistics: the variation of values does not depend on their unit") {
  CHECK(statistics({1, 2, 4}).variation() == Approx(statistics({1e-30, 2e-30, 4e-30}).variation()));
}

TEST_CASE("statistics: one value has no deviation, a NaN shows, infinity is a value") {
  CHECK(std::isnan(statistics({7}).deviation));
  CHECK(median({7}) == 7.0);
  CHECK(std::isnan(median({1, std::numeric_limits<double>::quiet_NaN(), 2})));
  CHECK(median({1, std::numeric_limits<double>::infinity(), 2}) == 2.0);
  CHECK_THROWS_WITH(statistics({}), "[statistics] there are no values");
}
