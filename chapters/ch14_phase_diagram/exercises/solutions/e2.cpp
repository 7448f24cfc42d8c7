// Solution of exercise 14.2: a boundary with few questions.

#include <algorithm>
#include <functional>

int first_yes(const std::function<bool(int)>& yes, int last, int stride) {
  int low = -1, high = std::min(stride - 1, last);
  while (!yes(high)) {
    if (high == last) return last + 1;
    low = high;
    high = std::min(high + stride, last);
  }
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (yes(middle) ? high : low) = middle;
  }
  return high;
}
