#include "chapters/support/results.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/temporary.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
std::string shortest(T value) {
  if (std::isnan(value))
    return "nan";  // never "-nan", whose sign means nothing
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

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

// Returns 0, or the errno of what failed.
int replace(const std::filesystem::path& path, std::string_view text) {
  const std::string temporary = temporary_name(path).string();
  const int file =
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  claim(file);
  int error = write_and_sync(file, text) ? 0 : errno;
  if (close(file) != 0 && error == 0) error = errno;
  if (error == 0 && rename(temporary.c_str(), path.c_str()) != 0)
    error = errno;
  if (error != 0) unlink(temporary.c_str());
  return error;
}

Json json_number(double value) {
  return std::isfinite(value) ? Json(value) : Json(format_number(value));
}

std::string cpu_model() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.starts_with("model name") &&
        line.find(": ") != std::string::npos)
      return line.substr(line.find(": ") + 2);
  return "unknown";
}

}  // namespace

void write_atomically(const std::filesystem::path& path,
                      std::string_view text) {
  int error = replace(path, text);
  // Another program may have taken the temporary file for a stale one.
  for (int again = 0; error == ENOENT && again < 2; ++again)
    error = replace(path, text);
  if (error == 0) return;
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  fail("cannot write ", path.string(), ": ", std::strerror(error), "; ",
       full ? "free some space or " : "", "choose another folder with --out",
       " (results written before are kept)");
}

bool is_utf8(const std::string& text) {
  try {
    Json(text).dump();
    return true;
  } catch (const Json::type_error&) {
    return false;
  }
}

std::string format_number(double value) { return shortest(value); }
std::string format_number(float value) { return shortest(value); }

Cell::Cell(std::string_view text) : text_(text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return;
  text_ = '"';
  for (const char c : text)
    text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
  text_ += '"';
}

Csv::Csv(std::initializer_list<std::string_view> header)
    : columns_(header.size()) {
  for (const std::string_view name : header)
    text_ += (text_.empty() ? "" : ",") + Cell(name).text();
  text_ += '\n';
}

void Csv::row(std::initializer_list<Cell> cells) {
  check(cells.size() == columns_, "[csv] a row of ", cells.size(),
        " cells in a table of ", columns_, " columns");
  const char* separator = "";
  for (const Cell& cell : cells) {
    text_ += separator + cell.text();
    separator = ",";
  }
  text_ += '\n';
}

void Csv::save(const std::filesystem::path& path) const {
  write_atomically(path, text_);
}

void Summary::number(std::string name, double value, double tolerance) {
  for (const Number& number : numbers_)
    check(number.name != name, "[summary] there are two numbers called ",
          name);
  numbers_.push_back({std::move(name), value, tolerance});
}

void Summary::save(const Claims& claims) const {
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - options_.start;
  Json summary = {{"chapter", options_.chapter},
                  {"command", options_.command},
                  {"version", GRADUS_VERSION},
                  {"machine",
                   {{"cpu", cpu_model()},
                    {"processors", std::thread::hardware_concurrency()},
                    {"device", to_string(options_.device)},
                    {"provider", provider(options_.device)},
                    {"threads", threads()}}},
                  {"seconds", std::round(elapsed.count() * 10) / 10}};

  summary["numbers"] = Json::object();
  for (const Number& number : numbers_)
    summary["numbers"][number.name] = {
        {"value", json_number(number.value)},
        {"tolerance", json_number(number.tolerance)}};

  summary["claims"] = Json::object();
  for (const Claim& claim : claims.all()) {
    Json& entry = summary["claims"][claim.name];
    entry = {{"claim", claim.text},
             {"value", json_number(claim.value)},
             {"expected", claim.expected.text()}};
    if (std::isfinite(claim.expected.lower))
      entry["lower"] = claim.expected.lower;
    if (std::isfinite(claim.expected.upper))
      entry["upper"] = claim.expected.upper;
    entry["holds"] = claim.holds();
  }
  write_atomically(options_.out / "summary.json", summary.dump(2) + '\n');
}

}  // namespace gradus
