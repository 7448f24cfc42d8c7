// Exercise 4.2: the largest stable learning rate.
//
// The heat map of learning rate and width has five rows. To find the edge more finely, halve: of a
// rate that works and one that diverges take the middle, try it, and keep the half that still has
// the edge in it. Rates are compared by ratio, so the middle is the geometric one.
//
// Write largest_stable. Test it:
//   cmake --build --preset release --target ch04_e2 && build/release/bin/ch04_e2

#include <functional>

/// The edge between `low`, which is stable, and `high`, which is not, after `halvings` halvings: the
/// largest rate that was found stable.
double largest_stable(const std::function<bool(double)>& stable, double low,
                      double high, int halvings) {
  (void)stable;
  (void)high;
  (void)halvings;
  return low;  // your turn
}
