# What nearly every source of ours includes, directly or not. Precompiled, it
# takes a third off the time of a source; a build without it shows whether each
# file includes what it names.
set(netproof_common
    <algorithm> <array> <charconv> <cstdint> <filesystem> <map> <optional>
    <set> <string> <string_view> <tuple> <unordered_map> <utility> <variant>
    <vector> <fmt/format.h>)

# netproof_layer(<name> USES <layer>... LIBRARIES <third-party target>...)
#
# The library netproof_<name> from the sources in src/<name>, whatever they are
# called; the layer `check` is the façade, the sources directly in src. A layer
# that has no source yet passes on what it uses.
function(netproof_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "USES;LIBRARIES")

  get_property(known GLOBAL PROPERTY netproof_layers)
  foreach(used IN LISTS layer_USES)
    if(NOT used IN_LIST known)
      message(FATAL_ERROR "layer ${name} names ${used}, which is not a layer "
                          "before it: ${known}")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY netproof_layers ${name})

  if(name STREQUAL "check")
    set(folder "${CMAKE_CURRENT_SOURCE_DIR}/src")
  else()
    set(folder "${CMAKE_CURRENT_SOURCE_DIR}/src/${name}")
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")

  list(TRANSFORM layer_USES PREPEND netproof_)
  if(sources)
    add_library(netproof_${name} STATIC ${sources})
    target_include_directories(
      netproof_${name}
      PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/include"
      PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_link_libraries(
      netproof_${name}
      PUBLIC ${layer_USES}
      PRIVATE fmt::fmt Threads::Threads ${layer_LIBRARIES})
    if(NETPROOF_PRECOMPILE)
      target_precompile_headers(netproof_${name} PRIVATE ${netproof_common})
    endif()
    set_property(GLOBAL APPEND PROPERTY netproof_objects
                 $<TARGET_OBJECTS:netproof_${name}>)
    set_property(GLOBAL APPEND PROPERTY netproof_libraries ${layer_LIBRARIES})
  else()
    add_library(netproof_${name} INTERFACE)
    target_include_directories(netproof_${name}
                               INTERFACE "${CMAKE_CURRENT_SOURCE_DIR}/include")
    target_link_libraries(netproof_${name} INTERFACE ${layer_USES})
  endif()
endfunction()

# netproof_library()
#
# The one target that others use, netproof::netproof: the objects of all layers
# in one archive, its headers, and what find_package(netproof) reads.
function(netproof_library)
  get_property(objects GLOBAL PROPERTY netproof_objects)
  get_property(libraries GLOBAL PROPERTY netproof_libraries)
  list(REMOVE_DUPLICATES libraries)

  add_library(netproof STATIC ${objects})
  add_library(netproof::netproof ALIAS netproof)
  target_compile_features(netproof PUBLIC cxx_std_20)
  target_include_directories(
    netproof
    PUBLIC "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>"
           "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  target_link_libraries(netproof PRIVATE fmt::fmt Threads::Threads ${libraries})

  # A wheel holds the Python package only; the library is for C++ users.
  if(SKBUILD)
    set(in_all EXCLUDE_FROM_ALL)
  endif()
  set(config_folder "${CMAKE_INSTALL_LIBDIR}/cmake/netproof")
  install(
    TARGETS netproof
    EXPORT netproof-targets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT cpp ${in_all})
  install(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/include/"
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT cpp ${in_all})
  install(
    EXPORT netproof-targets
    NAMESPACE netproof::
    DESTINATION ${config_folder} COMPONENT cpp ${in_all})

  include(CMakePackageConfigHelpers)
  configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cpp/cmake/netproof-config.cmake.in"
    "${PROJECT_BINARY_DIR}/netproof-config.cmake"
    INSTALL_DESTINATION ${config_folder})
  write_basic_package_version_file(
    "${PROJECT_BINARY_DIR}/netproof-config-version.cmake"
    COMPATIBILITY SameMinorVersion)
  install(
    FILES "${PROJECT_BINARY_DIR}/netproof-config.cmake"
          "${PROJECT_BINARY_DIR}/netproof-config-version.cmake"
    DESTINATION ${config_folder} COMPONENT cpp ${in_all})
endfunction()
