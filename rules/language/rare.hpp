#pragma once
// Rare: a value that most rules do not have, and that takes 8 bytes where it is not. A std::optional takes
// the room of its value in every trigger, condition and step of every rule.

#include <memory>
#include <optional>
#include <utility>

namespace gable::rules {

template <class T>
class Rare {
 public:
  Rare() = default;
  // NOLINTBEGIN(google-explicit-constructor): as with std::optional
  Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(std::optional<T> value) {
    if (value) value_ = std::make_unique<T>(std::move(*value));
  }
  // NOLINTEND(google-explicit-constructor)
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Rare() = default;

  explicit operator bool() const { return value_ != nullptr; }
  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace gable::rules
