// The chapters' machinery: options, progress, results and claims.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <optional>
#include <regex>
#include <sstream>
#include <thread>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/claims.h"
#include "chapters/support/csv.h"
#include "chapters/support/files.h"
#include "chapters/support/options.h"
#include "chapters/support/progress.h"
#include "chapters/support/run_record.h"
#include "chapters/support/temporary.h"
#include "tests/catch.h"
#include "tests/comma_locale.h"
#include "tests/support/surroundings.h"

namespace fs = std::filesystem;
using namespace gradus;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

struct Outcome {
  int code;
  std::string out, err;
  std::optional<Options> options;  // what the body saw, if it ran
};

int width = 0;

// Runs a small experiment in this process.
Outcome run(std::vector<const char*> arguments, std::function<void(const Options&)> body = {}) {
  width = 16;
  const ChapterInfo info{.name = "ch99_test",
                         .question = "Does it work?",
                         .quick_time = "3 s",
                         .full_time = "4 min",
                         .defaults = {.dtype = DType::f64},
                         .extra = {{"--width", &width, "hidden units"}}};
  arguments.insert(arguments.begin(), "/somewhere/bin/ch99_test");
  Captured out(std::cout), err(std::cerr);
  Outcome outcome{};
  outcome.code = run_experiment(static_cast<int>(arguments.size()), arguments.data(), info,
                                [&](const Options& options) {
                                  outcome.options = options;
                                  if (body) body(options);
                                });
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

}  // namespace

TEST_CASE("numbers read back as they were written") {
  for (const double value :
       {0.0, 1.0 / 3, 1e-300, 5e-324, -1.7976931348623157e308, 0.1, 123456789.0})
    CHECK(std::strtod(format_number(value).c_str(), nullptr) == value);
  CHECK(format_number(0.1f) == "0.1");
  CHECK(format_number(not_a_number) == "nan");
  CHECK(format_number(-not_a_number) == "nan");
  CHECK(format_number(-inf) == "-inf");
}

TEST_CASE("what a chapter writes does not depend on the global locale") {
  TemporaryFolder folder;
  const Environment term("TERM", "dumb");
  const std::string seed = "7000";
  const CommaLocale comma;
  const Outcome outcome =
      run({"--out", folder.path.c_str(), "--seed", seed.c_str()}, [](const Options& options) {
        const CommaLocale again;  // as a library might do
        Csv csv({"step", "loss"});
        csv.row({1000, 1234.5});
        csv.save(options.out / "loss.csv");
        Claims claims;
        claims.add("loss", "loss", 0.25, below(1234));
        Progress progress("training", 1000);
        claims.report(true);
      });
  CHECK(outcome.code == 0);
  CHECK(outcome.options->identity.find("--seed=7000 ") != std::string::npos);
  CHECK(read(folder.path / "loss.csv") == "step,loss\n1000,1234.5\n");
  CHECK_THAT(read(folder.path / "run.json"), ContainsSubstring("\"seed\": 7000,"));
  CHECK_THAT(outcome.out, ContainsSubstring("0.25") && ContainsSubstring("< 1234"));
  CHECK_THAT(outcome.err,
             ContainsSubstring("seed 7000;") && ContainsSubstring("training: 1000 steps\n"));
  CHECK(duration(4.25) == "4.2 s");
}

TEST_CASE("csv has a header and one row for each measurement") {
  TemporaryFolder folder;
  Csv csv({"step", "loss", "note"});
  csv.row({1, 0.25, "plain"});
  csv.row({std::size_t{2}, not_a_number, "a \"quoted\", text"});
  csv.save(folder.path / "loss.csv");
  CHECK(read(folder.path / "loss.csv") ==
        "step,loss,note\n1,0.25,plain\n2,nan,\"a \"\"quoted\"\", text\"\n");
  CHECK(folder.names() == std::set<std::string>{"loss.csv"});
  CHECK_THROWS_WITH(csv.row({1, 2}),
                    ContainsSubstring("2 cells") && ContainsSubstring("3 columns"));
}

TEST_CASE("a file that cannot be written leaves the old one whole") {
  TemporaryFolder folder;
  const fs::path path = folder.path / "table.csv";
  write_atomically(path, "old");

  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes stands in for a full disk
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 100;
  setrlimit(RLIMIT_FSIZE, &small);
  std::string message;
  try {
    write_atomically(path, std::string(1000, 'x'));
  } catch (const Error& error) {
    message = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);

  CHECK_THAT(message, ContainsSubstring(path.string()) && ContainsSubstring("free some space"));
  CHECK(read(path) == "old");
  CHECK(folder.names() == std::set<std::string>{"table.csv"});
  CHECK_THROWS_WITH(write_atomically(folder.path / "missing" / "x", ""),
                    ContainsSubstring("No such file or directory"));
}

