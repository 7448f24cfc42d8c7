// Progress: plain lines, and a bar on a terminal.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <limits>
#include <optional>
#include <regex>
#include <string>
#include <thread>

#include "chapters/support/progress.h"
#include "tests/catch.h"
#include "tests/support/surroundings.h"

using namespace gradus;

TEST_CASE("durations read well") {
  CHECK(duration(0.04) == "0.0 s");
  CHECK(duration(4.25) == "4.2 s");
  CHECK(duration(9.97) == "10 s");
  CHECK(duration(59.7) == "1 min 00 s");
  CHECK(duration(200) == "3 min 20 s");
  CHECK(duration(7500) == "2 h 05 min");
}

TEST_CASE("progress writes few plain lines where there is no terminal") {
  const Environment term("TERM", "dumb");
  Captured err(std::cerr);
  {
    Progress progress("training", 10000);
    CHECK(err.str() == "training: 10000 steps\n");
    for (int i = 0; i < 10000; ++i) progress.step("loss 0.5");
  }
  CHECK(lines(err.str()) < 5);
  CHECK_THAT(err.str(), ContainsSubstring("training: done in") && ContainsSubstring("loss 0.5"));

  Captured stopped(std::cerr);
  { Progress progress("cells", 3); }
  CHECK(stopped.str() == "cells: 3 steps\n");
}

namespace {

// What a progress bar draws on a terminal of so many columns; nothing where there are no terminals.
std::optional<std::string> drawn_on_terminal(int columns) {
  const Environment term("TERM", "xterm");
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) {
    WARN("gradus: skipped, no pseudo-terminals here");
    return {};
  }
  const int end = open(ptsname(terminal), O_RDWR | O_NOCTTY);
  const winsize size{
      .ws_row = 24, .ws_col = static_cast<unsigned short>(columns), .ws_xpixel = 0, .ws_ypixel = 0};
  ioctl(end, TIOCSWINSZ, &size);
  const int old = dup(STDERR_FILENO);
  dup2(end, STDERR_FILENO);
  Captured err(std::cerr);
  {
    Progress progress("µP", 2);
    usleep(150000);
    progress.step(std::string(500, 'x'));
    progress.step("loss 0.5");
  }
  dup2(old, STDERR_FILENO);
  for (const int file : {old, end, terminal}) close(file);
  return err.str();
}

}  // namespace

TEST_CASE("progress redraws a bar on a terminal") {
  const std::optional<std::string> text = drawn_on_terminal(80);
  if (!text) return;
  CHECK(lines(*text) == 1);
  CHECK_THAT(*text, ContainsSubstring("\rµP  ") && ContainsSubstring(" 50%  ") &&
                        ContainsSubstring("s left") && ContainsSubstring("µP: done in"));
  CHECK_THAT(*text, !ContainsSubstring(std::string(80, 'x')));
}

TEST_CASE("a progress bar fits its terminal") {
  for (const int columns : {200, 80, 33, 32, 20, 12, 8, 5, 2, 1}) {
    const std::optional<std::string> text = drawn_on_terminal(columns);
    if (!text) return;
    INFO(columns << " columns");
    // All that is drawn before the last line, whose length is of no account.
    std::istringstream redrawn(text->substr(0, text->rfind('\r')));
    std::size_t draws = 0;
    for (std::string line; std::getline(redrawn, line, '\r');) {
      line = std::regex_replace(line, std::regex("\x1b\\[[0-9]*[mK]"), "");
      const auto shown =
          std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
      CHECK(shown < std::max(columns, 2));
      CHECK((line.empty() || columns < 20 || shown > 16));
      draws += !line.empty();
    }
    CHECK((columns < 3 || draws == 2));
  }
}
