#pragma once

// Catch2 under one name for its two generations: version 2 of Debian 12, version 3 of Ubuntu 24.04.
// Tests use what both have, and version 3's names Approx and ContainsSubstring.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;
#else
#include <catch2/catch.hpp>
/// Matches strings that contain `part`.
inline auto ContainsSubstring(const std::string& part) { return Catch::Matchers::Contains(part); }
#endif
