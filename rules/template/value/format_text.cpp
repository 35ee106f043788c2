// 'text'.format(…), as Jinja's sandbox has it: Python's string.Formatter with Jinja's look-ups.

#include <cstdint>
#include <string>
#include <utility>

#include "template/evaluate/evaluation.hpp"
#include "template/value/error.hpp"
#include "template/value/format.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

constexpr int kDeepest = 2;  // fields within the spec of a field

bool is_index(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::int64_t index_of(std::string_view digits) {
  std::int64_t index = 0;
  for (const char c : digits) {
    if (index > 1'000'000'000'000) throw_value_error("Too many decimal digits in format string");
    index = index * 10 + (c - '0');
  }
  return index;
}

// {name!conversion:spec}
struct Field {
  std::string_view name;
  std::string_view spec;
  std::string_view conversion;  // one character or nothing
};

class TextFormatter {
 public:
  // `mapping` gives the named values; without it the keywords do.
  TextFormatter(Evaluation& evaluation, const Arguments& arguments, const Value* mapping)
      : evaluation_(evaluation), arguments_(arguments), mapping_(mapping) {}

  std::string run(std::string_view text, int depth) {
    if (depth < 0) throw_value_error("Max string recursion exceeded");
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
      out += text.substr(at, brace - at);
      at = brace;
      if (at == text.size()) break;
      const bool doubled = at + 1 < text.size() && text[at + 1] == text[at];
      if (doubled) {
        out += text[at];
        at += 2;
      } else if (text[at] == '}') {
        throw_value_error("Single '}' encountered in format string");
      } else {
        ++at;
        append_field(take_field(text, at), depth, out);
        // Charged as a whole at the end, but no text grows beyond what is allowed.
        if (out.size() > evaluation_.budget().limits().output) evaluation_.budget().text(out.size());
      }
    }
    evaluation_.budget().text(out.size());
    return out;
  }

 private:
  // The name's end: `at` is the position of what follows it.
  static std::string_view take_name(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    while (at < text.size() && text[at] != '}' && text[at] != ':' && text[at] != '!') {
      if (text[at] == '{') throw_value_error("unexpected '{' in field name");
      if (text[at] == '[') at = std::min(text.find(']', at), text.size());
      if (at < text.size()) ++at;
    }
    if (at == text.size()) throw_value_error("expected '}' before end of string");
    return text.substr(begin, at - begin);
  }

  static Field take_field(std::string_view text, std::size_t& at) {
    if (at == text.size()) throw_value_error("Single '{' encountered in format string");
    Field field;
    field.name = take_name(text, at);
    char next = text[at++];
    if (next == '!') {
      if (at == text.size()) throw_value_error("end of string while looking for conversion specifier");
      const std::size_t begin = std::exchange(at, unicode::end_of(text, at));
      field.conversion = text.substr(begin, at - begin);
      if (at == text.size()) throw_value_error("unmatched '{' in format spec");
      next = text[at++];
      if (next != '}' && next != ':') throw_value_error("expected ':' after conversion specifier");
    }
    if (next == ':') field.spec = take_spec(text, at);
    return field;
  }

  static std::string_view take_spec(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    for (std::size_t open = 1; at < text.size(); ++at) {
      if (text[at] == '{') ++open;
      if (text[at] == '}') --open;
      if (open == 0) return text.substr(begin, at++ - begin);
    }
    throw_value_error("unmatched '{' in format spec");
  }

  void append_field(const Field& field, int depth, std::string& out) {
    evaluation_.budget().step();
    Value value = find(field.name);
    if (field.conversion == "s") {
      value = str(value);
    } else if (field.conversion == "r") {
      value = repr(value);
    } else if (field.conversion == "a") {
      value = ascii_repr(value);
    } else if (!field.conversion.empty()) {
      throw_value_error("Unknown conversion specifier " + std::string(field.conversion));
    }
    out += format_value(evaluation_, value, run(field.spec, depth - 1));
  }

  Value find(std::string_view name) {
    if (name.empty()) {
      if (numbering_ == Numbering::given) {
        throw_value_error("cannot switch from manual field specification to automatic field numbering");
      }
      numbering_ = Numbering::automatic;
      return positional(next_++);
    }
    if (is_index(name)) {
      if (numbering_ == Numbering::automatic) {
        throw_value_error("cannot switch from manual field specification to automatic field numbering");
      }
      numbering_ = Numbering::given;
    }
    const std::size_t end = std::min(name.find_first_of(".["), name.size());
    const std::string_view first = name.substr(0, end);
    Value value = is_index(first) ? positional(static_cast<std::size_t>(index_of(first))) : named(first);
    name.remove_prefix(end);
    while (!name.empty()) value = name.front() == '.' ? take_attribute(value, name) : take_item(value, name);
    return value;
  }

  [[nodiscard]] const Value& positional(std::size_t i) const {
    if (i >= arguments_.positional.size()) {
      throw_error(ErrorClass::index_error, "tuple index out of range");
    }
    return arguments_.positional[i];
  }

  Value named(std::string_view name) {
    if (mapping_ != nullptr) return subscript(evaluation_, *mapping_, Value(name));
    const Value* value = arguments_.keyword(name);
    if (value == nullptr) throw_error(ErrorClass::key_error, repr(Value(name)));
    return *value;
  }

  Value take_attribute(const Value& value, std::string_view& path) {
    const std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
    const std::string_view name = path.substr(1, end - 1);
    if (name.empty()) throw_value_error("Empty attribute in format string");
    path.remove_prefix(end);
    return attribute(evaluation_, value, name);
  }

  Value take_item(const Value& value, std::string_view& path) {
    const std::size_t end = path.find(']');
    if (end == std::string_view::npos) throw_value_error("Missing ']' in format string");
    const std::string_view key = path.substr(1, end - 1);
    if (key.empty()) throw_value_error("Empty attribute in format string");
    path.remove_prefix(end + 1);
    if (!path.empty() && path.front() != '.' && path.front() != '[') {
      throw_value_error("Only '.' or '[' may follow ']' in format field specifier");
    }
    return item(evaluation_, value, is_index(key) ? Value(index_of(key)) : Value(key));
  }

  enum class Numbering : std::uint8_t { open, automatic, given };

  Evaluation& evaluation_;
  const Arguments& arguments_;
  const Value* mapping_;
  Numbering numbering_ = Numbering::open;
  std::size_t next_ = 0;
};

}  // namespace

std::string format_text(Evaluation& evaluation, std::string_view text, const Arguments& arguments) {
  return TextFormatter(evaluation, arguments, nullptr).run(text, kDeepest);
}

std::string format_map(Evaluation& evaluation, std::string_view text, const Value& mapping) {
  return TextFormatter(evaluation, Arguments{}, &mapping).run(text, kDeepest);
}

}  // namespace gable::rules::jinja
