// Values of templates as JSON text.

#include "template/callables/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "template/callables/group.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

constexpr int kDeepest = 200;

void append_code_unit(std::uint32_t unit, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[unit >> static_cast<unsigned>(shift) & 0xFU];
}

void append_code_point(char32_t c, std::string& out) {
  if (c < 0x10000) return append_code_unit(c, out);
  append_code_unit(0xD800U + ((c - 0x10000U) >> 10U), out);
  append_code_unit(0xDC00U + ((c - 0x10000U) & 0x3FFU), out);
}

// The letter behind "\" for those that have one, else 0.
char short_escape(char32_t c) {
  switch (c) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\f':
      return 'f';
    case '\b':
      return 'b';
    default:
      return 0;
  }
}

void append_quoted(std::string_view text, bool ascii, std::string& out) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = unicode::next(text, at);
    if (const char letter = short_escape(c)) {
      (out += '\\') += letter;
    } else if (c < 0x20 || (ascii && c > 0x7E)) {
      append_code_point(c, out);
    } else {
      out.append(text, begin, at - begin);
    }
  }
  out += '"';
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  return real_text(number);
}

// None, bool and numbers; empty for others.
std::string scalar_text(const Value& value) {
  if (value.is_none()) return "null";
  if (const bool* const b = value.as_bool()) return *b ? "true" : "false";
  if (const double* const number = value.as_real()) return number_text(*number);
  return value.is_number() ? str(value) : std::string();
}

class Writer {
 public:
  Writer(Evaluation& evaluation, const JsonLayout& layout) : evaluation_(evaluation), layout_(layout) {}

  void write(const Value& value) {
    if (const std::string* const text = value.as_text()) return write_text(*text);
    if (const Dict* const dict = value.as_dict()) return write_dict(*dict);
    if (const Values* const items = plain_tuple(value).as_sequence()) return write_list(*items);
    const std::string scalar = scalar_text(value);
    if (scalar.empty()) {
      throw_type_error("Object of type " + std::string(type_name(value)) + " is not JSON serializable");
    }
    append(scalar);
  }

  std::string take() { return std::move(out_); }

 private:
  void append(std::string_view text) {
    reserve_text(evaluation_, out_.size(), text.size());
    out_ += text;
  }

  void write_text(std::string_view text) {
    reserve_text(evaluation_, out_.size(), text.size());
    append_quoted(text, layout_.ascii, out_);
  }

  void new_line() {
    if (!layout_.indent) return;
    append("\n");
    for (int i = 0; i < depth_; ++i) append(*layout_.indent);
  }

  void enter(char bracket) {
    if (++depth_ > kDeepest) {
      throw_error(ErrorClass::recursion_error,
                  "maximum recursion depth exceeded while encoding a JSON object");
    }
    out_ += bracket;
    new_line();
  }

  void leave(char bracket) {
    --depth_;
    new_line();
    out_ += bracket;
  }

  void write_list(const Values& items) {
    if (items.empty()) return append("[]");
    enter('[');
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) next_item();
      write(items[i]);
    }
    leave(']');
  }

  void next_item() {
    append(layout_.between_items);
    new_line();
  }

  void write_key(const Value& key) {
    if (const std::string* const text = key.as_text()) return write_text(*text);
    const std::string scalar = scalar_text(key);
    if (scalar.empty()) {
      throw_type_error("keys must be str, int, float, bool or None, not " + std::string(type_name(key)));
    }
    write_text(scalar);
  }

  void write_dict(const Dict& dict) {
    if (dict.size() == 0) return append("{}");
    std::vector<const Dict::Entry*> entries;
    entries.reserve(dict.size());
    for (const Dict::Entry& entry : dict.entries()) entries.push_back(&entry);
    if (layout_.sort_keys) {
      std::ranges::stable_sort(
          entries, [](const Dict::Entry* a, const Dict::Entry* b) { return less(a->key, b->key); });
    }
    enter('{');
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0) next_item();
      write_key(entries[i]->key);
      append(layout_.after_key);
      write(entries[i]->value);
    }
    leave('}');
  }

  Evaluation& evaluation_;
  const JsonLayout& layout_;
  std::string out_;
  int depth_ = 0;
};

}  // namespace

std::string json_text(Evaluation& evaluation, const Value& value, const JsonLayout& layout) {
  Writer writer(evaluation, layout);
  writer.write(value);
  return writer.take();
}

std::string html_safe_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<' || c == '>' || c == '&' || c == '\'') {
      append_code_unit(static_cast<unsigned char>(c), out);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace gable::rules::jinja
