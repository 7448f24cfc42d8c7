#include "chapters/support/plotting/axis.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "autodiff/check.h"
#include "chapters/support/plotting/texts.h"

namespace gradus::plotting {
namespace {

// A readable distance of ticks on a linear axis: 1, 2 or 5 times a power of ten.
double linear_step(const Span& span, int most) {
  const double least = (span.last - span.first) / most;
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double digit : {1, 2, 5})
    if (digit * power >= least) return digit * power;
  return 10 * power;
}

struct Tick {
  std::string label;  // empty: a small tick
  double value;
};

std::string plain(double value) {
  TextStream text;
  text << value;
  return text.str();
}

// Ticks of a logarithmic axis: powers of the base where there is room for two or more of them, else
// 1, 2 and 5 times a power of ten, else round numbers.
std::vector<Tick> log_ticks(const Span& span, int most) {
  std::vector<Tick> ticks;
  const auto add = [&](const std::string& label, double value) {
    if (const double at = span.fraction(value); at > -1e-9 && at < 1 + 1e-9)
      ticks.push_back({label, value});
  };
  const bool decimal = span.scale == Scale::log10;
  const double powers = span.last - span.first;
  const double decades = decimal ? powers : powers * std::log10(2);
  if (decades < 0.5) {
    const Span linear{Scale::linear, from_scale(span.scale, span.first),
                      from_scale(span.scale, span.last)};
    const double step = linear_step(linear, most);
    for (double k = std::ceil(linear.first / step); k * step <= linear.last; ++k)
      add(plain(k * step), k * step);
    return ticks;
  }
  const bool ones_twos_fives = decimal && decades < 1.5;
  int step = 1;
  while (powers > (most + 2) * step) step *= 2;
  for (int p = static_cast<int>(std::floor(span.first)); p <= std::ceil(span.last); ++p) {
    const double power = from_scale(span.scale, p);
    const std::string exponent = (p < 0 ? "−" : "") + std::to_string(std::abs(p));
    if (ones_twos_fives)
      add(plain(power), power);
    else if (p % step == 0)
      add((decimal ? "10^{" : "2^{") + exponent + "}", power);
    else if (step <= 8)
      add("", power);
    for (int digit = 2; decimal && step == 1 && digit < 10; ++digit)
      add(ones_twos_fives && (digit == 2 || digit == 5) ? plain(digit * power) : "", digit * power);
  }
  return ticks;
}

std::string log_tics(const Span& span, Ticks wish) {
  TextStream tics;
  tics.precision(10);
  for (const Tick& tick : log_ticks(span, wish.most))
    tics << (tics.tellp() > 0 ? ", " : "") << quoted(wish.labelled ? tick.label : "") << ' '
         << tick.value << (tick.label.empty() ? " 1" : " 0");
  return tics.str();
}

// gnuplot's number format of a linear axis: as many decimals on each tick as the step has.
std::string linear_format(const Span& span, int most) {
  const double step = linear_step(span, most),
               largest = std::max(std::abs(span.first), std::abs(span.last));
  if (step < 0.9e-4 || largest >= 1e6) return "%h";
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  return "%." + std::to_string(decimals) + "f";
}

}  // namespace

double to_scale(Scale scale, double value) {
  if (scale == Scale::linear) return value;
  return scale == Scale::log2 ? std::log2(value) : std::log10(value);
}

double from_scale(Scale scale, double value) {
  if (scale == Scale::linear) return value;
  return scale == Scale::log2 ? std::exp2(value) : std::pow(10.0, value);
}

std::string axis_commands(const std::string& name, const Span& span, Ticks ticks) {
  TextStream commands;
  commands.precision(10);
  const std::string format = ticks.labelled ? linear_format(span, ticks.most) : "";
  if (span.scale == Scale::linear)
    commands << "  unset logscale " << name << "\n  set " << name << "tics "
             << linear_step(span, ticks.most) << "\n  set format " << name << ' ' << quoted(format)
             << '\n';
  else
    commands << "  set logscale " << name << (span.scale == Scale::log2 ? " 2\n" : " 10\n")
             << "  set " << name << "tics (" << log_tics(span, ticks) << ")\n";
  commands << "  set " << name << "range [" << from_scale(span.scale, span.first) << ':'
           << from_scale(span.scale, span.last) << "]\n";
  return commands.str();
}

double tick_width(const Span& span, int most) {
  std::vector<std::string> labels;
  if (span.scale != Scale::linear) {
    for (const Tick& tick : log_ticks(span, most)) labels.push_back(tick.label);
    return text_width(labels);
  }
  const std::string format = linear_format(span, most);
  for (const double end : {span.first, span.last})
    labels.push_back(printed(format == "%h" ? "%.3g" : format, end));
  return text_width(labels);
}

}  // namespace gradus::plotting
