#pragma once

#include <clocale>
#include <locale>
#include <string>

namespace gradus {

/// While it lives, numbers are written as in much of Europe, 1.234,5: by streams, and by printf too
/// where the system has such a locale.
class CommaLocale {
 public:
  CommaLocale() {
    for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8", "it_IT.UTF-8"})
      if (std::setlocale(LC_NUMERIC, name)) break;
  }
  ~CommaLocale() {
    std::locale::global(old_);
    std::setlocale(LC_NUMERIC, old_numeric_.c_str());
  }
  CommaLocale(const CommaLocale&) = delete;
  CommaLocale& operator=(const CommaLocale&) = delete;

 private:
  struct Commas : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::string old_numeric_ = std::setlocale(LC_NUMERIC, nullptr);
  const std::locale old_ = std::locale::global(std::locale(std::locale::classic(), new Commas));
};

}  // namespace gradus
