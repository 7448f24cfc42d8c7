#pragma once

#include <chrono>
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
  /// Announces `total` steps of the work called `label`, in the words of `announcement` if there is
  /// one. Steps may have different lengths; `total` is then the sum of their `work`.
  Progress(std::string label, double total, std::string announcement = {});
  /// Ends the line; says "done" with the time taken if every step was made.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more step is done; `note` is shown behind the bar until the next one.
  void step(const std::string& note = {}, double work = 1);

 private:
  void draw(double seconds);
  bool finished() const { return done_ >= total_ * (1 - 1e-9); }

  const std::string label_;
  const std::string announcement_;
  const double total_;
  const bool terminal_;
  const std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;
  double done_ = 0;
  double next_draw_ = 0;
  std::string note_;
};

/// A time as a reader says it: "0.4 s", "12 s", "3 min 20 s", "2 h 05 min".
std::string duration(double seconds);

}  // namespace gradus
