#include "chapters/support/sweep.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>
#include <mutex>
#include <new>
#include <numeric>
#include <sstream>
#include <thread>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/files.h"
#include "chapters/support/fingerprint.h"
#include "chapters/support/progress.h"
#include "chapters/support/temporary.h"

namespace gradus {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& parts, const char* separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  std::istringstream stream(line);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

std::vector<std::string> texts(std::initializer_list<Cell> cells) {
  std::vector<std::string> result;
  for (const Cell& cell : cells) {
    check(!cell.text().empty() && cell.text().front() != '"',
          "[sweep] an entry is neither empty nor holds a comma, a quote or a "
          "line break");
    result.push_back(cell.text());
  }
  return result;
}

// While it lives, the signals that ask a program to end are answered in a sentence. Nothing is lost
// by ending at once, because a finished cell is a whole file.
class StopSignals {
 public:
  StopSignals() : old_term_(std::signal(SIGTERM, stop)), old_int_(std::signal(SIGINT, stop)) {}
  ~StopSignals() {
    std::signal(SIGTERM, old_term_);
    std::signal(SIGINT, old_int_);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  static void stop(int signal) {
    const char message[] =
        "\nstopped; finished cells are kept: the same command goes on from "
        "there\n";
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(1);
    _exit(signal == SIGTERM ? 75 : 130);
  }
  void (*old_term_)(int);
  void (*old_int_)(int);
};

}  // namespace

void SweepRows::add(std::initializer_list<Cell> row) {
  check(row.size() == columns_, "[sweep] a row of ", row.size(), " entries, but ", columns_,
        " columns are measured");
  rows_.push_back(texts(row));
}

Sweep::Sweep(const Options& options, std::string name, std::vector<std::string> settings,
             std::vector<std::string> measured)
    : options_(options),
      name_(std::move(name)),
      settings_(std::move(settings)),
      measured_(std::move(measured)) {}

void Sweep::depends_on(std::string_view data) { data_ += fingerprint(data); }

// Where the cells of this configuration are: those of this build, and with --reuse of others.
void Sweep::find_folders() {
  check(!options_.takes_data || !data_.empty(),
        "[sweep] the program has --data; say with depends_on what was read");
  configuration_ =
      name_ + '-' +
      fingerprint(options_.identity + data_ + joined(settings_, ",") + joined(measured_, ","));
  const fs::path cells = options_.out / "cells";
  folder_ = cells / (configuration_ + '-' + code_fingerprint());
  folders_ = {folder_};
  if (!fs::is_directory(cells)) return;
  for (const auto& other : fs::directory_iterator(cells)) {
    if (other.path() == folder_ ||
        !other.path().filename().string().starts_with(configuration_ + '-'))
      continue;
    if (options_.reuse)
      folders_.push_back(other.path());
    else
      std::cerr << name_ << ": the cells of another build in " << other.path().string()
                << " are left alone; --reuse takes them" << std::endl;
  }
  std::sort(folders_.begin() + 1, folders_.end());
}

void Sweep::cell(std::initializer_list<Cell> settings, Work work, double cost) {
  check(settings.size() == settings_.size(), "[sweep] ", settings.size(),
        " settings of a cell, but ", settings_.size(), " columns for them");
  check(cost > 0, "[sweep] the cost of a cell is ", cost, "; it must be positive");
  Entry entry{texts(settings), std::move(work), cost, {}};
  std::string file = joined(entry.settings, "_");
  for (char& c : file)
    if (!std::isalnum(static_cast<unsigned char>(c)) && !std::strchr("._+-", c)) c = '-';
  entry.file = file + ".csv";
  for (const Entry& other : entries_)
    check(other.file != entry.file, "[sweep] there are two cells ", joined(entry.settings, ", "));
  entries_.push_back(std::move(entry));
}

// The last line of a finished cell: a file of other settings, or a changed one, has another.
std::string Sweep::last_line(const Entry& entry, const std::string& rows) const {
  return "checksum," + fingerprint(configuration_ + joined(entry.settings, ",") + '\n' + rows) +
         '\n';
}

// The rows of a cell; nothing if it is not finished.
std::optional<Sweep::Rows> Sweep::read(const Entry& entry) const {
  for (const fs::path& folder : folders_) {
    const fs::path path = folder / entry.file;
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (status.type() == fs::file_type::not_found) continue;
    check(fs::is_regular_file(status), "the cell ", path.string(),
          " is not a file; remove it and start again");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    check(file.good(), "cannot read the cell ", path.string());
    const std::string text = bytes.str();
    const std::size_t end = std::min(text.rfind("checksum,"), text.size());
    check(text.substr(end) == last_line(entry, text.substr(0, end)), "the cell ", path.string(),
          " is damaged; delete it and start again");
    Rows rows;
    std::istringstream lines(text.substr(0, end));
    for (std::string line; std::getline(lines, line);) rows.push_back(split(line));
    return rows;
  }
  return {};
}

// The unfinished cells of this shard, the longest first. A shard takes every n-th of all cells in
// that order, whether finished or not, so that shards are about equally long and never overlap.
std::vector<const Sweep::Entry*> Sweep::missing() const {
  std::vector<const Entry*> order;
  for (const Entry& entry : entries_) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(),
                   [](const Entry* a, const Entry* b) { return a->cost > b->cost; });
  std::vector<const Entry*> result;
  for (std::size_t k = 0; k < order.size(); ++k)
    if (k % static_cast<std::size_t>(options_.shards) == static_cast<std::size_t>(options_.shard) &&
        !read(*order[k]))
      result.push_back(order[k]);
  return result;
}

