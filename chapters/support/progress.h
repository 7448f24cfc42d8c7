#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace gradus {

/// Live progress on stderr with the time left: a bar that is redrawn on a terminal, otherwise one
/// plain line every few seconds. The first sign appears at construction. Safe to step from several
/// threads.
///
///     Progress progress("training", steps);
///     for (...) { ...; progress.step("loss 0.43"); }
class Progress {
 public:
  /// Announces `total` steps of the work called `label`.
  Progress(std::string label, std::int64_t total);
  /// Ends the line; says "done" with the time taken if every step was made.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more step is done; `note` is shown behind the bar until the next one.
  void step(const std::string& note = {});

 private:
  void draw(double seconds);

  const std::string label_;
  const std::int64_t total_;
  const bool terminal_;
  const std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;
  std::int64_t done_ = 0;
  double next_draw_ = 0;
  std::string note_;
};

/// A time as a reader says it: "0.4 s", "12 s", "3 min 20 s", "2 h 05 min".
std::string duration(double seconds);

}  // namespace gradus
