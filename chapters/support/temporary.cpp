#include "chapters/support/temporary.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdio>
#include <random>
#include <string>

namespace gradus {

namespace fs = std::filesystem;

fs::path temporary_name(const fs::path& path) {
  std::random_device random;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%08x%08x", random(), random());
  return path.string() + ".gradus-" + digits + ".tmp";
}

bool claim(int file) { return flock(file, LOCK_EX | LOCK_NB) == 0; }

void remove_stale(const fs::path& folder, std::string_view mark) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.ends_with(".tmp") || name.find(mark) == std::string::npos) continue;
    const int file = open(entry->path().c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) continue;
    std::error_code ignored;
    if (claim(file)) fs::remove_all(entry->path(), ignored);
    close(file);
  }
}

}  // namespace gradus
