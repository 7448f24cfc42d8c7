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
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

// In UTF-8.
bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// The first `columns` characters of a text: a line that wraps could not be redrawn.
std::string_view fit(std::string_view text, std::size_t columns) {
  std::size_t i = 0;
  for (; i < text.size(); ++i)
    if (starts_character(text[i]) && columns-- == 0) break;
  return text.substr(0, i);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string repeat(std::string_view piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// What `used` columns leave of all.
std::size_t left_of(std::size_t columns, std::size_t used) {
  return columns > used ? columns - used : 0;
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
    std::snprintf(text, sizeof text, "%lld min %02lld s", whole / 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld h %02lld min", whole / 3600, whole % 3600 / 60);
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
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  if (elapsed.count() >= next_draw_) draw(elapsed.count());
}

// The bar moves smoothly; a log gets a line every two seconds, fewer as the run grows long.
void Progress::draw(double seconds) {
  next_draw_ = seconds + (terminal_ ? 0.1 : std::max(2.0, 0.02 * seconds));
  const double part = total_ > 0 ? std::min(1.0, done_ / total_) : 1;
  char percent[16];
  std::snprintf(percent, sizeof percent, terminal_ ? "%3.0f%%" : "%.0f%%", 100 * part);
  const std::string left = done_ == 0 ? "" : duration(seconds * (1 / part - 1)) + " left";

  if (terminal_) {
    // label, gap, bar, gap, percentage and more; the last column stays empty. Where there is little
    // room the bar gets shorter, then the label.
    const std::size_t columns = left_of(terminal_columns(), 1);
    const std::string_view gap = columns < 8 ? "" : "  ";
    const std::size_t rest = 2 * gap.size() + 4;  // 100%
    const std::string_view label = fit(label_, left_of(columns, rest));
    const std::size_t bar = std::min<std::size_t>(24, left_of(columns, characters(label) + rest));
    const auto filled = static_cast<std::size_t>(part * static_cast<double>(bar));
    const std::string tail =
        std::string(percent) + "  " + left + (note_.empty() ? "" : "  " + note_);
    const std::size_t used = characters(label) + 2 * gap.size() + bar;
    std::cerr << '\r' << label << gap << repeat("━", filled) << "\x1b[2m"
              << repeat("━", bar - filled) << "\x1b[0m" << gap << fit(tail, left_of(columns, used))
              << "\x1b[K" << std::flush;
  } else if (done_ == 0) {
    TextStream steps;
    steps << total_ << " steps";
    std::cerr << label_ << ": " << (announcement_.empty() ? steps.str() : announcement_)
              << std::endl;
  } else {
    std::cerr << label_ << ": " << percent << ", " << left << (note_.empty() ? "" : ", ") << note_
              << std::endl;
  }
}

Progress::~Progress() {
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  if (!finished()) {  // stopped early: leave the bar as it is and let what follows explain
    if (terminal_) std::cerr << std::endl;
    return;
  }
  std::cerr << (terminal_ ? "\r" : "") << label_ << ": done in " << duration(elapsed.count())
            << (note_.empty() ? "" : ", ") << note_ << (terminal_ ? "\x1b[K" : "") << std::endl;
}

}  // namespace gradus
