#include "chapters/support/program.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <locale>
#include <new>

#include "autodiff/check.h"
#include "chapters/support/options.h"

namespace gradus {

bool parse_command_line(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    check_output();
    return false;
  } catch (const CLI::ExtrasError&) {
    fail("there is no option ", app.remaining().front(), "; --help lists them");
  } catch (const CLI::ParseError& error) {
    fail(error.what(), "; --help lists the options");
  }
  return true;
}

void check_output() {
  const bool good = bool(std::cout.flush()) && std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  check(good, "cannot write to the standard output; is its disk full?");
}

int run_guarded(const std::string& name, const std::function<int()>& body) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // into a pipe as on a terminal
  std::locale::global(std::locale::classic());
  std::string message;
  try {
    try {
      const int code = body();
      check_output();
      return code;
    } catch (const Finished& finished) {
      check_output();
      std::cerr << name << ": " << finished.message << std::endl;
      return finished.exit_code;
    }
  } catch (const std::bad_alloc&) {
    message =
        "out of memory; close other programs, run the quick size or use "
        "fewer --threads";
  } catch (const std::exception& error) {
    message = error.what();
  }
  std::cout.flush();
  std::cerr << name << ": error: " << message << std::endl;
  return 2;
}

}  // namespace gradus
