#pragma once

#include <filesystem>
#include <string>

namespace gradus {

/// A figure in the making: NAME.gp, NAME.png and NAME-dark.png in a temporary folder, so that two
/// programs may draw it at once.
class Drawing {
 public:
  Drawing(const std::filesystem::path& folder, const std::string& name);
  ~Drawing();
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  /// Where the script is to be written.
  std::filesystem::path script() const { return work_ / (name_ + ".gp"); }
  /// Lets gnuplot run the script and moves all three into the folder. Where gnuplot is not
  /// installed, says so once; throws, and leaves only the script there, if it fails or the disk
  /// fills up.
  void finish() const;

 private:
  std::filesystem::path folder_, work_;
  std::string name_;
  int claim_;  // the open temporary folder
};

}  // namespace gradus
