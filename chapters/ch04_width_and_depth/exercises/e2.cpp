// Exercise 4.2 (an hour): the largest stable learning rate.
//
// The heat map of learning rate and width has five rows. To find the edge more finely, start from
// any rate. Double it while it is stable, or halve it while it is not, until there is one of each.
// Then halve the interval: try the middle, and keep the half that still has the edge in it. Rates
// are compared by ratio, so the middle is the geometric one. Every try is a training, so try no
// rate twice, and none that cannot tell you anything.
//
// Write largest_stable. Test it:
//   ./run exercise 4.2

#include <functional>

/// The largest rate that was found stable, when one that is not is at most `precision` > 1 times as
/// large. If start * 2^-40 is not stable either: 0. If start * 2^40 still is: infinity.
double largest_stable(const std::function<bool(double)>& stable, double start,
                      double precision) {
  (void)stable, (void)precision;
  return start;  // your turn
}
