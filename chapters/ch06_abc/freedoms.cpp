// The real freedoms of each table, printed, and which tables share them.

#include <cmath>
#include <cstdio>
#include <functional>
#include <initializer_list>
#include <string>

#include "chapters/ch06_abc/report.h"

namespace gradus {
namespace {

std::string exponents(std::initializer_list<double> values) {
  std::string text;
  for (double x : values) text += (text.empty() ? "(" : ", ") + fraction(x);
  return text + ")";
}

// One line for each table, one column for each role.
void print_rows(
    const char* heading, const Tables& tables,
    const std::function<std::string(const Parametrisation&, Role)>& entry) {
  std::printf("%s\n%-19s%-15s%-15s%s\n", heading, "", "input", "hidden",
              "output");
  for (const Parametrisation& table : tables)
    std::printf("%-19s%-15s%-15s%s\n", table.name,
                entry(table, Role::input).c_str(),
                table.hidden ? entry(table, Role::hidden).c_str() : "none",
                entry(table, Role::output).c_str());
  std::printf("\n");
}

std::string written(const Parametrisation& table, Role role) {
  const Scaling row = table.at(role);
  return exponents({-exponent(row.multiplier, role),
                    -exponent(row.init_std, role),
                    -exponent(row.sgd_lr, role)});
}
std::string real_sgd(const Parametrisation& table, Role role) {
  return exponents({real(table, role).start, real(table, role).sgd});
}
std::string real_adam(const Parametrisation& table, Role role) {
  return exponents({real(table, role).start, real(table, role).adam});
}

// How many of the real freedoms of SGD differ, in the roles that both have.
double differences(const Parametrisation& a, const Parametrisation& b) {
  int count = 0;
  for (Role role : {Role::input, Role::hidden, Role::output, Role::bias}) {
    if (role == Role::hidden && !(a.hidden && b.hidden)) continue;
    const Real p = real(a, role), q = real(b, role);
    count += (p.start != q.start) + (p.sgd != q.sgd);
  }
  return count;
}

}  // namespace

std::string fraction(double x) {
  int denominator = 1;
  while (x * denominator != std::round(x * denominator)) denominator *= 2;
  const std::string numerator = std::to_string(std::lround(x * denominator));
  return denominator == 1 ? numerator
                          : numerator + "/" + std::to_string(denominator);
}

void print_freedoms() {
  for (const Parametrisation& form : forms())
    std::printf("%s\n", to_string(form).c_str());
  const Tables rows = {abc::sp,         abc::ntk,        abc::mean_field,
                       abc::mup_table3, abc::mup_table8, abc::mup_table9};
  print_rows("Written, SGD: (a, b, c)", rows, written);
  print_rows("Real, SGD: (a + b, 2a + c)", rows, real_sgd);
  print_rows("Real, Adam: (a + b, a + c)", rows, real_adam);
  print_rows("Family, SGD: (a + b, 2a + c)", members(), real_sgd);
  print_rows("Mixtures, SGD: (a + b, 2a + c)", {slow(), fast()}, real_sgd);
}

void claim_freedoms(Report& report) {
  report.claim("forms_differ", "real freedoms in which the muP forms differ",
               differences(forms()[0], forms()[1]) +
                   differences(forms()[0], forms()[2]),
               equals(0));
  report.claim("mean_field_differs", "the same for mean field and muP",
               differences(abc::mean_field, abc::mup_table3), equals(0));
  report.claim("ends_differ", "the same for the family's ends and NTK, muP",
               differences(members()[0], abc::ntk) +
                   differences(members()[2], abc::mup_table3),
               equals(0));
}

}  // namespace gradus
