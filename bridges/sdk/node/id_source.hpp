#pragma once
// Random ids come in through this door, so that tests bring fixed ones.

#include <cstdint>
#include <string>

namespace gable::node {

class IdSource {
 public:
  virtual ~IdSource() = default;
  // 64 random bits as 16 lower-case hexadecimal digits.
  [[nodiscard]] virtual std::string next() = 0;
  // For generators that need no secrecy (jitter, simulation).
  [[nodiscard]] virtual std::uint32_t seed() = 0;
};

class RandomIds final : public IdSource {
 public:
  [[nodiscard]] std::string next() override;
  [[nodiscard]] std::uint32_t seed() override;
};

// "id-1", "id-2", …: for tests and replay.
class CountedIds final : public IdSource {
 public:
  [[nodiscard]] std::string next() override;
  [[nodiscard]] std::uint32_t seed() override;

 private:
  std::uint32_t last_ = 0;
};

}  // namespace gable::node
