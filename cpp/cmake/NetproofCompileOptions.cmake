# Warnings and sanitizers of our own targets. Third-party headers come through
# imported targets, which CMake passes as system headers: they do not warn.

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow)

# g++ 12 complains of the code of std::string itself where it is inlined (GCC
# bugs 105329 and 105651), here and there as the code around it changes.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION
                                            VERSION_LESS 13)
  add_compile_options(-Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
                      -Wno-stringop-overread)
endif()

if(NETPROOF_WERROR)
  add_compile_options(-Werror)
endif()

if(NETPROOF_SANITIZE OR NETPROOF_FUZZ)
  set(netproof_sanitizers -fsanitize=address,undefined
                          -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${netproof_sanitizers})
  add_link_options(${netproof_sanitizers})
endif()

# The library under a fuzz target reports its branches too, where the compiler
# has libFuzzer.
if(NETPROOF_FUZZ AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(NETPROOF_LIBFUZZER ON)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
