// Reads JSON into Value through the SAX reader of nlohmann/json, which keeps no call stack, under our limits.
// The only unit that sees nlohmann/json. Pure; any thread.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "wire/json.hpp"

namespace gable::wire {

namespace {

Error error_at(ErrorCode code, std::string text, std::size_t position) {
  return Error{code, std::move(text), "byte " + std::to_string(position)};
}

// A pointer that leaves behind how far the reader has come, for errors that the reader itself does not see.
class Cursor {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor() = default;
  Cursor(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

 private:
  const char* at_ = nullptr;
  const char** reached_ = nullptr;
};

// Compared when the object is complete: its keys no longer move, and many of them sort quicker than they
// compare.
const std::string* duplicate_key(const Object& object) {
  constexpr std::size_t kSmall = 16;
  if (object.size() <= kSmall) {
    for (auto a = object.begin(); a != object.end(); ++a) {
      const auto same = [&](const Member& m) { return m.key == a->key; };
      if (std::any_of(object.begin(), a, same)) return &a->key;
    }
    return nullptr;
  }
  std::vector<const std::string*> keys;
  keys.reserve(object.size());
  for (const Member& member : object) keys.push_back(&member.key);
  std::sort(keys.begin(), keys.end(), [](const std::string* a, const std::string* b) { return *a < *b; });
  const auto same = [](const std::string* a, const std::string* b) { return *a == *b; };
  const auto found = std::adjacent_find(keys.begin(), keys.end(), same);
  return found == keys.end() ? nullptr : *found;
}

// Keys come from outside: in a message they are cut and stripped of what a terminal might obey.
std::string shown_key(std::string_view key) {
  constexpr std::size_t kLongest = 40;
  std::string out = "\"";
  for (const char c : key.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte >= 0x7F ? '?' : c;
  }
  return out + (key.size() > kLongest ? "…\"" : "\"");
}

// What nlohmann/json says, without its prefix and without the raw input that it quotes.
std::string reader_message(std::string_view what) {
  constexpr std::string_view kColumn = ", column ";
  if (const auto column = what.find(kColumn); column != std::string_view::npos) {
    if (const auto colon = what.find(": ", column); colon != std::string_view::npos)
      what.remove_prefix(colon + 2);
  } else if (const auto bracket = what.find("] "); bracket != std::string_view::npos) {
    what.remove_prefix(bracket + 2);
  }
  what = what.substr(0, what.find("; last read"));
  if (what.find("number overflow") != std::string_view::npos) what = "number out of range";
  return "not valid JSON: " + std::string(what);
}

// Receives the SAX events and builds the value. Pointers to unfinished containers stay valid, because a
// parent does not grow while its child is open.
class Builder {
 public:
  Builder(const JsonLimits& limits, const char* begin, const char* const* reached)
      : limits_(limits), begin_(begin), reached_(reached) {}

  bool null() { return add(Value()) != nullptr; }
  bool boolean(bool b) { return add(Value(b)) != nullptr; }
  bool number_integer(std::int64_t i) { return add(Value(i)) != nullptr; }
  bool number_unsigned(std::uint64_t u) {
    if (u > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return add(Value(static_cast<double>(u))) != nullptr;
    }
    return add(Value(static_cast<std::int64_t>(u))) != nullptr;
  }
  bool number_float(double d, const std::string& /*text*/) { return add(Value(d)) != nullptr; }
  bool string(std::string& s) { return add(Value(std::move(s))) != nullptr; }
  bool binary(std::vector<std::uint8_t>& /*bytes*/) { return false; }  // not in JSON texts

  bool start_object(std::size_t /*size*/) { return open(Value(Object())); }
  bool start_array(std::size_t /*size*/) { return open(Value(List())); }
  bool key(std::string& key) {
    key_ = std::move(key);
    return true;
  }
  bool end_object() {
    if (const std::string* key = duplicate_key(*open_.back()->as_object())) {
      return refuse(ErrorCode::malformed, "duplicate key " + shown_key(*key));
    }
    open_.pop_back();
    return true;
  }
  bool end_array() {
    open_.pop_back();
    return true;
  }

  template <class Exception>
  bool parse_error(std::size_t position, const std::string& /*token*/, const Exception& exception) {
    error_ = error_at(ErrorCode::malformed, reader_message(exception.what()), position);
    return false;
  }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  Value take() { return std::move(root_); }

