// What a chapter's program makes of its command line, and what it notes of its run.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/claims.h"
#include "chapters/support/csv.h"
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
