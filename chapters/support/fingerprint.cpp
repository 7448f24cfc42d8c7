#include "chapters/support/fingerprint.h"

#ifdef __APPLE__
#include <mach-o/dyld.h>
#else
#include <link.h>
#endif

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "autodiff/check.h"

namespace gradus {
namespace {

// The files that this process consists of, its program first.
std::vector<std::string> loaded_files() {
  std::vector<std::string> files;
#ifdef __APPLE__
  for (std::uint32_t i = 0; i < _dyld_image_count(); ++i) files.push_back(_dyld_get_image_name(i));
#else
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* list) {
        static_cast<std::vector<std::string>*>(list)->push_back(info->dlpi_name);
        return 0;
      },
      &files);
  files.at(0) = "/proc/self/exe";
#endif
  return files;
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  check(bool(file) && bytes.tellp() > 0, "[sweep] cannot read ", path,
        ", a file of this program's own");
  return bytes.str();
}

}  // namespace

std::string fingerprint(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
  return digits;
}

std::string code_fingerprint() {
  const std::vector<std::string> files = loaded_files();
  const char* cuda = std::getenv("GRADUS_CUDA_LIBRARY");
  std::string all = fingerprint(content(files.at(0)));
  for (std::size_t i = 1; i < files.size(); ++i) {
    const auto name = std::filesystem::path(files[i]).filename();
    if (name.string().starts_with("libgradus") ||
        (cuda && name == std::filesystem::path(cuda).filename()))
      all += fingerprint(content(files[i]));
  }
  return fingerprint(all);
}

}  // namespace gradus
