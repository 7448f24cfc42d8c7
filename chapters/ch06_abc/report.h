#pragma once

#include <filesystem>
#include <string>

#include "chapters/ch06_abc/experiment.h"
#include "chapters/ch06_abc/freedoms.h"
#include "chapters/support/report.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

/// What the report reads off the tables of chapter 6.
namespace gradus {

using Values = std::vector<double>;

/// A quantity over the seeds, against the width.
struct Curve : Spread {
  Values widths;
  Exponent exponent;  // over the seeds
};
Curve curve_of(const Table& rows, const char* quantity);

/// Of two tables mixed: the losses at one width, medians over the seeds at
/// each of the rates.
Values losses_of(const Table& mixed, const Parametrisation& table,
                 std::int64_t width);

/// "1", "-1/2", "3/4"; every exponent here is a multiple of a quarter.
std::string fraction(double x);

/// What is real in each table: printed, and claimed.
void print_freedoms();
void claim_freedoms(Report& report);

void draw_three_forms(const Table& forms, const std::filesystem::path& out);
void draw_lazy_rich(const Table& lazy, const std::filesystem::path& out);
void draw_mixed(const Table& mixed, const std::filesystem::path& out);

}  // namespace gradus
