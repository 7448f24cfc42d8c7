#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

/// What the main functions of experiments and reports share.
namespace gradus {

/// Reads the command line. Prints --help and returns false where it is asked
/// for; throws an Error that names the option that is wrong.
bool parse_command_line(CLI::App& app, int argc, const char* const* argv);

/// Throws an Error where what was printed could not be written: printf and
/// std::cout say nothing of a full disk.
void check_output();

/// Returns what `body` returns. Its Errors end in one sentence on stderr, after
/// `name`, and in 2, a Finished in its own sentence and code. Standard output
/// is written line by line, numbers with a point, whatever the locale; where it
/// cannot be written, that is an Error too.
int run_guarded(const std::string& name, const std::function<int()>& body);

}  // namespace gradus
