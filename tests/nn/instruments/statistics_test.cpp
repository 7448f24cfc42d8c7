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

TEST_CASE("statistics: equal values have that mean and no deviation, however many, at any scale") {
  for (const double value : {1.0, 0.1, 1 / 3.0, -7.7, 5e-324, 1e-310, 1.7e308, 0.0})
    for (std::size_t n = 2; n <= 100; ++n) {
      INFO(n << " times " << value);
      const Statistics s = statistics(std::vector(n, value));
      CHECK(s.mean == value);
      CHECK(s.median == value);
      CHECK(s.smallest == value);
      CHECK(s.largest == value);
      CHECK(s.deviation == 0);
    }
}

TEST_CASE("statistics: neither overflow nor cancellation") {
  // 1, 2, 3 and 6 in other units and far from 0: mean 3, squares 4 + 1 + 0 + 9
  for (const double unit : {1e-310, 1e-200, 1e200, 2e307}) {
    const Statistics s = statistics({unit, 2 * unit, 3 * unit, 6 * unit});
    CHECK(s.mean / unit == Approx(3).epsilon(1e-12));
    CHECK(s.deviation / unit == Approx(std::sqrt(14 / 3.0)).epsilon(1e-12));
  }
  const double far = 1e15;
  CHECK(statistics({far + 1, far + 2, far + 3, far + 6}).mean == far + 3);
  CHECK(statistics({far + 1, far + 2, far + 3, far + 6}).deviation ==
        Approx(std::sqrt(14 / 3.0)).epsilon(1e-14));
  // The spread of neighbours among the doubles: a third of a step from the mean, and two thirds.
  const double step = std::numeric_limits<double>::epsilon();
  CHECK(statistics({1, 1, 1 + step}).deviation / step == Approx(std::sqrt(1 / 3.0)).epsilon(1e-12));
}

TEST_CASE("statistics: one value has no deviation, a NaN shows, infinity is a value") {
  CHECK(std::isnan(statistics({7}).deviation));
  CHECK(median({7}) == 7.0);
  CHECK(std::isnan(median({1, std::numeric_limits<double>::quiet_NaN(), 2})));
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(median({1, inf, 2}) == 2.0);
  CHECK(statistics({1, inf, 2}).mean == inf);
  CHECK(statistics({1, inf, inf}).mean == inf);
  CHECK(std::isnan(statistics({-inf, 1, inf}).mean));
  CHECK_THROWS_WITH(statistics({}), "[statistics] there are no values");
}

TEST_CASE("spread: one entry per set in each column") {
  const Spread spread = spread_of({{1, 2, 6}, {4}});
  CHECK(spread.mean == std::vector<double>{3, 4});
  CHECK(spread.median == std::vector<double>{2, 4});
  CHECK(spread.smallest == std::vector<double>{1, 4});
  CHECK(spread.largest == std::vector<double>{6, 4});
  CHECK(spread_of({}).median.empty());
}
