include(Catch)

if(EMSCRIPTEN)  # of /usr/include, Catch2's headers alone
  set(catch ${PROJECT_BINARY_DIR}/catch)
  file(MAKE_DIRECTORY ${catch})
  file(CREATE_LINK /usr/include/catch2 ${catch}/catch2 SYMBOLIC)
  set_target_properties(Catch2::Catch2 PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${catch}
    INTERFACE_COMPILE_DEFINITIONS CATCH_CONFIG_NO_POSIX_SIGNALS)
endif()

# Debian's Catch2WithMain is for the machine that builds.
set(catch_main Catch2::Catch2WithMain)
if(CMAKE_CROSSCOMPILING)
  set(catch_main catch_main)
  file(CONFIGURE OUTPUT catch_main.cpp CONTENT
    "#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n")
  add_library(catch_main STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/catch_main.cpp)
  target_link_libraries(catch_main PUBLIC Catch2::Catch2)
endif()

# gradus_test(name SOURCES a.cpp ... [LIBRARIES target ...] [LABEL label] [EXHAUSTIVE])
# One Catch2 program; each TEST_CASE becomes a ctest. Label `unit`, the default, also runs under the
# sanitizers, which build the target unit_tests only. EXHAUSTIVE says that the program has cases
# tagged [exhaustive]: they get the label of that name and run in `./test --all` only.
add_custom_target(unit_tests)
function(gradus_test name)
  cmake_parse_arguments(arg "EXHAUSTIVE" "LABEL" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  add_executable(${name} ${arg_SOURCES})
  if(arg_LABEL STREQUAL unit)
    add_dependencies(unit_tests ${name})
  endif()
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} ${catch_main})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  catch_discover_tests(${name} TEST_SPEC "~[exhaustive]" TEST_PREFIX "${name}."
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT 300 SKIP_REGULAR_EXPRESSION "gradus: skipped")
  if(arg_EXHAUSTIVE)
    catch_discover_tests(${name} TEST_SPEC "[exhaustive]" TEST_PREFIX "${name}."
      PROPERTIES LABELS exhaustive TIMEOUT 1800)
  endif()
endfunction()
