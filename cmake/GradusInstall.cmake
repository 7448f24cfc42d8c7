# Headers under include/gradus/ (so `#include "autodiff/tensor.h"` works in the tree and installed),
# libraries, and the files for find_package(gradus).
include(CMakePackageConfigHelpers)

set(installed_targets gradus)
foreach(folder IN LISTS library_folders)
  list(APPEND installed_targets gradus_${folder})
  set_target_properties(gradus_${folder} PROPERTIES
    EXPORT_NAME ${folder} VERIFY_INTERFACE_HEADER_SETS ${PROJECT_IS_TOP_LEVEL})
endforeach()
install(TARGETS ${installed_targets} EXPORT gradusTargets
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gradus)

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/gradus)
install(EXPORT gradusTargets NAMESPACE gradus:: DESTINATION ${config_folder})
configure_package_config_file(cmake/gradusConfig.cmake.in ${PROJECT_BINARY_DIR}/gradusConfig.cmake
  INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/gradusConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/gradusConfig.cmake
  ${PROJECT_BINARY_DIR}/gradusConfigVersion.cmake DESTINATION ${config_folder})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES data/fashion_mnist_subset/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR}
  RENAME LICENSE.fashion-mnist)
