# Finds what the enabled parts need, and collects in gradus_missing_packages the Debian packages of
# what is not there, so that one error names them all.

set(gradus_missing_packages "")

# gradus_find(apt-package find_package-arguments...)
macro(gradus_find apt_package name)
  find_package(${name} QUIET ${ARGN})
  if(NOT ${name}_FOUND)
    list(APPEND gradus_missing_packages ${apt_package})
  endif()
endmacro()

gradus_find(libeigen3-dev Eigen3 3.4 CONFIG)
gradus_find(g++ Threads)
if(NOT EMSCRIPTEN)  # a page brings its images unpacked
  gradus_find(zlib1g-dev ZLIB)
endif()

# Optional, with OpenMP inside: the one kind of oneDNN that can be held to one thread per call.
set(GRADUS_PROVIDER none)
if(GRADUS_ONEDNN)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_LIBRARIES dnnl gomp)
  check_cxx_source_compiles("
    #include <oneapi/dnnl/dnnl.hpp>
    #if DNNL_CPU_THREADING_RUNTIME != DNNL_RUNTIME_OMP
    #error not OpenMP
    #endif
    extern \"C\" void omp_set_num_threads(int);
    int main() { omp_set_num_threads(1); return dnnl_version()->major < 2; }" GRADUS_HAS_ONEDNN)
  unset(CMAKE_REQUIRED_LIBRARIES)
  if(GRADUS_HAS_ONEDNN)
    set(GRADUS_PROVIDER onednn)
  endif()
endif()

if(GRADUS_BUILD_CHAPTERS)
  gradus_find(libcli11-dev CLI11 CONFIG)
  gradus_find(nlohmann-json3-dev nlohmann_json CONFIG)
  gradus_find("libboost-filesystem-dev libboost-iostreams-dev" Boost CONFIG
    COMPONENTS filesystem iostreams)
  find_path(GNUPLOT_IOSTREAM_DIR gnuplot-iostream.h)
  mark_as_advanced(GNUPLOT_IOSTREAM_DIR)
  if(NOT GNUPLOT_IOSTREAM_DIR)
    list(APPEND gradus_missing_packages libgnuplot-iostream-dev)
  endif()
endif()

if(GRADUS_BUILD_TESTS)
  gradus_find(catch2 Catch2 CONFIG)
endif()
