#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "autodiff/check.h"
#include "chapters/support/options.h"
#include "data/dataset.h"
#include "nn/models.h"

/// What the reader of chapter 14 may choose, and the networks that it names.
namespace gradus {

struct Setup {
  std::string model = "fcn", loss = "mse", output = "standard";
  std::string widths, depths, x;  // lists; empty: as the size says
  int seeds = 3, batch = 0, measure = 0, memory = 2;
  bool sweep = false, fresh = false;
};

inline std::vector<ChapterOption> options_of(Setup& setup) {
  return {
      {"--model", &setup.model,
       "fcn, linear, myrtle5, myrtle7, myrtle10 or resnet18"},
      {"--loss", &setup.loss, "mse or xent"},
      {"--output", &setup.output,
       "standard, zero, alpha=A, si, out_exp=E or mup"},
      {"--widths", &setup.widths, "list (default: 64,128,256,512)", false},
      {"--depths", &setup.depths, "list (default: 4)", false},
      {"--seeds", &setup.seeds, "networks at each width", false},
      {"--batch", &setup.batch,
       "examples of a step; 0: all that are measured on"},
      {"--measure", &setup.measure,
       "examples that are measured on; 0: 512, with --full 4096"},
      {"--memory", &setup.memory,
       "GiB for a Hessian's graph, per cell; larger ones are built anew for "
       "each product",
       false},  // which only rounds differently
      {"--x", &setup.x,
       "list: no boundaries, but runs at c = 2^x, a cell each", false},
      {"--fresh", &setup.fresh,
       "with --x and --batch: λ_t also on a batch of its own, taken from "
       "those "
       "of training, and by 20 power iterations"},
      {"--sweep", &setup.sweep, "besides, the whole grid for every network",
       false}};
}

/// What is swept: `seeds` networks of each width and depth; with values of x,
/// single runs of them.
struct Grid {
  std::vector<double> widths, depths, x;
  int seeds = 1;
};

inline std::vector<double> numbers(const std::string& list,
                                   const std::string& option) {
  std::vector<double> values;
  std::istringstream text(list);
  for (std::string item; std::getline(text, item, ',');) {
    char* end = nullptr;
    const double value = std::strtod(item.c_str(), &end);
    check(!item.empty() && *end == '\0' && std::isfinite(value), option,
          " takes numbers, with commas between; not ", list);
    check(std::find(values.begin(), values.end(), value) == values.end(),
          option, " ", list, ": ", item, " is there twice");
    values.push_back(value);
  }
  return values;
}

inline std::vector<double> sizes(const std::string& list,
                                 const std::string& option) {
  const std::vector<double> values = numbers(list, option);
  for (const double value : values)
    check(value >= 1 && value <= 1e6 && value == std::floor(value), option,
          " takes whole numbers from 1 up to a million; not ", list);
  return values;
}

inline void check_one_of(const std::string& value, const char* option,
                         const std::set<std::string>& known) {
  std::string all;
  for (const std::string& name : known)
    all += (all.empty() ? "" : ", ") + name;
  check(known.count(value) > 0, option, " ", value,
        " is not known; choose one of ", all);
}

inline LastLayer last_layer(const std::string& output) {
  const std::size_t equals = output.find('=');
  const std::string name = output.substr(0, equals);
  check_one_of(name, "--output",
               {"standard", "zero", "alpha", "si", "out_exp", "mup"});
  const bool needed = name == "alpha" || name == "out_exp";
  check(needed == (equals + 1 < output.size() && equals != std::string::npos),
        "--output alpha=A and out_exp=E take a number, the others none");
  if (name == "zero") return {.zero = true};
  if (name == "si") return {.inverse_square = true};
  if (!needed) return {};
  const std::vector<double> values =
      numbers(output.substr(equals + 1), "--output " + name + '=');
  check(values.size() == 1, "--output ", output, ": ", name,
        " takes one number, not ", values.size());
  if (name == "alpha") return {.alpha = values[0]};
  return {.out_exp = values[0]};
}

/// Fills in what the reader left to the size; what cannot be is an error here,
/// before the sweep begins.
inline Grid grid_of(Setup& setup, bool full) {
  check_one_of(
      setup.model, "--model",
      {"fcn", "linear", "myrtle5", "myrtle7", "myrtle10", "resnet18"});
  check_one_of(setup.loss, "--loss", {"mse", "xent"});
  check(setup.seeds >= 1 && setup.seeds <= 1000, "--seeds ", setup.seeds,
        ": from 1 to 1000 networks, whose seeds begin at 1000 times --seed");
  check(setup.memory >= 1, "--memory ", setup.memory,
        ": a Hessian needs at least 1 GiB");
  check(setup.batch >= 0 && setup.measure >= 0,
        "--batch and --measure count examples; a negative number of them is "
        "none");
  check(!setup.fresh || (setup.batch > 0 && !setup.x.empty()),
        "--fresh takes batches from those of training, and measures single "
        "runs; give --batch and --x, too");
  last_layer(setup.output);
  const bool myrtle = setup.model.starts_with("myrtle");
  if (setup.widths.empty())
    setup.widths = full ? "256,512,1024,2048" : "64,128,256,512";
  if (setup.depths.empty())
    setup.depths = myrtle                      ? setup.model.substr(6)
                   : setup.model == "resnet18" ? "18"
                   : full                      ? "8"
                                               : "4";
  if (setup.measure == 0) setup.measure = full ? 4096 : 512;
  if (full && setup.batch == 0) setup.batch = 512;
  return {sizes(setup.widths, "--widths"), sizes(setup.depths, "--depths"),
          numbers(setup.x, "--x"), setup.seeds};
}

inline Model net_of(const Setup& setup, const Dataset& images,
                    std::int64_t width, std::int64_t depth) {
  const LastLayer last = last_layer(setup.output);
  const bool mup = setup.output == "mup";
  const Parametrisation& table = mup ? abc::mup_table9 : abc::sp;
  if (setup.model == "linear")
    return fcn({.in = images.image_size(),
                .width = width,
                .depth = depth,
                .out = images.classes,
                .activation = Activation::linear,
                .hidden_variance = 1,
                .last = last,
                .parametrisation = mup ? abc::mup_table9 : abc::ntk});
  if (setup.model.starts_with("myrtle"))
    return myrtle({.depth = depth,
                   .width = width,
                   .image_size = images.height,
                   .channels = images.channels,
                   .out = images.classes,
                   .last = last,
                   .parametrisation = table});
  if (setup.model == "resnet18") {
    check(depth == 18, "--depths ", depth, ": resnet18 has 18 layers");
    return resnet18({.width = width,
                     .channels = images.channels,
                     .out = images.classes,
                     .last = last,
                     .parametrisation = table});
  }
  // ReLU, no bias; hidden weights N(0, 2 / fan_in), the last N(0, 1 / fan_in).
  return fcn({.in = images.image_size(),
              .width = width,
              .depth = depth,
              .out = images.classes,
              .last = last,
              .parametrisation = table});
}

/// Throws where a cell would need more memory than there is, before the work:
/// the start, the weights, a gradient and a Hessian product, and each layer's
/// outputs, at one place, of each example that is measured on.
inline void check_fits(const Setup& setup, const Grid& grid,
                       const Dataset& images, const Options& options) {
  for (double w : grid.widths)
    for (double d : grid.depths) {
      const auto width = std::int64_t(w), depth = std::int64_t(d);
      const Model net = net_of(setup, images, width, depth);
      double entries = 4.0 * static_cast<double>(parameter_count(net));
      for (const Param& param : net.params)
        entries += static_cast<double>(setup.measure *
                                       param.shape[param.shape.rank() - 1]);
      check_memory(options,
                   entries * static_cast<double>(size_of(options.dtype)),
                   "a network of width " + std::to_string(width) +
                       " and depth " + std::to_string(depth));
    }
}

}  // namespace gradus
