#pragma once

/// Chapter 16. The trainings that experiment and report share.
namespace gradus {

/// One way to train the network on images: a row of the table that is the
/// experiment. Adam where beta1 is not 0; all images in each step where
/// `batch` is 0; a last layer that starts at 0 where its variance is 0.
struct Run {
  const char* name;
  double lr;
  double last_variance = 0.25;
  int steps = 3000;
  double momentum = 0;
  double beta1 = 0;
  int batch = 0;
};

// clang-format off
constexpr Run all_runs[] = {
    {.name = "standard", .lr = 0.8, .steps = 4000},
    {.name = "zero", .lr = 0.4, .last_variance = 0},
    {.name = "large", .lr = 0.01, .last_variance = 16, .steps = 1500},
    {.name = "batch 32", .lr = 0.8, .steps = 2000, .batch = 32},
    {.name = "batch 8", .lr = 0.8, .steps = 2000, .batch = 8},
    {.name = "momentum 0.25", .lr = 0.8, .momentum = 0.25},
    {.name = "momentum 0.5", .lr = 0.8, .momentum = 0.5},
    {.name = "adam 0.5", .lr = 0.002, .steps = 2000, .beta1 = 0.5},
    {.name = "adam 0.9", .lr = 0.001, .beta1 = 0.9}};
// clang-format on

constexpr int image_count = 256;  // of 7 x 7 pixels
constexpr int toy_steps = 4000;
constexpr int output_steps = 60;

}  // namespace gradus
