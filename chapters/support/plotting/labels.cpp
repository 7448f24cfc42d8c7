#include "chapters/support/plotting/labels.h"

#include <algorithm>

namespace gradus::plotting {
namespace {

// Labels that touch, one upon the other.
struct Block {
  std::size_t first, count;
  double middle, height;
  double bottom() const { return middle - height / 2; }
  double top() const { return middle + height / 2; }
  void stay_inside() { middle = std::max(height / 2, std::min(middle, 1.02 - height / 2)); }
};

}  // namespace

// Neighbours that touch join into a block, which is centred on the mean of its wishes.
void spread(std::vector<Label*> labels) {
  std::sort(labels.begin(), labels.end(),
            [](const Label* a, const Label* b) { return a->end_y < b->end_y; });
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    blocks.push_back({i, 1, labels[i]->end_y, labels[i]->height});
    blocks.back().stay_inside();
    while (blocks.size() > 1 && blocks.end()[-2].top() > blocks.back().bottom()) {
      const Block upper = blocks.back();
      blocks.pop_back();
      Block& lower = blocks.back();
      const auto below = static_cast<double>(lower.count), above = static_cast<double>(upper.count);
      lower.middle = (lower.middle * below + upper.middle * above) / (below + above);
      lower.count += upper.count;
      lower.height += upper.height;
      lower.stay_inside();
    }
  }
  for (const Block& block : blocks) {
    double bottom = block.bottom();
    for (std::size_t i = block.first; i < block.first + block.count; ++i) {
      labels[i]->y = bottom + labels[i]->height / 2;
      bottom += labels[i]->height;
    }
  }
}

}  // namespace gradus::plotting
