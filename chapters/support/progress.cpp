#include "chapters/support/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "autodiff/check.h"
#include "chapters/support/classic_locale.h"

namespace gradus {
namespace {

bool stderr_is_terminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) && term && std::string_view(term) != "dumb";
}

std::size_t terminal_columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
             ? size.ws_col
             : 80;
}

// The first `columns` characters of UTF-8 text: a line that wraps could not be redrawn.
std::string_view fit(std::string_view text, std::size_t columns) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const bool starts_character =
        (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts_character && columns-- == 0) break;
  }
  return text.substr(0, i);
}

std::string repeat(std::string_view piece, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += piece;
  return text;
}

}  // namespace

std::string duration(double seconds) {
  const ClassicLocale point;
  char text[64];
  if (seconds < 9.95) {
    std::snprintf(text, sizeof text, "%.1f s", seconds);
    return text;
  }
  const long long whole = std::llround(seconds);
  if (whole < 60)
    std::snprintf(text, sizeof text, "%lld s", whole);
  else if (whole < 3600)
    std::snprintf(text, sizeof text, "%lld min %02lld s", whole / 60,
                  whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld h %02lld min", whole / 3600,
                  whole % 3600 / 60);
  return text;
}

Progress::Progress(std::string label, double total, std::string announcement)
    : label_(std::move(label)),
      announcement_(std::move(announcement)),
      total_(total),
      terminal_(stderr_is_terminal()),
      start_(std::chrono::steady_clock::now()) {
  draw(0);
}

void Progress::step(const std::string& note, double work) {
  const std::lock_guard lock(mutex_);
  done_ += work;
  note_ = note;
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start_;
  if (elapsed.count() >= next_draw_) draw(elapsed.count());
}

// The bar moves smoothly; a log gets a line every two seconds, fewer as the run grows long.
void Progress::draw(double seconds) {
  next_draw_ = seconds + (terminal_ ? 0.1 : std::max(2.0, 0.02 * seconds));
  const double part = total_ > 0 ? std::min(1.0, done_ / total_) : 1;
  char percent[16];
  std::snprintf(percent, sizeof percent, terminal_ ? "%3.0f%%" : "%.0f%%",
                100 * part);
  const std::string left =
      done_ == 0 ? "" : duration(seconds * (1 / part - 1)) + " left";

  if (terminal_) {
    constexpr int bar = 24;
    const int filled = static_cast<int>(part * bar);
    const std::string tail = std::string(percent) + "  " + left +
                             (note_.empty() ? "" : "  " + note_);
    const std::size_t columns = terminal_columns();
    const std::size_t used = fit(label_, columns).size() + bar + 5;
    std::cerr << '\r' << label_ << "  " << repeat("━", filled) << "\x1b[2m"
              << repeat("━", bar - filled) << "\x1b[0m  "
              << fit(tail, columns > used ? columns - used : 0) << "\x1b[K"
              << std::flush;
  } else if (done_ == 0) {
    TextStream steps;
    steps << total_ << " steps";
    std::cerr << label_ << ": "
              << (announcement_.empty() ? steps.str() : announcement_)
              << std::endl;
  } else {
    std::cerr << label_ << ": " << percent << ", " << left
              << (note_.empty() ? "" : ", ") << note_ << std::endl;
  }
}

Progress::~Progress() {
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start_;
  if (!finished()) {  // stopped early: leave the bar as it is and let what follows explain
    if (terminal_) std::cerr << std::endl;
    return;
  }
  std::cerr << (terminal_ ? "\r" : "") << label_ << ": done in "
            << duration(elapsed.count()) << (note_.empty() ? "" : ", ")
            << note_ << (terminal_ ? "\x1b[K" : "") << std::endl;
}

}  // namespace gradus