TEST_CASE("a claim holds inside its bounds and never for nan") {
  CHECK(below(1).hold(0.5));
  CHECK_FALSE(below(1).hold(1));
  CHECK(above(1).hold(2));
  CHECK_FALSE(above(1).hold(1));
  CHECK(between(1, 2).hold(1));
  CHECK(between(1, 2).hold(2));
  CHECK_FALSE(between(1, 2).hold(2.1));
  CHECK(equals(5).hold(5));
  CHECK_FALSE(equals(5).hold(5.1));
  CHECK(equals(5, 0.2).hold(5.1));
  for (const Bounds& bounds : {below(1), above(1), between(0, 2), equals(1), Bounds{}})
    CHECK_FALSE(bounds.hold(not_a_number));
}

TEST_CASE("claims are printed and decide the exit code under --check") {
  Claims claims;
  claims.add("error", "error of the µP gradient", 3.14159e-9, below(1e-7));
  {
    Captured out(std::cout);
    CHECK(claims.report(true) == 0);
    CHECK_THAT(out.str(), ContainsSubstring("3.142e-9") && ContainsSubstring("< 1e-7") &&
                              ContainsSubstring("holds"));
  }
  claims.add("slope", "slope", not_a_number, between(-0.1, 0.1), "a large learning rate");
  CHECK_THROWS_WITH(claims.add("slope", "again", 0, above(1)), ContainsSubstring("slope"));
  Captured out(std::cout);
  CHECK(claims.report(true) == 1);
  CHECK(claims.report(false) == 0);
  CHECK_THAT(out.str(), ContainsSubstring("FAILS") &&
                            ContainsSubstring("likely cause: a large learning rate"));
}

TEST_CASE("run.json says how the tables beside it were made") {
  TemporaryFolder folder;
  const Outcome outcome =
      run({"--out", folder.path.c_str(), "--seed", "7", "--threads", "1", "--width", "32"});
  CHECK(outcome.code == 0);
  const std::string json = read(folder.path / "run.json");
  for (const char* part :
       {"\"chapter\": \"ch99_test\"", "\"command\": \"ch99_test --out", "\"full\": false",
        "\"seed\": 7", "\"dtype\": \"f64\"", "\"width\": 32", "\"threads\": 1", "\"provider\": \"",
        "\"version\": \"", "\"cpu\": \"", "\"seconds\": "})
    CHECK_THAT(json, ContainsSubstring(part));
}

TEST_CASE("a chapter starts with its defaults and says what it runs") {
  TemporaryFolder folder;
  const Outcome outcome = run({"--out", folder.path.c_str()});
  REQUIRE(outcome.options);
  CHECK(outcome.code == 0);
  CHECK_FALSE(outcome.options->full);
  CHECK(outcome.options->seed == 0);
  CHECK(outcome.options->dtype == DType::f64);
  CHECK(outcome.options->device == Device::cpu);
  CHECK(outcome.options->threads == threads());
  CHECK(width == 16);
  CHECK_THAT(outcome.err, ContainsSubstring("ch99_test: Does it work?") &&
                              ContainsSubstring("quick, about 3 s") &&
                              ContainsSubstring("device cpu") && ContainsSubstring("f64") &&
                              ContainsSubstring(folder.path.string()));
  CHECK(outcome.out.empty());
  CHECK(folder.names() == std::set<std::string>{"run.json"});
}

TEST_CASE("a chapter obeys its options") {
  TemporaryFolder folder;
  const fs::path out = folder.path / "new" / "folder";
  const int threads_before = threads();
  const Outcome outcome = run({"--full", "--seed", "18446744073709551615", "--dtype", "f32",
                               "--threads", "3", "--width", "32", "--out", out.c_str()},
                              [](const Options&) { CHECK(threads() == 3); });
  set_threads(threads_before);
  REQUIRE(outcome.options);
  CHECK(outcome.code == 0);
  CHECK(outcome.options->full);
  CHECK(outcome.options->seed == std::numeric_limits<std::uint64_t>::max());
  CHECK(outcome.options->dtype == DType::f32);
  CHECK(outcome.options->threads == 3);
  CHECK(outcome.options->out == out);
  CHECK(width == 32);
  CHECK(fs::is_directory(out));
  CHECK_THAT(outcome.err, ContainsSubstring("full, about 4 min"));
}

TEST_CASE("--help shows the question, the times and every option") {
  const Outcome outcome = run({"--help"});
  CHECK(outcome.code == 0);
  CHECK_FALSE(outcome.options);
  for (const char* part :
       {"Does it work?", "3 s", "4 min", "--quick", "--full", "--seed", "--dtype", "--device",
        "--threads", "--out", "--width", "build/results/ch99"})
    CHECK_THAT(outcome.out, ContainsSubstring(part));
  CHECK_THAT(outcome.out, !ContainsSubstring("--data"));
  CHECK(outcome.err.empty());
}

