#include <functional>
#include <map>
#include <string>

#include "tests/exercise.h"

int first_yes(const std::function<bool(int)>& yes, int last, int stride);

namespace {

// Counts the questions, and insists that none comes twice or is about a point outside.
struct Oracle {
  std::function<bool(int)> yes;
  int last;
  std::map<int, int> asked = {};
  int find(int stride) {
    const int found = first_yes(
        [this](int i) {
          ++asked[i];
          return yes(i);
        },
        last, stride);
    int outside = 0, twice = 0;
    for (const auto& [point, times] : asked) {
      outside += point < 0 || point > last;
      twice += times > 1;
    }
    expect_equal("points outside of 0, ..., last", outside, 0);
    expect_equal("points that were asked twice", twice, 0,
                 {{"the ends of the last step are known already"}});
    return found;
  }
};

}  // namespace

TEST_CASE(
    "every boundary of a monotone answer is found, with few questions") {
  for (const int stride : {1, 2, 3, 8, 100})
    for (int boundary = 0; boundary <= 41; ++boundary) {
      Oracle oracle{[&](int i) { return i >= boundary; }, 40};
      INFO("stride " << stride);
      expect_equal("first yes", oracle.find(stride), boundary,
                   {{"off by one: high is a yes, low is not", boundary - 1},
                    {"off by one: high is a yes, low is not", boundary + 1},
                    {"the last step is cut short by the grid's end"}});
      if (stride == 8)  // 6 coarse steps at most, 3 halves
        expect("questions", oracle.asked.size() <= 9,
               std::to_string(oracle.asked.size()), "9 at most",
               "steps of `stride`, then halves");
    }
}

TEST_CASE("an island of the stride's length is found before a later yes") {
  for (int island = 0; island < 20; ++island) {
    Oracle oracle{
        [&](int i) { return (i >= island && i < island + 8) || i >= 35; },
        40};
    expect_equal("first yes", oracle.find(8), island,
                 {{"halves of the whole range step over an island", 35}});
  }
}

TEST_CASE(
    "a narrower island may be stepped over: the definition asks for more "
    "questions") {
  Oracle coarse{[](int i) { return i == 9 || i >= 35; }, 40};
  Oracle fine = coarse;
  expect_equal("with stride 1", fine.find(1), 9);
  expect_equal("with stride 8", coarse.find(8), 35);
}
