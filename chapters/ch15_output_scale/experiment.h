#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "nn/models.h"

/// Chapter 15. The networks of the experiment: they differ in the last layer only.
namespace gradus {

// clang-format off
// [variants]
struct Variant {
  std::string name, title;
  Parametrisation table;
  LastLayer last;
};

const std::vector<Variant> variants = {
    {"sp", "SP", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = 0}},
    {"si", "last variance 1/n²", abc::sp,
     {.variance = 1, .inverse_square = true, .zero = false, .alpha = 1,
      .out_exp = 0}},
    {"zero", "zero last layer", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = true, .alpha = 1,
      .out_exp = 0}},
    {"mup", "µP", abc::mup_table9,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = 0}},
    {"half", "SP, f / n^{1/2}", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = .5}},
    {"one", "SP, f / n", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = 1}}};
// [variants]
// clang-format on

inline Variant named(const std::string& name) {
  return *std::find_if(variants.begin(), variants.end(),
                       [&](const Variant& v) { return v.name == name; });
}

/// SP with an output times alpha = 2^octave; 0 is SP itself.
constexpr int octaves[] = {-8, -6, -4, -2, 0, 2};
inline Variant times_alpha(int octave) {
  Variant v = named("sp");
  if (octave != 0) v.name = "alpha" + std::to_string(octave);
  v.last.alpha = std::exp2(octave);
  return v;
}

/// Other networks, for images of 14 x 14 pixels.
struct Network {
  const char* name;
  Model net;
  double cost;
};
inline std::vector<Network> other_networks(const LastLayer& last) {
  return {{"FCN-4x128",
           fcn({.in = 196, .width = 128, .depth = 4, .last = last}), 1},
          {"linear-4x128",
           fcn({.in = 196,
                .width = 128,
                .depth = 4,
                .activation = Activation::linear,
                .hidden_variance = 1,
                .last = last,
                .parametrisation = abc::ntk}),
           1},
          {"Myrtle-5-8",
           myrtle({.depth = 5,
                   .width = 8,
                   .image_size = 14,
                   .channels = 1,
                   .last = last}),
           8},
          {"ResNet-18-4", resnet18({.width = 4, .channels = 1, .last = last}),
           20}};
}

}  // namespace gradus
