#pragma once

#include <filesystem>
#include <string>

namespace gradus {

/// Lets gnuplot run NAME.gp in `folder`, which draws NAME.png and NAME-dark.png. Where gnuplot is
/// not installed, says so once; throws, and leaves no image behind, if it fails or the disk fills
/// up.
void run_gnuplot(const std::filesystem::path& folder,
                 const std::string& name);

}  // namespace gradus
