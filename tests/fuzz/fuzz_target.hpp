#pragma once
// The entry that libFuzzer and the corpus test call, and the check that stops both.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "wire/json.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace gable::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// UTF-8, where NUL is fine: it is an escape in JSON and YAML.
inline bool is_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t nul = text.find('\0');
    if (!wire::valid_utf8(text.substr(0, nul))) return false;
    text.remove_prefix(nul == std::string_view::npos ? text.size() : nul + 1);
  }
  return true;
}

// Aborts, so that the fuzzer keeps the input, when what must always hold does not.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: does not hold: %s\n", what);
  std::abort();
}

}  // namespace gable::fuzz
