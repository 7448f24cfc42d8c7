#include "chapters/support/plotting/gnuplot.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <mutex>
#include <sstream>

#include "autodiff/check.h"
#include "chapters/support/temporary.h"

extern char** environ;

namespace gradus {
namespace {

enum class Drawn { yes, failed, not_installed };

// Runs `gnuplot script` in `folder`; `output` receives what it said.
Drawn spawn_gnuplot(const std::filesystem::path& folder, const std::string& script,
                    std::string& output) {
  // A gnuplot that another thread starts must not inherit this one's pipe.
  static std::mutex starting;
  std::unique_lock one_at_a_time(starting);
  int ends[2];
  check(pipe(ends) == 0, "[plot] cannot start gnuplot: ", std::strerror(errno));
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  // -d: the reader's own ~/.gnuplot must not change the book's figures.
  std::string program = "gnuplot", option = "-d", file = script;
  char* arguments[] = {program.data(), option.data(), file.data(), nullptr};
  pid_t child;
  const int error = posix_spawnp(&child, "gnuplot", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  one_at_a_time.unlock();

  char buffer[4096];
  for (ssize_t count; (count = read(ends[0], buffer, sizeof buffer)) != 0;) {
    if (count > 0) output.append(buffer, static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) break;
  }
  close(ends[0]);
  if (error == ENOENT || error == EACCES) return Drawn::not_installed;
  check(error == 0, "[plot] cannot start gnuplot: ", std::strerror(error));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? Drawn::yes : Drawn::failed;
}

// The last line that gnuplot printed: the lines before it only repeat the command.
std::string last_line(const std::string& output) {
  std::istringstream lines(output);
  std::string last = "it gave no reason";
  for (std::string line; std::getline(lines, line);)
    if (line.find_first_not_of(" \t^") != std::string::npos) last = line;
  return last;
}

// gnuplot exits with 0 even when the disk was full: only a whole PNG ends with its end mark.
bool is_whole_png(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  char tail[8] = "";
  if (!file || file.tellg() < 8) return false;
  file.seekg(-8, std::ios::end);
  file.read(tail, 4);
  return std::memcmp(tail, "IEND", 4) == 0;
}

}  // namespace

Drawing::Drawing(const std::filesystem::path& folder, const std::string& name)
    : folder_(folder), work_(temporary_name(folder / name)), name_(name) {
  std::error_code error;
  std::filesystem::create_directory(work_, error);
  if (error)
    fail("cannot write ", (folder / (name + ".gp")).string(), ": ", error.message(),
         "; choose another folder with --out");
  claim_ = open(work_.c_str(), O_RDONLY | O_CLOEXEC);
  claim(claim_);
}

Drawing::~Drawing() {
  std::error_code ignored;
  std::filesystem::remove_all(work_, ignored);
  close(claim_);
}

void Drawing::finish() const {
  std::string output;
  const Drawn drawn = spawn_gnuplot(work_, name_ + ".gp", output);
  const std::string images[] = {name_ + ".png", name_ + "-dark.png"};
  const bool whole = drawn == Drawn::yes &&
                     std::all_of(std::begin(images), std::end(images),
                                 [&](const auto& image) { return is_whole_png(work_ / image); });
  const std::filesystem::path kept = folder_ / (name_ + ".gp");
  const auto publish = [&](const std::string& file) {
    std::error_code error;
    std::filesystem::rename(work_ / file, folder_ / file, error);
    if (error)
      fail("cannot write ", (folder_ / file).string(), ": ", error.message(),
           "; choose another folder with --out");
  };
  publish(name_ + ".gp");
  for (const std::string& image : images) {
    std::error_code ignored;
    if (whole)
      publish(image);
    else  // a figure of an earlier run must not pass for this one's
      std::filesystem::remove(folder_ / image, ignored);
  }
  if (drawn == Drawn::not_installed) {
    static std::once_flag said;
    std::call_once(said, [&] {
      std::cerr << "figures are not drawn because gnuplot is not installed (apt "
                   "install gnuplot-nox); the results and the .gp scripts are kept "
                   "in "
                << folder_.string() << std::endl;
    });
    return;
  }
  check(drawn == Drawn::yes, "gnuplot could not draw ", kept.string(), ": ", last_line(output));
  check(whole, "gnuplot did not finish the images of ", kept.string(),
        "; free some space or choose another folder with --out");
}

}  // namespace gradus
