#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

/// Figures that a reader can turn: what a chapter's experiment computes, cut into pieces so short
/// that a page can listen to the reader between two of them. Each chapter's live.cpp makes its own;
/// the same code runs in tests and, compiled to WebAssembly, in the pages of the book. All of it is one
/// program: what the headers of two chapters define under one name must not meet here.
namespace gradus::live {

/// Where the reader has put the controls.
using Controls = std::span<const double>;
/// What was found. Empty: there is no more.
using Row = std::vector<double>;
/// Each call does the next piece of work, at most some tens of milliseconds of it. Nothing: the next
/// row takes another piece.
using Steps = std::function<std::optional<Row>()>;

struct Figure {
  const char* name;
  Steps (*start)(Controls);
};

std::span<const Figure> figures();

// What they take and give is told where they are.
Steps differences(Controls), lengths(Controls), spiral(Controls),
    one_step(Controls), clustering(Controls), catapult(Controls),
    catapult_images(Controls), early_training(Controls), backward(Controls),
    coordinates(Controls), transfer(Controls), doubling(Controls);
Steps branches(Controls), alpha(Controls), sharpening(Controls);
Steps symmetry(Controls), two_norms(Controls), adam_step(Controls);

}  // namespace gradus::live
