# Warnings and sanitizers of our own targets. Third-party headers come through
# imported targets, which CMake passes as system headers: they do not warn.

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow)

if(NETPROOF_WERROR)
  add_compile_options(-Werror)
endif()

if(NETPROOF_SANITIZE OR NETPROOF_FUZZ)
  set(netproof_sanitizers -fsanitize=address,undefined
                          -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${netproof_sanitizers})
  add_link_options(${netproof_sanitizers})
endif()

# The library under a fuzz target reports its branches too.
if(NETPROOF_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "fuzz targets need clang (Debian: clang), "
                        "not ${CMAKE_CXX_COMPILER_ID}")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
