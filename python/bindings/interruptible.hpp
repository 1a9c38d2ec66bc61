#pragma once

#include <pybind11/pybind11.h>

#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <type_traits>
#include <utility>

namespace netproof::python {

/// The result of `work`, which runs on a thread of its own without the GIL,
/// while the calling thread looks for signals: Ctrl-C ends the call at once.
/// The work itself then runs to its end unobserved, which is safe because it
/// owns what it reads.
/// REQUIRES: `work` captures by value and touches no Python object; the caller
/// holds the GIL.
template <class Work>
auto interruptible(Work work) -> std::invoke_result_t<Work&> {
  using Answer = std::invoke_result_t<Work&>;
  constexpr std::chrono::milliseconds kBetweenLooks{50};
  std::packaged_task<Answer()> task{std::move(work)};
  std::future<Answer> answer = task.get_future();
  std::thread{std::move(task)}.detach();

  const pybind11::gil_scoped_release released;
  while (answer.wait_for(kBetweenLooks) != std::future_status::ready) {
    const pybind11::gil_scoped_acquire acquired;
    if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
  }
  return answer.get();
}

}  // namespace netproof::python
