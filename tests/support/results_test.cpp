// What a chapter writes: numbers, tables, whole files, claims.
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <limits>
#include <string>
#include <thread>

#include "autodiff/check.h"
#include "chapters/support/claims.h"
#include "chapters/support/csv.h"
#include "chapters/support/files.h"
#include "chapters/support/run_record.h"
#include "chapters/support/temporary.h"
#include "tests/catch.h"
#include "tests/support/surroundings.h"

namespace fs = std::filesystem;
using namespace gradus;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

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
