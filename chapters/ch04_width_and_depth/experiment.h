#pragma once

#include <compare>
#include <cstdint>

/// Chapter 4. Which nets are trained, and how their table names them.
namespace gradus {

constexpr std::int64_t steps = 500, classes = 3;
constexpr double usual_lr = 0.1;
constexpr std::int64_t usual_width = 64, usual_depth = 4;

// A map shows a net's answers on the square from -edge to edge.
constexpr double map_edge = 2.5;
constexpr int map_pixels = 100;

/// What is done about a net that fails.
enum class Remedy {
  none,
  activations,  ///< weights rescaled until every layer's activations have rms 1
  rates,  ///< learning rate x width/64 in the first layer, x 64/width in the last
};
constexpr const char* remedy_names[] = {"none", "activations", "rates"};

/// What may differ between two nets, besides their seed.
struct Setting {
  std::int64_t width = usual_width, depth = usual_depth;
  double lr = usual_lr;
  Remedy remedy = Remedy::none;
  auto operator<=>(const Setting&) const = default;
};

}  // namespace gradus
