#include <functional>
#include <map>

#include "tests/catch.h"

int first_yes(const std::function<bool(int)>& yes, int last, int stride);

namespace {

// Counts the questions, and insists that none comes twice or is about a point outside.
struct Oracle {
  std::function<bool(int)> yes;
  int last;
  std::map<int, int> asked = {};
  int find(int stride) {
    return first_yes(
        [this](int i) {
          CHECK(i >= 0);
          CHECK(i <= last);
          CHECK(++asked[i] == 1);
          return yes(i);
        },
        last, stride);
  }
};

}  // namespace

TEST_CASE(
    "every boundary of a monotone answer is found, with few questions") {
  for (const int stride : {1, 2, 3, 8, 100})
    for (int boundary = 0; boundary <= 41; ++boundary) {
      Oracle oracle{[&](int i) { return i >= boundary; }, 40};
      CHECK(oracle.find(stride) == boundary);
      if (stride == 8)
        CHECK(oracle.asked.size() <= 9);  // 6 coarse steps at most, 3 halves
    }
}

TEST_CASE("an island of the stride's length is found before a later yes") {
  for (int island = 0; island < 20; ++island) {
    Oracle oracle{
        [&](int i) { return (i >= island && i < island + 8) || i >= 35; },
        40};
    CHECK(oracle.find(8) == island);
  }
}

TEST_CASE(
    "a narrower island may be stepped over: the definition asks for more "
    "questions") {
  Oracle coarse{[](int i) { return i == 9 || i >= 35; }, 40};
  Oracle fine = coarse;
  CHECK(fine.find(1) == 9);
  CHECK(coarse.find(8) == 35);
}
