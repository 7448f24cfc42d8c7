#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>

#include "autodiff/check.h"
#include "tests/catch.h"
#include "tests/data/data_files.h"

namespace gradus::test {

/// A folder that vanishes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "gradus-data-XXXXXX").native();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Writes a file, with the folders on its way, and returns where it is.
  std::filesystem::path write(const std::filesystem::path& name, const Bytes& bytes) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error("could not write " + path.native());
    return path;
  }
  /// Writes training and test files of an IDX data set.
  std::filesystem::path write_idx(const std::filesystem::path& folder, std::uint32_t train,
                                  std::uint32_t test) const {
    write(folder / "train-images-idx3-ubyte.gz", gzip(idx_images(train)));
    write(folder / "train-labels-idx1-ubyte.gz", gzip(idx_labels(train)));
    write(folder / "t10k-images-idx3-ubyte", idx_images(test));
    write(folder / "t10k-labels-idx1-ubyte", idx_labels(test));
    return path_ / folder;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The message of the gradus::Error that `call` throws; it must be one line that begins "[data] ".
inline std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    const std::string message = error.what();
    CHECK_THAT(message, Catch::Matchers::StartsWith("[data] "));
    CHECK(message.find('\n') == std::string::npos);
    return message;
  }
  FAIL("no gradus::Error was thrown");
  return "";
}

}  // namespace gradus::test
