#pragma once
// Result<T>: a value or an Error. Data paths return it; nothing from outside makes the decoder throw.
// The interface is the part of std::expected that we use, so that an alias can replace it later
// (std::expected of GCC 12 does not compile with clang 14, which clang-tidy needs).

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace gable::wire {

// The machine-readable reason of a refusal; `code` in result and problem documents.
enum class ErrorCode {
  malformed,          // not JSON, not UTF-8, not a word that the domain knows
  too_large,          // over the size, depth or count limit
  wrong_type,         // a value of another type than the contract says
  out_of_range,       // outside the announced range or not among the options
  unknown_entity,     // no such entity or device
  unknown_attribute,  // the domain has no such attribute or parameter
  unknown_service,    // the domain has no such service
  unsupported,        // the domain knows it, this entity lacks the feature
  unavailable,        // nobody can carry it out now
  starting,           // the hub is not ready yet
  expired,            // came too late
  duplicate,          // an id that has been seen before
  conflict,           // claimed by somebody else
  newer_schema,       // a document of a later major version
  failed,             // the device said no
  refused,            // not allowed
};

// The spelling on the wire, e.g. "out_of_range".
std::string_view to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::malformed;
  std::string text;   // one sentence for people: what is wrong, what was expected, the nearest right name
  std::string where;  // key path within the document, or file:line:column; may be empty
  // "text (at where)"
  [[nodiscard]] std::string message() const;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: as std::expected
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: as std::unexpected

  [[nodiscard]] bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] T& value() { return std::get<0>(content_); }
  [[nodiscard]] const T& value() const { return std::get<0>(content_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  [[nodiscard]] const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

}  // namespace gable::wire
