#pragma once

#include <cstddef>
#include <functional>

namespace netproof {

/// Calls `work` with every index below `count`, on `jobs` threads, the caller's
/// among them; 0: one for each core. Indices are begun in their order. The
/// first exception ends the thread that met it and is thrown at the end.
void for_each_index(std::size_t count, int jobs,
                    const std::function<void(std::size_t)>& work);

}  // namespace netproof
