#include "autodiff/to_dot.h"

#include <map>
#include <utility>
#include <vector>

#include "autodiff/check.h"

namespace gradus {

std::string to_dot(const Tensor& y) {
  check(y.node() != nullptr, "[to_dot] the tensor is empty; give it a value first");
  std::string nodes, edges;
  std::map<const Node*, std::string> names;
  // Depth first without recursion: a node is written when all its inputs have been.
  std::vector<std::pair<const Node*, std::size_t>> path = {{y.node().get(), 0}};
  while (!path.empty()) {
    auto& [node, next] = path.back();
    if (next < node->inputs.size()) {
      const Node* input = node->inputs[next++].node().get();
      if (!names.count(input)) path.emplace_back(input, 0);
      continue;
    }
    const std::string name = "n" + std::to_string(names.size());
    if (names.emplace(node, name).second) {
      nodes += "  " + name + " [label=\"" + node->name + "\\n" + to_string(node->shape) + "\"" +
               (node->inputs.empty() ? ", shape=box" : "") + "];\n";
      for (const Tensor& input : node->inputs)
        edges += "  " + names.at(input.node().get()) + " -> " + name + ";\n";
    }
    path.pop_back();
  }
  return "digraph {\n  rankdir=LR;\n" + nodes + edges + "}\n";
}

}  // namespace gradus