TEST_CASE("wrong options end in one sentence and exit code 2") {
  using Arguments = std::vector<const char*>;
  const std::pair<Arguments, const char*> cases[] = {
      {{"--wide"}, "there is no option --wide"},
      {{"--check"}, "there is no option --check"},  // a report's
      {{"extra"}, "there is no option extra"},
      {{"--data", "x"}, "there is no option"},
      {{"--seed", "-1"}, "--seed"},
      {{"--seed", "many"}, "--seed"},
      {{"--seed", "18446744073709551616"}, "a seed is a whole number below 2^64"},
      {{"--seed", "1.5"}, "--seed"},
      {{"--seed", ""}, "--seed"},
      {{"--threads", "4294967297"}, "--threads"},
      {{"--width", "4294967312"}, "--width"},
      {{"--threads", "0"}, "--threads"},
      {{"--dtype", "f16"}, "f32,f64"},
      {{"--device", "tpu"}, "cpu,cuda"},
      {{"--width", "3.5"}, "--width"},
      {{"--out"}, "--out"},
      {{"--quick", "--full"}, "exclude each other"},
      {{"--out",
        "b\xfc"
        "cher"},
       "the command line is not UTF-8"},
  };
  for (const auto& [arguments, message] : cases) {
    const Outcome outcome = run(arguments);
    INFO(arguments.front());
    CHECK(outcome.code == 2);
    CHECK_FALSE(outcome.options);
    CHECK_THAT(outcome.err, ContainsSubstring("ch99: error: ") && ContainsSubstring(message));
    CHECK(lines(outcome.err) == 1);
    CHECK(outcome.out.empty());
  }
}

TEST_CASE("an error in a chapter ends in one sentence and exit code 2") {
  TemporaryFolder folder;
  const Outcome outcome = run({"--out", folder.path.c_str()}, [](const Options&) {
    fail("[matmul] (3,4) x (5,2): inner dimensions 4 and 5 differ");
  });
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("\nch99: error: [matmul] (3,4) x (5,2)"));
  const Outcome memory =
      run({"--out", folder.path.c_str()}, [](const Options&) { throw std::bad_alloc(); });
  CHECK(memory.code == 2);
  CHECK_THAT(memory.err, ContainsSubstring("out of memory"));
}

TEST_CASE("a folder that cannot be written stops a chapter before its work") {
  TemporaryFolder folder;
  std::ofstream(folder.path / "file") << "x";
  for (const char* name : {"file", "file/below"}) {
    const Outcome outcome = run({"--out", (folder.path / name).c_str()});
    CHECK(outcome.code == 2);
    CHECK_FALSE(outcome.options);
    CHECK_THAT(outcome.err, ContainsSubstring("Not a directory") && ContainsSubstring("--out"));
  }
}

TEST_CASE("what is the reader's in a folder of results stays, and what killed programs left goes") {
  TemporaryFolder folder;
  std::ofstream(folder.path / "write-test") << "mine";
  std::ofstream(folder.path / "notes.tmp") << "mine";
  const fs::path left = temporary_name(folder.path / "loss.csv"),
                 used = temporary_name(folder.path / "loss.csv");
  CHECK(left != used);
  std::ofstream(left) << "1,";
  const int file = open(used.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
  CHECK(claim(file));
  CHECK(run({"--out", folder.path.c_str()}).code == 0);
  close(file);
  CHECK(folder.names() ==
        std::set<std::string>{"write-test", "notes.tmp", "run.json", used.filename()});
  CHECK(read(folder.path / "write-test") == "mine");
}

TEST_CASE("programs that write the same file at once leave one of theirs") {
  TemporaryFolder folder;
  const fs::path path = folder.path / "table.csv";
  const std::string texts[] = {std::string(50000, 'a'), std::string(70000, 'b')};
  std::vector<std::thread> writers;
  for (const std::string& text : texts)
    writers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) write_atomically(path, text);
    });
  for (int i = 0; i < 200; ++i) remove_stale(folder.path);  // takes no one's file away
  for (std::thread& writer : writers) writer.join();
  const std::string left = read(path);
  CHECK((left == texts[0] || left == texts[1]));
  CHECK(folder.names() == std::set<std::string>{"table.csv"});
}

TEST_CASE("text for JSON is UTF-8") {
  CHECK(is_utf8("plain"));
  CHECK(is_utf8("Bücher µ ∞ 𝛼"));
  CHECK_FALSE(
      is_utf8("b\xfc"
              "cher"));
  CHECK_FALSE(is_utf8("half \xc3"));
}

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
