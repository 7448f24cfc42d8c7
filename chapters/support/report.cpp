#include "chapters/support/report.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "autodiff/check.h"
#include "chapters/support/csv.h"
#include "chapters/support/files.h"
#include "chapters/support/program.h"

namespace gradus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json json_number(double value) {
  return std::isfinite(value) ? Json(value) : Json(format_number(value));
}

double number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  return parse_number(json.is_string() ? json.get<std::string>() : "").value_or(NAN);
}

// But for rounding, which compilers do differently.
bool equal(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b)) ||
         std::fabs(a - b) <= 1e-12 + 1e-9 * std::fmax(std::fabs(a), std::fabs(b));
}

// Where the table is; empty if it is missing.
fs::path table_file(const fs::path& folder, const std::string& name) {
  for (const char* ending : {".csv", ".csv.gz"})
    if (fs::exists(folder / (name + ending))) return folder / (name + ending);
  return {};
}

}  // namespace

Report::Report(fs::path folder, fs::path to)
    : out(std::move(to)), folder_(std::move(folder)), run_(RunRecord::read(folder_)) {}

bool Report::has(const std::string& name) const { return !table_file(folder_, name).empty(); }

Table Report::table(const std::string& name) const {
  const fs::path file = table_file(folder_, name);
  check(!file.empty(), "the table ", name, ".csv is missing in ", folder_.string(),
        "; make it with: ", run_.command);
  return Table::read(file);
}

void Report::number(std::string name, double value, double tolerance) {
  for (const Number& number : numbers_)
    check(number.name != name, "[report] there are two numbers called ", name);
  numbers_.push_back({std::move(name), value, tolerance});
}

std::string Report::summary() const {
  Json summary = Json::parse(run_.json);
  summary["numbers"] = Json::object();
  for (const Number& number : numbers_)
    summary["numbers"][number.name] = {{"value", json_number(number.value)},
                                       {"tolerance", json_number(number.tolerance)}};

  summary["claims"] = Json::object();
  for (const Claim& claim : claims_.all()) {
    Json& entry = summary["claims"][claim.name];
    entry = {{"claim", claim.text},
             {"value", json_number(claim.value)},
             {"expected", claim.expected.text()}};
    if (std::isfinite(claim.expected.lower)) entry["lower"] = claim.expected.lower;
    if (std::isfinite(claim.expected.upper)) entry["upper"] = claim.expected.upper;
    entry["holds"] = claim.holds();
  }
  return summary.dump(2) + '\n';
}

void Report::save() const { write_atomically(out / "summary.json", summary()); }

std::string Report::contradiction() const {
  const fs::path path = folder_ / "summary.json";
  if (!fs::is_regular_file(path)) return {};
  std::ifstream file(path);
  const Json there = Json::parse(file, nullptr, false);
  const Json here = Json::parse(summary());
  for (const char* kind : {"numbers", "claims"}) {
    if (!there.is_object() || !there.contains(kind) || there[kind].size() != here[kind].size())
      return std::string("other ") + kind + " stand there";
    for (const auto& [name, entry] : here[kind].items()) {
      if (!there[kind].contains(name)) return name + " is missing there";
      const double value = number_of(entry["value"]), other = number_of(there[kind][name]["value"]);
      if (!equal(value, other))
        return name + " is " + format_number(value) + ", there " + format_number(other);
    }
  }
  return {};
}

int run_report(int argc, const char* const* argv, std::string_view chapter, void (*body)(Report&)) {
  const std::string short_name(chapter.substr(0, chapter.find('_')));
  return run_guarded(short_name, [&] {
    std::string folder = "build/results/" + short_name, out;
    bool judge = false;
    CLI::App app("What " + std::string(chapter) +
                 " measured: tables, claims and figures, without training.");
    app.add_option("FOLDER", folder, "a finished run")->capture_default_str();
    app.add_option("--out", out, "folder for figures (default: FOLDER)");
    app.add_flag("--check", judge, "exit with 1 if a claim fails");
    if (!parse_command_line(app, argc, argv)) return 0;

    Report report(folder, out.empty() ? folder : out);
    const std::string made_by = RunRecord::read(folder).chapter;
    check(made_by == chapter, folder, " holds a run of ", made_by, ", not of ", chapter);
    fs::create_directories(report.out);
    body(report);
    report.save();
    const int code = report.print_claims(judge);
    if (!judge || report.out == folder) return code;
    const std::string contradiction = report.contradiction();
    if (contradiction.empty()) return code;
    std::cerr << short_name << ": the summary.json in " << folder
              << " is not what its tables give: " << contradiction << "; make it anew without --out"
              << std::endl;
    return 1;
  });
}

}  // namespace gradus
