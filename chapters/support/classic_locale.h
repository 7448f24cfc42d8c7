#pragma once

#include <locale.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif

namespace gradus {

/// While it lives, printf and strtod of this thread write and read numbers as C does, with a point,
/// whatever locale the program has set. (Streams have a locale of their own: TextStream.)
class ClassicLocale {
 public:
  ClassicLocale() : old_(uselocale(classic())) {}
  ~ClassicLocale() { uselocale(old_); }
  ClassicLocale(const ClassicLocale&) = delete;
  ClassicLocale& operator=(const ClassicLocale&) = delete;

 private:
  static locale_t classic() {
    static const locale_t c = newlocale(LC_ALL_MASK, "C", locale_t{});
    return c;
  }
  locale_t old_;
};

}  // namespace gradus
