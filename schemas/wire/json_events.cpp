// Hands the events of nlohmann/json's reader on to a sink, under our limits. Pure; any thread.
#include "wire/json_events.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gable::wire {

namespace {

// What the reader of nlohmann/json calls; returning false stops it.
class Forwarder {
 public:
  Forwarder(const JsonLimits& limits, JsonSink& sink) : limits_(limits), sink_(sink) {}

  bool null() { return counted() && (sink_.null(), true); }
  bool boolean(bool b) { return counted() && (sink_.boolean(b), true); }
  bool number_integer(std::int64_t i) { return counted() && (sink_.integer(i), true); }
  bool number_unsigned(std::uint64_t u) {
    if (!counted()) return false;
    if (u <= static_cast<std::uint64_t>(INT64_MAX)) {
      sink_.integer(static_cast<std::int64_t>(u));
    } else {
      sink_.big_integer(std::to_string(u));
    }
    return true;
  }
  // The reader hands integers beyond 64 bits over as doubles, with their text.
  bool number_float(double d, const std::string& text) {
    if (!counted()) return false;
    const auto digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
    if (std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      sink_.big_integer(text);
    } else {
      sink_.real(d);
    }
    return true;
  }
  bool string(std::string& text) { return counted() && (sink_.string(std::move(text)), true); }
  bool binary(std::vector<std::uint8_t>& /*bytes*/) { return false; }  // not in JSON texts
  bool start_object(std::size_t /*size*/) { return opened() && (sink_.begin_object(), true); }
  bool key(std::string& text) { return sink_.key(std::move(text)), true; }
  bool end_object() { return --depth_, sink_.end_object(), true; }
  bool start_array(std::size_t /*size*/) { return opened() && (sink_.begin_list(), true); }
  bool end_array() { return --depth_, sink_.end_list(), true; }
  template <class Exception>
  bool parse_error(std::size_t position, const std::string& /*token*/, const Exception& /*exception*/) {
    error_ = Error{ErrorCode::malformed, "not valid JSON", "byte " + std::to_string(position)};
    return false;
  }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  bool counted() {
    if (++nodes_ <= limits_.nodes) return true;
    error_ = Error{ErrorCode::too_large, "more than " + std::to_string(limits_.nodes) + " values", ""};
    return false;
  }
  bool opened() {
    if (++depth_ <= limits_.depth) return counted();
    error_ =
        Error{ErrorCode::too_large, "nested deeper than " + std::to_string(limits_.depth) + " levels", ""};
    return false;
  }

  const JsonLimits& limits_;
  JsonSink& sink_;
  std::size_t nodes_ = 0;
  std::size_t depth_ = 0;
  std::optional<Error> error_;
};

}  // namespace

std::optional<Error> read_json(std::string_view text, const JsonLimits& limits, JsonSink& sink) {
  if (text.size() > limits.bytes) {
    return Error{ErrorCode::too_large,
                 std::to_string(text.size()) + " bytes, the limit is " + std::to_string(limits.bytes), ""};
  }
  // The reader would skip a byte order mark (RFC 8259, 8.1 has none) and take a NUL for the end of the text.
  if (text.starts_with("\xEF\xBB\xBF") || text.find('\0') != std::string_view::npos) {
    return Error{ErrorCode::malformed, "not valid JSON: holds a byte order mark or NUL", "byte 0"};
  }
  Forwarder forwarder(limits, sink);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &forwarder)) return std::nullopt;
  if (forwarder.error()) return forwarder.error();
  return Error{ErrorCode::malformed, "not valid JSON", "byte 0"};
}

}  // namespace gable::wire
