# How every file of gradus is compiled. Directory scope: a project that adds gradus keeps its flags.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
  endif()
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Werror=switch)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict)  # false alarms in std::string (GCC bug 105651)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_FLAGS_DEBUG MATCHES fsanitize)
    add_compile_options(-Wno-maybe-uninitialized)  # false alarms in std::function (GCC bug 105562)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    add_compile_options(-Wno-pass-failed)  # `omp simd` over std::exp stays a scalar loop
  endif()
  # Off again with `cmake --compile-no-warning-as-error`, for compilers that warn about more.
  set(CMAKE_COMPILE_WARNING_AS_ERROR ON)
endif()

# The libraries serve in a plugin, and as shared ones with BUILD_SHARED_LIBS. g++ would then not
# inline what another library might replace.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET default)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options(-fno-semantic-interposition)
endif()

# Files are compiled one by one: several have helpers of the same name.
set(CMAKE_UNITY_BUILD OFF)

# Sums keep their order, NaN and infinity keep their meaning; only errno and traps are given up.
add_compile_options(-fno-math-errno -fno-trapping-math)

# One set of architecture flags for all files: those that include Eigen must agree on its alignment.
# Generic tuning, because g++ 12 tuned for Zen makes Eigen's products 20% slower.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  set(features " avx2 ")
  if(EXISTS /proc/cpuinfo)
    file(STRINGS /proc/cpuinfo features REGEX "^flags" LIMIT_COUNT 1)
  endif()
  if(GRADUS_NATIVE OR NOT features MATCHES " avx2 ")
    add_compile_options(-march=native -mtune=generic)
  else()
    add_compile_options(-march=x86-64-v3 -mtune=generic)
  endif()
endif()
