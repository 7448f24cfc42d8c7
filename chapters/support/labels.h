#pragma once

#include <string>
#include <vector>

namespace gradus::plotting {

/// A label at the end of a curve: where the curve ends and where the label's middle comes to lie,
/// as fractions of the plot.
struct Label {
  std::string first_line, second_line;
  int color = 0;
  double end_x = 0, end_y = 0;
  double x = 0, y = 0;
  double width = 0, height = 0;
};

/// Moves the labels of a column as little as needed so that they do not overlap.
void spread(std::vector<Label*> labels);

}  // namespace gradus::plotting
