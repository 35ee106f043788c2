#pragma once
// Counts every allocation of the executable, for tests of what a hot path costs. Whoever uses it compiles
// counted_allocations.cpp in, which replaces the global operator new. Not with sanitizers, which bring an
// allocator of their own. One thread.

#include <cstddef>

namespace gable::test {

// Since the executable began.
std::size_t allocations();

// Of what `work` does.
template <typename Work>
std::size_t counted(const Work& work) {
  const std::size_t before = allocations();
  work();
  return allocations() - before;
}

}  // namespace gable::test
