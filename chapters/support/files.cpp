#include "chapters/support/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "autodiff/check.h"
#include "chapters/support/temporary.h"

namespace gradus {
namespace {

// Writes everything or returns false with errno set.
bool write_and_sync(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0;
}

// Returns 0, or the errno of what failed: EWOULDBLOCK where another program took the file for a
// stale one before it was claimed.
int replace(const std::filesystem::path& path, std::string_view text) {
  const std::string temporary = temporary_name(path).string();
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  struct stat now {};
  const bool taken =
      (!claim(file) && errno == EWOULDBLOCK) || (fstat(file, &now) == 0 && now.st_nlink == 0);
  int error = taken ? EWOULDBLOCK : write_and_sync(file, text) ? 0 : errno;
  if (error == 0 && rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) unlink(temporary.c_str());
  if (close(file) != 0 && error == 0) error = errno;  // the claim ends here, after the name
  return error;
}

}  // namespace

void write_atomically(const std::filesystem::path& path, std::string_view text) {
  int error = replace(path, text);
  for (int again = 0; error == EWOULDBLOCK && again < 100; ++again) error = replace(path, text);
  if (error == 0) return;
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  fail("cannot write ", path.string(), ": ", std::strerror(error), "; ",
       full ? "free some space or " : "", "choose another folder with --out",
       " (results written before are kept)");
}

}  // namespace gradus