 private:
  Value* add(Value value) {
    if (++nodes_ > limits_.nodes) {
      refuse(ErrorCode::too_large, "more than " + std::to_string(limits_.nodes) + " values");
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (List* list = open_.back()->as_list()) return &list->emplace_back(std::move(value));
    return &open_.back()->as_object()->append(std::move(key_), std::move(value));
  }

  bool open(Value container) {
    if (open_.size() >= limits_.depth) {
      return refuse(ErrorCode::too_large, "nested deeper than " + std::to_string(limits_.depth) + " levels");
    }
    Value* added = add(std::move(container));
    if (added == nullptr) return false;
    open_.push_back(added);
    return true;
  }

  bool refuse(ErrorCode code, std::string text) {
    error_ = error_at(code, std::move(text), static_cast<std::size_t>(*reached_ - begin_));
    return false;
  }

  const JsonLimits& limits_;
  const char* begin_;
  const char* const* reached_;
  Value root_;
  std::vector<Value*> open_;
  std::string key_;
  std::size_t nodes_ = 0;
  std::optional<Error> error_;
};

const char* skip_digits(const char* at, const char* end) {
  while (at != end && *at >= '0' && *at <= '9') ++at;
  return at;
}

struct NumberShape {
  bool valid = false;
  bool integer = true;
};

// The number grammar of RFC 8259, 6: std::from_chars takes more (01, .5, inf).
NumberShape number_shape(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  if (at != end && *at == '-') ++at;
  const char* const digits = at;
  at = skip_digits(at, end);
  if (at == digits || (*digits == '0' && at - digits > 1)) return {};
  NumberShape shape{true, true};
  if (at != end && *at == '.') {
    const char* const fraction = ++at;
    at = skip_digits(at, end);
    if (at == fraction) return {};
    shape.integer = false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* const exponent = at;
    at = skip_digits(at, end);
    if (at == exponent) return {};
    shape.integer = false;
  }
  shape.valid = at == end;
  return shape;
}

bool parse_number(std::string_view text, Value& out) {
  const NumberShape shape = number_shape(text);
  if (!shape.valid) return false;
  const char* const end = text.data() + text.size();
  if (shape.integer) {
    std::int64_t integer = 0;
    if (std::from_chars(text.data(), end, integer).ec == std::errc()) {
      out = Value(integer);
      return true;
    }
  }
  double number = 0;
  // Overflow is refused; underflow is left to the full parser, which gives 0.
  if (std::from_chars(text.data(), end, number).ec != std::errc()) return false;
  out = Value(number);
  return true;
}

}  // namespace

bool parse_scalar(std::string_view text, Value& out) {
  if (text.empty()) return false;
  const char first = text.front();
  if (first == '-' || (first >= '0' && first <= '9')) return parse_number(text, out);
  if (text == "true") {
    out = Value(true);
  } else if (text == "false") {
    out = Value(false);
  } else if (text == "null") {
    out = Value();
  } else {
    return false;
  }
  return true;
}

Result<Value> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return error_at(ErrorCode::too_large,
                    std::to_string(text.size()) + " bytes, the limit is " + std::to_string(limits.bytes),
                    limits.bytes);
  }
  Value scalar;
  if (limits.nodes > 0 && parse_scalar(text, scalar)) return scalar;
  // The reader would skip a byte order mark; RFC 8259, 8.1 has none.
  if (text.starts_with("\xEF\xBB\xBF")) {
    return error_at(ErrorCode::malformed, "not valid JSON: begins with a byte order mark", 0);
  }
  // The reader would take a NUL for the end of the text and leave what follows unread.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return error_at(ErrorCode::malformed, "not valid JSON: holds a NUL byte", nul);
  }
  const char* const begin = text.data();
  const char* reached = begin;
  Builder builder(limits, begin, &reached);
  const Cursor first(begin, &reached);
  const Cursor last(begin + text.size(), &reached);
  if (nlohmann::json::sax_parse(first, last, &builder)) return builder.take();
  if (builder.error()) return *builder.error();
  return error_at(ErrorCode::malformed, "not valid JSON", 0);
}

Result<Object> parse_object(std::string_view text, const JsonLimits& limits) {
  Result<Value> value = parse_json(text, limits);
  if (!value) return value.error();
  if (Object* object = value->as_object()) return std::move(*object);
  return Error{ErrorCode::wrong_type, "expected an object, got " + std::string(value->type_name()), ""};
}

namespace {

// Bytes that follow the lead byte of a well-formed sequence; -1 for a byte that cannot lead.
int continuation_count(unsigned char lead) {
  if (lead < 0x80) return 0;
  if (lead >= 0xC2 && lead <= 0xDF) return 1;
  if (lead >= 0xE0 && lead <= 0xEF) return 2;
  if (lead >= 0xF0 && lead <= 0xF4) return 3;
  return -1;
}

// Unicode, table 3-7: the second byte is narrower after some leads (overlong forms, surrogates, beyond
// U+10FFFF).
bool second_byte_fits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second <= 0x9F;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second <= 0x8F;
    default:
      return true;
  }
}

}  // namespace

bool valid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead == 0) return false;
    const int count = continuation_count(lead);
    if (count < 0 || text.size() - i < static_cast<std::size_t>(count)) return false;
    if (count > 0 && !second_byte_fits(lead, static_cast<unsigned char>(text[i]))) return false;
    for (int n = 0; n < count; ++n) {
      if ((static_cast<unsigned char>(text[i++]) & 0xC0U) != 0x80U) return false;
    }
  }
  return true;
}

}  // namespace gable::wire