void Sweep::compute(const Entry& entry) const {
  SweepRows rows(measured_.size());
  entry.work(rows);
  std::string text;
  for (const auto& row : rows.rows_)
    text += joined(entry.settings, ",") + ',' + joined(row, ",") + '\n';
  write_atomically(folder_ / entry.file, text + last_line(entry, text));
}

void Sweep::compute(const std::vector<const Entry*>& entries) const {
  std::error_code error;
  fs::create_directories(folder_, error);
  check(!error, "cannot make the folder ", folder_.string(), ": ", error.message());
  const double work = std::accumulate(entries.begin(), entries.end(), 0.0,
                                      [](double sum, const Entry* e) { return sum + e->cost; });
  const std::size_t jobs = std::min(entries.size(), static_cast<std::size_t>(options_.jobs));
  TextStream announcement;
  announcement << entries.size() << " of " << entries_.size() << " cells to compute, " << jobs
               << " at a time";

  const StopSignals stop_signals;
  Progress progress(name_, work, announcement.str());
  std::atomic<std::size_t> next = 0;
  std::mutex failing;
  std::string failure;
  const auto worker = [&] {
    set_threads(std::max(1, options_.threads / static_cast<int>(jobs)));
    for (std::size_t k = next++; k < entries.size(); k = next++) try {
        compute(*entries[k]);
        progress.step(joined(entries[k]->settings, " "), entries[k]->cost);
      } catch (const std::exception& caught) {
        next = entries.size();  // no further cells
        const std::lock_guard lock(failing);
        const bool memory = dynamic_cast<const std::bad_alloc*>(&caught) != nullptr;
        if (failure.empty())
          failure = name_ + " at " + joined(entries[k]->settings, ", ") + ": " +
                    (memory ? "out of memory; try fewer --jobs" : caught.what());
      }
  };
  std::vector<std::thread> workers;
  try {
    workers.reserve(jobs);
    for (std::size_t job = 0; job < jobs; ++job) workers.emplace_back(worker);
  } catch (const std::exception&) {  // a limit; those that started go on
  }
  for (std::thread& started : workers) started.join();
  check(!workers.empty(), "the system starts no thread: raise its limit on processes or memory");
  if (!failure.empty()) fail(failure);
}

void Sweep::run() {
  find_folders();
  remove_stale(folder_, "");
  std::vector<const Entry*> left = missing();
  if (options_.merge && !left.empty()) {
    TextStream message;
    message << left.size() << " of " << entries_.size() << " cells of " << name_
            << " are missing, the first is " << joined(left.front()->settings, ", ")
            << "; run their shards, or run without --merge";
    throw Finished{message.str(), 4};
  }
  if (!left.empty())
    compute(left);
  else
    std::cerr << name_ << ": all cells are from earlier runs; delete " << folder_.string()
              << " to begin anew" << std::endl;
  if (options_.shards > 1) return;  // --merge puts the table together

  std::vector<std::string> columns = settings_;
  columns.insert(columns.end(), measured_.begin(), measured_.end());
  std::string text = joined(columns, ",") + '\n';
  for (const Entry& entry : entries_) {
    const Rows rows = read(entry).value();
    for (const std::vector<std::string>& row : rows) text += joined(row, ",") + '\n';
  }
  write_atomically(options_.out / (name_ + ".csv"), text);
}

}  // namespace gradus
