#pragma once

/// Chapter 14. How the rows of its table are called.
namespace gradus {

/// The constants of a network; "at" is x = log2 c, "value" is c.
constexpr const char* constants[] = {"c_loss", "c_sharp", "c_barrier",
                                     "c_max"};

/// The runs of the part "find", to be drawn, are loss_0 to loss_4 and
/// sharpness_0 to sharpness_4: c = 1, then one in the middle of each phase.
constexpr int phases = 5;

}  // namespace gradus
