#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gradus {

/// What classifiers make of a plane: small maps whose pixels have the colour of the most probable
/// class, paler where the classifier is less sure (below 0.9, below 0.6), with the training
/// points on top. Texts are as in Figure.
///
///     Regions maps("spiral_regions", -2, 2);
///     maps.title("Wider networks draw smoother borders").subtitle("500 steps, one seed");
///     maps.points(data.inputs, data.labels);
///     maps.panel("n = 64\nloss 0.05", probabilities(net, maps.inputs()));
///     maps.draw(options.out);
class Regions {
 public:
  using Values = std::vector<double>;

  /// Maps of the square from `first` to `last` in both coordinates, `pixels` wide.
  Regions(std::string name, double first, double last, int pixels = 120);

  Regions& title(std::string text);
  Regions& subtitle(std::string text);
  /// Panels in a row; by default what suits their number.
  Regions& columns(int count);

  /// The middles of the pixels: x, y of each, in the order in which `panel` wants them back.
  Values inputs() const;
  /// The points drawn on every map, x, y of each, and their classes.
  Regions& points(Values coordinates, std::vector<int> labels);
  /// The next map: the probabilities of all classes for each of the inputs, as the rows of a
  /// softmax. A pixel with NaN is grey. The title may have a second line, drawn in grey.
  Regions& panel(std::string title, const Values& probabilities);

  /// As Figure::draw.
  void draw(const std::filesystem::path& folder) const;

 private:
  struct Panel {
    std::string title;
    std::vector<std::string> rows;  // of colour numbers, from the bottom to the top
  };
  struct Layout;

  std::string name_, title_, subtitle_;
  double first_, last_;
  int pixels_, columns_ = 0;
  Values coordinates_;
  std::vector<int> labels_;
  std::vector<Panel> panels_;
};

}  // namespace gradus
