#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "chapters/support/plotting/panels.h"

/// How chapter 15 prints and draws boundaries that were measured elsewhere.
namespace gradus {

using Of = std::function<double(const char* quantity)>;

// With `kernel` a last column: the Hessian's curvature over that of the linearised network.
inline void print_heading(const std::string& name, bool kernel) {
  std::printf("%-*s   loss_0   lambda   loss  sharp  barrier   max%s\n",
              kernel ? 23 : 29, name.c_str(), kernel ? "    H/K" : "");
}

inline void print_row(const std::string& name, const Of& of, bool kernel) {
  std::printf("%-*s %8.5f %8.3g   %4.1f   %4.1f     %4.1f  %4.1f",
              kernel ? 23 : 29, name.c_str(), of("loss_0"), of("lambda"),
              of("x_loss"), of("x_sharp"), of("x_barrier"), of("x_max"));
  if (kernel) std::printf(" %6.2f", of("over_kernel"));
  std::printf("\n");
}

// The boundaries log2 c at the points log2 of an axis; each is drawn as straight lines.
struct Diagram {
  std::vector<double> at, loss, sharp, last;
};

inline void add_point(Diagram& d, double at, const Of& of) {
  d.at.push_back(at);
  d.loss.push_back(of("x_loss"));
  d.sharp.push_back(of("x_sharp"));
  d.last.push_back(of("x_max"));
}

// The phases between them; above the last a run diverges.
inline void fill(Figure& panel, const Diagram& d) {
  constexpr int parts =
      16;  // between two points, since boundaries may cross there
  std::vector<double> xs, first, l, s, both, top;
  for (std::size_t i = 0; i + 1 < d.at.size(); ++i)
    for (int k = 0; k <= parts; ++k) {
      const auto between = [&](const std::vector<double>& v) {
        const auto known = [&](double x, double most) {
          return x <= most ? x : most;
        };
        return std::exp2(std::lerp(known(v[i], d.last[i]),
                                   known(v[i + 1], d.last[i + 1]),
                                   static_cast<double>(k) / parts));
      };
      xs.push_back(std::exp2(
          std::lerp(d.at[i], d.at[i + 1], static_cast<double>(k) / parts)));
      l.push_back(between(d.loss));
      s.push_back(between(d.sharp));
      first.push_back(std::min(l.back(), s.back()));
      both.push_back(std::max(l.back(), s.back()));
      top.push_back(between(d.last));
    }
  panel.band(xs, std::vector<double>(xs.size(), 1), first, "neither rises")
      .band(xs, first, s, "the loss rises")
      .band(xs, first, l, "the sharpness rises")
      .band(xs, both, top, "both rise")
      .dashed({xs.front(), xs.back()}, {2, 2}, "c = 2");
}

}  // namespace gradus
