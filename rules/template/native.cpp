// Reads Python's literals: None, True, numbers, text, bytes, tuples, lists, dicts, sets.
#include "template/native.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "template/syntax/literals.hpp"
#include "template/syntax/syntax_error.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

namespace {

constexpr int kMaxDepth = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Nothing from any function: this is no literal, and the text stays text.
class LiteralReader {
 public:
  explicit LiteralReader(std::string_view text) : rest_(text) {}

  std::optional<Value> read() {
    std::optional<Value> value = element(0);
    if (!value) return std::nullopt;
    // A bare comma makes a tuple at the outermost level.
    if (peek() == ',') value = tuple_after(std::move(*value), 0);
    return peek() == '\0' && rest_.empty() ? value : std::nullopt;
  }

 private:
  char peek() {
    const std::size_t blank = rest_.find_first_not_of(" \t\r\n\f");
    rest_.remove_prefix(std::min(blank, rest_.size()));
    return rest_.empty() ? '\0' : rest_.front();
  }
  bool take(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<Value> element(int depth) {
    if (depth > kMaxDepth) return std::nullopt;
    const char c = peek();
    if (c == '[') return list(depth);
    if (c == '(') return parenthesised(depth);
    if (c == '{') return dict_or_set(depth);
    if (c == '\'' || c == '"') return texts();
    if (c == '+' || c == '-') return signed_number(depth);
    if (is_digit(c) || c == '.') return number();
    return word();
  }

  // Elements up to `close`, after the first.
  bool elements(Values& out, char close, int depth) {
    while (!take(close)) {
      if (!out.empty() && !take(',')) return false;
      if (!out.empty() && take(close)) return true;
      std::optional<Value> value = element(depth + 1);
      if (!value) return false;
      out.push_back(std::move(*value));
    }
    return true;
  }

  std::optional<Value> list(int depth) {
    take('[');
    Values out;
    if (!elements(out, ']', depth)) return std::nullopt;
    return Value::list(std::move(out));
  }

  std::optional<Value> parenthesised(int depth) {
    take('(');
    if (take(')')) return Value::tuple({});
    std::optional<Value> first = element(depth + 1);
    if (!first) return std::nullopt;
    if (take(')')) return first;
    if (peek() != ',') return std::nullopt;
    Values out{std::move(*first)};
    if (!elements(out, ')', depth)) return std::nullopt;
    return Value::tuple(std::move(out));
  }

  std::optional<Value> tuple_after(Value first, int depth) {
    Values out{std::move(first)};
    while (take(',')) {
      if (peek() == '\0') break;
      std::optional<Value> value = element(depth + 1);
      if (!value) return std::nullopt;
      out.push_back(std::move(*value));
    }
    return Value::tuple(std::move(out));
  }

  std::optional<Value> dict_or_set(int depth) {
    take('{');
    auto dict = std::make_shared<Dict>();
    if (take('}')) return Value(DictPtr(std::move(dict)));
    std::optional<Value> first = element(depth + 1);
    if (!first) return std::nullopt;
    if (peek() != ':') return set(std::move(*first), depth);
    std::optional<Value> key = std::move(first);
    while (true) {
      if (!take(':')) return std::nullopt;
      std::optional<Value> value = element(depth + 1);
      if (!value) return std::nullopt;
      dict->set(std::move(*key), std::move(*value));
      const bool comma = take(',');
      if (take('}')) return Value(DictPtr(std::move(dict)));
      if (!comma) return std::nullopt;
      key = element(depth + 1);
      if (!key) return std::nullopt;
    }
  }

  std::optional<Value> set(Value first, int depth) {
    Values all{std::move(first)};
    if (!elements(all, '}', depth)) return std::nullopt;
    auto out = std::make_shared<Set>();
    for (Value& value : all) out->insert(std::move(value));
    return Value(SetPtr(std::move(out)));
  }

  // One or more quoted texts, which belong together.
  std::optional<Value> texts() {
    std::string out;
    while (peek() == '\'' || peek() == '"') {
      const char quote = rest_.front();
      std::size_t end = 1;
      while (end < rest_.size() && rest_[end] != quote) {
        if (rest_[end] == '\n') return std::nullopt;
        end += rest_[end] == '\\' ? 2 : 1;
      }
      if (end >= rest_.size()) return std::nullopt;
      Token token;
      token.text = rest_.substr(0, end + 1);
      out += string_of(token);
      rest_.remove_prefix(end + 1);
    }
    return Value(std::move(out));
  }

  std::optional<Value> signed_number(int depth) {
    const bool minus = rest_.front() == '-';
    rest_.remove_prefix(1);
    std::optional<Value> value = element(depth + 1);
    if (!value || !value->is_number() || value->is(Value::Kind::boolean)) return std::nullopt;
    return minus ? negative(*value) : *value;
  }

  std::optional<Value> number() {
    std::size_t end = 0;
    const auto exponent_sign = [&](std::size_t i) {
      const bool hex = rest_.size() > 1 && (rest_[1] == 'x' || rest_[1] == 'X');
      return !hex && i > 0 && (rest_[i] == '+' || rest_[i] == '-') &&
             (rest_[i - 1] == 'e' || rest_[i - 1] == 'E');
    };
    while (end < rest_.size() && (is_word(rest_[end]) || rest_[end] == '.' || exponent_sign(end))) ++end;
    const std::string_view digits = rest_.substr(0, end);
    rest_.remove_prefix(end);
    const bool zeros = digits.find_first_not_of("0_") == digits.npos;
    const bool prefixed =
        digits.size() > 1 && digits[0] == '0' && std::string_view("xXoObB").find(digits[1]) != digits.npos;
    if (prefixed) return to_integer(Value(digits), 0);
    if (digits.find_first_not_of("0123456789_") == digits.npos) {
      // Python refuses 007, but not 00.
      if (digits[0] == '0' && !zeros) return std::nullopt;
      return to_integer(Value(digits));
    }
    if (digits.find_first_not_of("0123456789_.eE+-") != digits.npos) return std::nullopt;
    const std::optional<double> real = to_real(Value(digits));
    return real ? std::optional<Value>(*real) : std::nullopt;
  }

  std::optional<Value> word() {
    std::size_t end = 0;
    while (end < rest_.size() && is_word(rest_[end])) ++end;
    const std::string_view name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (name == "None") return Value();
    if (name == "True" || name == "False") return Value(name == "True");
    return std::nullopt;
  }

  std::string_view rest_;
};

// Home Assistant keeps numbers in any other notation (1e5, 1_000, 0x1F) as text.
bool is_plain_number(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) return false;
  const std::size_t point = text.find('.');
  const auto digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), is_digit); };
  if (point == text.npos) return digits(text);
  return digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

// Most results are words. They end here, without a reader.
bool may_be_literal(std::string_view text) {
  if (text.empty()) return false;
  const char c = text.front();
  return is_digit(c) || std::string_view("+-.[({'\"TFN").find(c) != std::string_view::npos;
}

}  // namespace

Value native(std::string_view rendered) {
  if (!may_be_literal(rendered)) return rendered;
  std::optional<Value> value;
  try {
    value = LiteralReader(rendered).read();
  } catch (const EvaluationError&) {
    return rendered;  // a key that cannot be hashed, too many digits
  } catch (const SyntaxError&) {
    return rendered;  // an escape that is none
  }
  if (!value || value->is(Value::Kind::text) || value->is(Value::Kind::bytes)) return rendered;
  const bool number = value->is_number() && !value->is(Value::Kind::boolean);
  return number && !is_plain_number(rendered) ? Value(rendered) : *value;
}

}  // namespace gable::rules::jinja
