#include "chapters/support/report.h"

#include <sys/stat.h>
#include <zlib.h>

#include <limits>

#include "autodiff/check.h"
#include "chapters/support/options.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/support/surroundings.h"

using namespace gradus;

namespace {

constexpr const char* run_json = R"({
  "chapter": "ch99_small", "command": "ch99_small --full", "options": {"full": true, "seed": 7},
  "seconds": 2.5})";

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

// What a report of the chapter "small" says of its one table.
void small(Report& report) {
  const Table losses = report.table("losses");
  report.number("smallest", losses.number(0, "loss"), 0.1);
  report.number("lost", -std::numeric_limits<double>::infinity());
  CHECK_THROWS_WITH(report.number("lost", 1), ContainsSubstring("lost"));
  report.claim("falls", "loss of seed 1", losses.number(1, "loss"), below(0.4));
}

int run(const std::vector<std::string>& words) {
  std::vector<const char*> argv = {"ch99_report"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  return run_report(static_cast<int>(argv.size()), argv.data(), "ch99_small", small);
}

}  // namespace

TEST_CASE("table: a file is read as it was written, plain and gzip") {
  const TemporaryFolder folder;
  const std::string text = "name,loss\n\"a, \"\"b\"\"\",0.5\nc,nan\n";
  write(folder.path / "t.csv", text);
  const gzFile file = gzopen((folder.path / "t.csv.gz").c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  for (const char* name : {"t.csv", "t.csv.gz"}) {
    const Table table = Table::read(folder.path / name);
    REQUIRE(table.size() == 2);
    CHECK(table.text(0, "name") == "a, \"b\"");
    CHECK(table.where("name", "a, \"b\"").size() == 1);
    CHECK(table.number(0, "loss") == 0.5);
    CHECK(std::isnan(table.number(1, "loss")));
  }
}

TEST_CASE("table: a cut or damaged file is an error that names it") {
  const TemporaryFolder folder;
  const auto error_with = [&](const std::string& text) {
    write(folder.path / "t.csv", text);
    return error_of([&] { Table::read(folder.path / "t.csv"); });
  };
  CHECK_THAT(error_with("a,b\n1,2\n3,4"), ContainsSubstring("t.csv, row 2"));  // cut within a row
  CHECK_THAT(error_with("a,b\n1,2\n3\n"), ContainsSubstring("t.csv, row 2"));
  CHECK_THAT(error_of([&] { Table::read(folder.path / "none.csv"); }),
             ContainsSubstring("cannot read"));

  const gzFile file = gzopen((folder.path / "t.csv.gz").c_str(), "wb");
  gzputs(file, "a,b\n1,2\n");
  gzclose(file);
  std::filesystem::resize_file(folder.path / "t.csv.gz",
                               std::filesystem::file_size(folder.path / "t.csv.gz") - 6);
  CHECK_THAT(error_of([&] { Table::read(folder.path / "t.csv.gz"); }),
             ContainsSubstring("damaged or cut"));
}

TEST_CASE("table: distinct values and whole numbers") {
  const Table table({"width", "x"}, {{"64", ".5"}, {"128", "1"}, {"64", "1"}});
  CHECK(table.distinct("width") == std::vector<double>{64, 128});
  CHECK(table.integer(1, "width") == 128);
  CHECK_THROWS_AS(table.integer(0, "x"), Error);
}

TEST_CASE("report: reads a finished run, claims, and writes its summary") {
  const TemporaryFolder folder;
  const std::string path = folder.path.string();
  const Captured quiet(std::cerr);
  CHECK(run({path}) == 2);  // no run.json
  CHECK_THAT(quiet.str(), ContainsSubstring("no finished run"));
  write(folder.path / "run.json", run_json);
  CHECK(run({path}) == 2);
  CHECK_THAT(quiet.str(), ContainsSubstring("losses.csv is missing"));
  CHECK_THAT(quiet.str(), ContainsSubstring("ch99_small --full"));

  write(folder.path / "losses.csv", "seed,loss\n0,0.25\n1,0.5\n");
  CHECK(run({path}) == 0);
  CHECK(run({path, "--check"}) == 1);  // .5 is not below .4
  const std::string summary = read(folder.path / "summary.json");
  CHECK_THAT(summary, ContainsSubstring("\"smallest\""));
  CHECK_THAT(summary, ContainsSubstring("\"tolerance\": 0.1"));
  CHECK_THAT(summary, ContainsSubstring("\"value\": \"-inf\""));
  CHECK_THAT(summary, ContainsSubstring("\"upper\": 0.4"));
  CHECK_THAT(summary, ContainsSubstring("\"seconds\": 2.5"));
  CHECK_THAT(summary, ContainsSubstring("\"holds\": false"));

  const Report report(folder.path, folder.path);
  CHECK(report.full());
  CHECK(report.seed() == 7);
  CHECK_THAT(error_of([&] { report.option("width"); }), ContainsSubstring("no option width"));
}

TEST_CASE("report: a FIFO or a folder in place of a file is an error, not a wait") {
  const TemporaryFolder folder;
  const std::string path = folder.path.string();
  const Captured said(std::cerr);
  REQUIRE(mkfifo((folder.path / "run.json").c_str(), 0600) == 0);
  CHECK(run({path}) == 2);
  CHECK_THAT(said.str(), ContainsSubstring("no finished run"));
  std::filesystem::remove(folder.path / "run.json");
  write(folder.path / "run.json", run_json);
  REQUIRE(mkfifo((folder.path / "losses.csv").c_str(), 0600) == 0);
  CHECK(run({path}) == 2);
  std::filesystem::remove(folder.path / "losses.csv");
  std::filesystem::create_directory(folder.path / "losses.csv");
  CHECK(run({path}) == 2);
  CHECK_THAT(said.str(), ContainsSubstring("losses.csv: it is not a file"));
}

TEST_CASE("report: a committed summary that its tables do not give fails the check") {
  const TemporaryFolder folder, out;
  write(folder.path / "run.json", run_json);
  write(folder.path / "losses.csv", "seed,loss\n0,0.25\n1,0.375\n");
  const std::vector<std::string> judged = {folder.path.string(), "--check", "--out",
                                           out.path.string()};
  REQUIRE(run({folder.path.string()}) == 0);
  CHECK(run(judged) == 0);
  write(folder.path / "losses.csv", "seed,loss\n0,0.26\n1,0.375\n");
  const Captured said(std::cerr);
  CHECK(run(judged) == 1);
  CHECK_THAT(said.str(), ContainsSubstring("smallest is 0.26, there 0.25"));
}

TEST_CASE("report: the run of another chapter, and options that are none") {
  const TemporaryFolder folder;
  write(folder.path / "run.json",
        R"({"chapter": "ch98_other", "command": "ch98_other", "options": {}})");
  const Captured said(std::cerr);
  CHECK(run({folder.path.string()}) == 2);
  CHECK_THAT(said.str(), ContainsSubstring("a run of ch98_other, not of ch99_small"));
  CHECK(run({folder.path.string(), "--full"}) == 2);
  CHECK_THAT(said.str(), ContainsSubstring("there is no option --full"));
  write(folder.path / "run.json", "{");
  CHECK(run({folder.path.string()}) == 2);
  CHECK_THAT(said.str(), ContainsSubstring("run.json is damaged"));
}
