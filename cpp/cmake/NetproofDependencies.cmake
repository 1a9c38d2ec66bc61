# Finds every library that the chosen options need, and reports the missing
# ones together with the Debian packages that hold them.

set(netproof_missing "")

# netproof_find(<package> <debian package> <arguments of find_package>...)
macro(netproof_find package debian)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    list(APPEND netproof_missing ${debian})
  endif()
endmacro()

set(THREADS_PREFER_PTHREAD_FLAG ON)
netproof_find(Threads libc6-dev)
netproof_find(Boost libboost-graph-dev 1.74 CONFIG)
netproof_find(yaml-cpp libyaml-cpp-dev 0.7)
netproof_find(nlohmann_json nlohmann-json3-dev 3.10)
netproof_find(fmt libfmt-dev 9)

if(NETPROOF_TESTS)
  netproof_find(GTest libgtest-dev)
endif()
if(NETPROOF_PYTHON)
  netproof_find(Python python3-dev 3.11 COMPONENTS Interpreter
                Development.Module)
  netproof_find(pybind11 pybind11-dev 3.0 CONFIG)
endif()

if(netproof_missing)
  list(REMOVE_DUPLICATES netproof_missing)
  list(JOIN netproof_missing " " netproof_missing)
  message(
    FATAL_ERROR
      "netproof needs libraries that were not found. On Debian or Ubuntu:\n"
      "  sudo apt-get install ${netproof_missing}\n"
      "(pybind11 3 comes with the Python build: python3 -m pip install .)")
endif()

# yaml-cpp 0.7 has no namespace in its target name, 0.8 has one.
if(TARGET yaml-cpp::yaml-cpp)
  set(NETPROOF_YAML_CPP yaml-cpp::yaml-cpp)
else()
  set(NETPROOF_YAML_CPP yaml-cpp)
endif()
