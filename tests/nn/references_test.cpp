// Trainings by PyTorch's optimisers and by the package `mup`, from a file that
// references/make_trajectories.py wrote and describes.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"
#include "tests/engine/reference_array.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

struct Net {
  std::string kind;  // sp or mup
  FcnConfig config{.in = 4, .depth = 3, .out = 2, .activation = Activation::tanh, .bias = true};
  Tensor x, y;
  std::vector<Tensor> effective;  // what the network uses at the start: multiplier * w
};

struct Run {
  std::string optimiser;
  double lr = 0, momentum = 0, beta1 = 0, beta2 = 0, eps = 0, weight_decay = 0;
  std::vector<double> losses;
};

Net read_net(std::istream& header, std::istream& file) {
  Net net;
  header >> net.kind >> net.config.width >> net.config.base_width >> net.config.last.alpha;
  std::string line;
  const auto next = [&] { return read_array((std::getline(file, line), line)); };
  net.x = next();
  net.y = next();
  while (net.effective.size() < 6) net.effective.push_back(next());
  return net;
}

Run read_run(std::istream& header, std::istream& file) {
  Run run;
  header >> run.optimiser >> run.lr >> run.momentum >> run.beta1 >> run.beta2 >> run.eps >>
      run.weight_decay;
  std::string line;
  std::getline(file, line);
  run.losses = read_array(line).to_vector();
  return run;
}

// The largest relative difference between the run's losses and ours.
double difference(Net net, const Parametrisation& form, const Run& run) {
  net.config.parametrisation = form;
  Model model = fcn(net.config);
  model.params.back().multiplier = 1;  // alpha multiplies the output bias too, output_mult does not
  std::vector<Tensor> w;
  for (std::size_t i = 0; i < model.params.size(); ++i)
    w.push_back(net.effective[i] / model.params[i].multiplier);
  const int steps = static_cast<int>(run.losses.size()) - 1;
  // PyTorch's SGD and Adam add weight_decay w to the gradient. AdamW's decay knows no factors; that
  // is why `mup` multiplies weight_decay by what it divides lr by.
  const Decay decay = run.optimiser == "adamw" ? Decay::independent : Decay::l2;
  const std::vector<double> losses = run.optimiser == "sgd"
                                         ? train(model, w, net.x, net.y,
                                                 Sgd(model, {.lr = run.lr,
                                                             .momentum = run.momentum,
                                                             .weight_decay = run.weight_decay,
                                                             .decay = decay}),
                                                 steps)
                                         : train(model, w, net.x, net.y,
                                                 Adam(model, {.lr = run.lr,
                                                              .beta1 = run.beta1,
                                                              .beta2 = run.beta2,
                                                              .eps = run.eps,
                                                              .weight_decay = run.weight_decay,
                                                              .decay = decay}),
                                                 steps);
  double largest = 0;
  for (std::size_t t = 0; t < losses.size(); ++t)
    largest = std::max(largest, std::fabs(losses[t] / run.losses[t] - 1));
  return largest;
}

TEST_CASE("SGD and Adam train as PyTorch's do, and under muP as the mup package's") {
  std::ifstream file(GRADUS_REFERENCES "/trajectories.txt");
  REQUIRE(file);
  Net net;
  int compared = 0;
  for (std::string line, word; std::getline(file, line);) {
    std::istringstream header(line);
    header >> word;
    if (word == "#") continue;
    if (word == "net") {
      net = read_net(header, file);
      continue;
    }
    REQUIRE(word == "run");
    const Run run = read_run(header, file);
    INFO(net.kind << ", " << line);
    // Tables 3 and 9 store weights in other units, in which a fixed eps is another one.
    if (net.kind == "sp")
      CHECK(difference(net, abc::sp, run) < 1e-12);
    else
      CHECK(difference(net, abc::mup_table8, run) < 1e-12);
    if (net.kind == "mup")
      for (const Parametrisation& form : {abc::mup_table3, abc::mup_table9}) {
        if (run.optimiser == "sgd" || run.eps == 0) CHECK(difference(net, form, run) < 1e-12);
        if (run.eps > 1e-3) CHECK(difference(net, form, run) > 1e-3);
      }
    ++compared;
  }
  CHECK(compared == 14);
}

}  // namespace
}  // namespace gradus
