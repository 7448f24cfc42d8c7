#pragma once

#include <string>
#include <vector>

#include "chapters/support/page.h"
#include "chapters/support/series.h"

namespace gradus::plotting {

/// A key in a row above the panels: a sample of each labelled series and its label.
class Key {
 public:
  /// Gives each label one colour, in `panels` and in the key.
  explicit Key(std::vector<std::vector<Series>>& panels);

  bool empty() const { return entries_.empty(); }
  /// The height that it takes on a page this wide; 0 without labels.
  double height(double page_width) const;
  void write(Script& gp, const Page& page) const;

 private:
  struct Entry {
    std::string label;
    Style style;
    int color;
  };
  struct Place {
    double x, y;
  };
  std::vector<Place> places(double page_width) const;

  std::vector<Entry> entries_;
};

}  // namespace gradus::plotting
