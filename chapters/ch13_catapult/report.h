#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chapters/ch13_catapult/experiment.h"
#include "chapters/ch13_catapult/map.h"
#include "chapters/support/report.h"

/// What the report reads off the tables of chapter 13.
namespace gradus {

using Values = std::vector<double>;

/// With a label psi = c rho, from phi = 0: the largest finite c.
double c_max(double rho);

/// "c = 2.5", for figures.
std::string name_of(double c);

/// Four catapults of the uv model.
void draw_catapults(const Table& catapults, const std::filesystem::path& out);
/// The same in the plane of output and kernel.
void draw_plane(const std::filesystem::path& out);
/// What a label does to the borders.
void draw_borders(const Table& borders, const std::filesystem::path& out);
/// The ReLU network: prints, claims, draws.
void report_images(const Table& images, Report& report);

}  // namespace gradus
