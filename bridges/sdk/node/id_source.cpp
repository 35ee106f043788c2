#include "node/id_source.hpp"

#include <random>

namespace gable::node {

std::string RandomIds::next() {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::random_device device;
  std::string id;
  id.reserve(16);
  for (int word = 0; word < 2; ++word) {
    auto bits = device();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) id += kDigits[bits & 0xF];
  }
  return id;
}

std::uint32_t RandomIds::seed() { return std::random_device{}(); }

std::string CountedIds::next() { return "id-" + std::to_string(++last_); }

std::uint32_t CountedIds::seed() { return 1; }

}  // namespace gable::node
