#include "chapters/live/live.h"

namespace gradus::live {

std::span<const Figure> figures() {
  static constexpr Figure all[] = {
      {"differences", differences},  // chapter 1
      {"lengths", lengths},          // 2
      {"backward", backward},        // 3
      {"spiral", spiral},            // 4
      {"one_step", one_step},        // 5
      {"coordinates", coordinates},  // 7
      {"transfer", transfer},        // 9
      {"clustering", clustering},    // 12
      {"catapult", catapult},        // 13
      {"catapult_images", catapult_images},
      {"early_training", early_training},  // 14
      {"doubling", doubling},              // 16
      {"branches", branches},              // 11
      {"alpha", alpha},                    // 15
      {"sharpening", sharpening},          // 17
      {"symmetry", symmetry},              // 6
      {"two_norms", two_norms},            // 8
      {"adam_step", adam_step},            // 10
  };
  return all;
}

}  // namespace gradus::live
