#include "autodiff/grad.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "autodiff/backend.h"
#include "autodiff/check.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

using Nodes = std::unordered_set<const Node*>;
using Cotangents = std::unordered_map<const Node*, Tensor>;

// The part of a graph that carries gradients: every tensor on a path from some x to some y.
struct Paths {
  std::vector<const Tensor*> order;  // each after all of its inputs
  Nodes members;
};

// A depth-first search from the ys. It keeps its own stack, so the graph may be of any depth, and
// lists a tensor once all of its inputs are done: a topological order.
Paths find_paths(const std::vector<Tensor>& ys, const Nodes& xs) {
  Paths paths;
  Nodes visited;
  std::vector<std::pair<const Tensor*, std::size_t>> stack;  // a tensor, and its next input
  const auto enter = [&](const Tensor& t) {
    if (visited.insert(t.node().get()).second) stack.emplace_back(&t, 0);
  };
  for (const Tensor& y : ys) {
    enter(y);
    while (!stack.empty()) {
      auto& [tensor, next] = stack.back();
      const Node* node = tensor->node().get();
      if (next < node->inputs.size()) {
        enter(node->inputs[next++]);
        continue;
      }
      const auto leads_to_x = [&](const Tensor& t) { return paths.members.count(t.node().get()); };
      if (xs.count(node) || std::any_of(node->inputs.begin(), node->inputs.end(), leads_to_x)) {
        paths.order.push_back(tensor);
        paths.members.insert(node);
      }
      stack.pop_back();
    }
  }
  return paths;
}

// sum += term: in place where nobody else can see the sum, which a graph could.
void accumulate(Tensor& sum, Tensor term) {
  if (!sum) {
    sum = std::move(term);
  } else if (!recording() && sum.node().use_count() == 1 && sum.node()->storage.use_count() == 1) {
    backend(sum.device()).binary(Binary::add, array_of(sum), array_of(term), array_of(sum));
  } else {
    sum = add(sum, term);
  }
}

// The cotangent of input number i of y = op(x).
Tensor apply_rule(const Tensor& y, std::size_t i, const Tensor& y_bar) {
  const Node& node = *y.node();
  check(i < node.vjps.size() && node.vjps[i], "[", node.name, "] has no gradient with respect to ",
        "input ", i, "; use stop_gradient where a constant is meant");
  Tensor x_bar = node.vjps[i](node.inputs, y, y_bar);
  check(x_bar.shape() == node.inputs[i].shape(), "[", node.name, "] the rule of input ", i,
        " gave a cotangent of shape ", x_bar.shape(), " for an input of shape ",
        node.inputs[i].shape());
  return x_bar;
}

// [sweep]
// Reverse mode. Let every tensor t have the cotangent t_bar = dL/dt. If t
// feeds the ops u_1, u_2, ..., then dL = <t_bar, dt> gives t_bar as the sum
// of what the rules of the u_k return for it. Outputs before inputs, each sum
// is complete when its tensor's turn comes.
void sweep(const Paths& paths, const Nodes& xs, Cotangents& bars) {
  for (auto it = paths.order.rbegin(); it != paths.order.rend(); ++it) {
    const Tensor& y = **it;
    const Node* node = y.node().get();
    const Tensor y_bar = bars[node];
    if (!xs.count(node)) bars.erase(node);  // nobody asks for it again
    for (std::size_t i = 0; i < node->inputs.size(); ++i) {
      const Node* input = node->inputs[i].node().get();
      if (!paths.members.count(input)) continue;
      accumulate(bars[input], apply_rule(y, i, y_bar));
    }
  }
}
// [sweep]

void check_cotangents(const std::vector<Tensor>& ys, const std::vector<Tensor>& y_bars) {
  check(ys.size() == y_bars.size(), "[vjp] ", ys.size(), " outputs but ", y_bars.size(),
        " cotangents");
  for (std::size_t i = 0; i < ys.size(); ++i)
    check(ys[i].shape() == y_bars[i].shape() && ys[i].dtype() == y_bars[i].dtype(), "[vjp] output ",
          i, " is ", ys[i].shape(), " ", ys[i].dtype(), " but its cotangent ", y_bars[i].shape(),
          " ", y_bars[i].dtype());
}

}  // namespace

std::vector<Tensor> vjp(const std::vector<Tensor>& ys, const std::vector<Tensor>& y_bars,
                        const std::vector<Tensor>& xs, GradOptions options) {
  check_cotangents(ys, y_bars);
  const Recording mode(options.record);

  Nodes targets;
  for (const Tensor& x : xs) {
    check(bool(x), "[vjp] an input holds nothing");
    targets.insert(x.node().get());
  }
  const Paths paths = find_paths(ys, targets);

  Cotangents bars;
  for (std::size_t i = 0; i < ys.size(); ++i)
    if (paths.members.count(ys[i].node().get())) accumulate(bars[ys[i].node().get()], y_bars[i]);
  sweep(paths, targets, bars);

  std::vector<Tensor> x_bars;
  for (const Tensor& x : xs) {
    const auto found = bars.find(x.node().get());
    check(found != bars.end() || options.zeros, "[grad] the output does not depend on input ",
          x_bars.size(), ", of shape ", x.shape(),
          "; was it computed under NoGrad or by grad without record? ",
          "Ask for zeros where none is meant");
    x_bars.push_back(found != bars.end() ? found->second : full_like(x, 0.0));
  }
  return x_bars;
}

Tensor vjp(const Tensor& y, const Tensor& y_bar, const Tensor& x, GradOptions options) {
  return vjp(std::vector{y}, std::vector{y_bar}, std::vector{x}, options).front();
}

std::vector<Tensor> grad(const Tensor& y, const std::vector<Tensor>& xs, GradOptions options) {
  check(y.size() == 1, "[grad] the output has shape ", y.shape(),
        "; a gradient needs a scalar: use sum(), mean(), or vjp() with a cotangent");
  return vjp({y}, {full_like(y, 1.0)}, xs, options);
}

Tensor grad(const Tensor& y, const Tensor& x, GradOptions options) {
  return grad(y, std::vector{x}, options).front();
}

}  // namespace gradus
