#pragma once
// RowReader: looks things up in a row of the store. What is missing or of another type is empty: rows are our
// own.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/scope.hpp"
#include "wire/value.hpp"

namespace gable::rules {

// Borrows the row.
class RowReader {
 public:
  explicit RowReader(const wire::Value& row) : row_(row.as_object()) {}

  [[nodiscard]] const wire::Value& raw(std::string_view key) const {
    static const wire::Value kNothing;
    const wire::Value* found = row_ != nullptr ? row_->find(key) : nullptr;
    return found != nullptr ? *found : kNothing;
  }
  [[nodiscard]] bool has(std::string_view key) const { return !raw(key).is_null(); }
  [[nodiscard]] std::string text(std::string_view key) const { return std::string(raw(key).string_or("")); }
  [[nodiscard]] bool flag(std::string_view key) const { return raw(key).bool_or(false); }
  [[nodiscard]] std::uint64_t number(std::string_view key) const {
    const std::int64_t* found = raw(key).as_int();
    return found != nullptr && *found >= 0 ? static_cast<std::uint64_t>(*found) : 0;
  }
  [[nodiscard]] std::optional<Instant> moment(std::string_view key) const {
    const std::int64_t* found = raw(key).as_int();
    return found != nullptr ? std::optional(Instant(std::chrono::microseconds(*found))) : std::nullopt;
  }
  [[nodiscard]] jinja::Value value(std::string_view key) const { return from_row(raw(key)); }
  [[nodiscard]] RowReader object(std::string_view key) const { return RowReader(raw(key)); }
  [[nodiscard]] const wire::List& list(std::string_view key) const {
    static const wire::List kNone;
    const wire::List* found = raw(key).as_list();
    return found != nullptr ? *found : kNone;
  }
  [[nodiscard]] const wire::Object& members() const {
    static const wire::Object kNone;
    return row_ != nullptr ? *row_ : kNone;
  }
  // An enumeration's value, the last of which is `last`.
  template <typename Enum>
  [[nodiscard]] Enum one_of(std::string_view key, Enum last) const {
    const std::uint64_t found = number(key);
    return found <= static_cast<std::uint64_t>(last) ? static_cast<Enum>(found) : Enum{};
  }

 private:
  const wire::Object* row_;
};

}  // namespace gable::rules
