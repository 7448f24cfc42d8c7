#pragma once

/// Chapter 13. What its tables share with the report.
namespace gradus {

constexpr int image_steps = 10;
constexpr double small_start = 0.05;  // phi of the catapults that are drawn

}  // namespace gradus
