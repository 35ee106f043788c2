// str() and repr(): how Python writes values.

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// A container's text may grow exponentially, as what is in it may be shared. Far above every budget.
constexpr std::size_t kMaxContainerText = 1 << 20;

void append_repr(const Value& value, std::string& out);

void append_hex(char32_t number, int digits, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kDigits[(number >> shift) & 0xFU];
}

void append_escaped(char32_t c, std::string& out) {
  switch (c) {
    case U'\n':
      out += "\\n";
      return;
    case U'\r':
      out += "\\r";
      return;
    case U'\t':
      out += "\\t";
      return;
    case U'\\':
      out += "\\\\";
      return;
    default:
      break;
  }
  if (c < 0x100) {
    out += "\\x";
    append_hex(c, 2, out);
  } else if (c < 0x10000) {
    out += "\\u";
    append_hex(c, 4, out);
  } else {
    out += "\\U";
    append_hex(c, 8, out);
  }
}

// Double quotes only where that saves escaping.
char quote_for(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

void append_text_repr(std::string_view text, std::string& out) {
  const char quote = quote_for(text);
  out += quote;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = unicode::next(text, at);
    if (c == static_cast<char32_t>(quote)) {
      out += '\\';
      out += quote;
    } else if (c == U'\\' || !unicode::is_printable(c)) {
      append_escaped(c, out);
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  out += quote;
}

void append_bytes_repr(std::string_view octets, std::string& out) {
  const char quote = quote_for(octets);
  out += 'b';
  out += quote;
  for (const char octet : octets) {
    const auto c = static_cast<unsigned char>(octet);
    if (octet == quote) {
      out += '\\';
      out += quote;
    } else if (c < 0x20 || c >= 0x7F || c == '\\') {
      append_escaped(c, out);
    } else {
      out += octet;
    }
  }
  out += quote;
}

void append_items(const Values& items, std::string& out) {
  bool first = true;
  for (const Value& item : items) {
    if (!first) out += ", ";
    first = false;
    append_repr(item, out);
  }
}

void append_dict(const Dict& dict, std::string& out) {
  out += '{';
  bool first = true;
  for (const Dict::Entry& entry : dict.entries()) {
    if (!first) out += ", ";
    first = false;
    append_repr(entry.key, out);
    out += ": ";
    append_repr(entry.value, out);
  }
  out += '}';
}

void append_container(const Value& value, std::string& out) {
  if (out.size() > kMaxContainerText) throw_error(ErrorClass::budget_exceeded, "the text is too long");
  if (const Values* list = value.as_list()) {
    out += '[';
    append_items(*list, out);
    out += ']';
  } else if (const Values* tuple = value.as_tuple()) {
    out += '(';
    append_items(*tuple, out);
    out += tuple->size() == 1 ? ",)" : ")";
  } else if (const Dict* dict = value.as_dict()) {
    append_dict(*dict, out);
  } else if (const Set* set = value.as_set()) {
    out += set->size() == 0 ? "set(" : "{";
    append_items(set->items(), out);
    out += set->size() == 0 ? ')' : '}';
  }
}

void append_integer(std::int64_t number, std::string& out) {
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out.append(buffer.data(), result.ptr);
}

void append_real(double number, std::string& out) {
  if (std::isnan(number)) {
    out += "nan";
    return;
  }
  if (std::isinf(number)) {
    out += number < 0 ? "-inf" : "inf";
    return;
  }
  const double size = std::abs(number);
  const bool fixed = number == 0 || (size >= 1e-4 && size < 1e16);
  std::array<char, 32> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                    fixed ? std::chars_format::fixed : std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(result.ptr - buffer.data()));
  out += text;
  if (fixed && text.find('.') == std::string_view::npos) out += ".0";
}

void append_repr(const Value& value, std::string& out) {
  switch (value.kind()) {
    case Kind::undefined:
      out += "Undefined";
      break;
    case Kind::none:
      out += "None";
      break;
    case Kind::boolean:
      out += *value.as_bool() ? "True" : "False";
      break;
    case Kind::integer:
      append_integer(*value.as_int(), out);
      break;
    case Kind::big_integer:
      out += value.as_big()->text();
      break;
    case Kind::real:
      append_real(*value.as_real(), out);
      break;
    case Kind::text:
      append_text_repr(*value.as_text(), out);
      break;
    case Kind::bytes:
      append_bytes_repr(*value.as_bytes(), out);
      break;
    case Kind::list:
    case Kind::tuple:
    case Kind::dict:
    case Kind::set:
      append_container(value, out);
      break;
    case Kind::object:
      out += value.as_object()->repr();
      break;
  }
}

}  // namespace

void append_str(const Value& value, std::string& out) {
  switch (value.kind()) {
    case Kind::undefined:
      break;
    case Kind::text:
      out += *value.as_text();
      break;
    case Kind::object:
      out += value.as_object()->str();
      break;
    default:
      append_repr(value, out);
  }
}

std::string str(const Value& value) {
  std::string out;
  append_str(value, out);
  return out;
}

std::string repr(const Value& value) {
  std::string out;
  append_repr(value, out);
  return out;
}

std::string ascii_repr(const Value& value) {
  std::string text = repr(value);
  if (unicode::is_ascii(text)) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = unicode::next(text, at);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      append_escaped(c, out);
    }
  }
  return out;
}

std::string real_text(double number) {
  std::string out;
  append_real(number, out);
  return out;
}

std::string_view type_name(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
      return "Undefined";
    case Kind::none:
      return "NoneType";
    case Kind::boolean:
      return "bool";
    case Kind::integer:
    case Kind::big_integer:
      return "int";
    case Kind::real:
      return "float";
    case Kind::text:
      return "str";
    case Kind::bytes:
      return "bytes";
    case Kind::list:
      return "list";
    case Kind::tuple:
      return "tuple";
    case Kind::dict:
      return "dict";
    case Kind::set:
      return "set";
    case Kind::object:
      return value.as_object()->type_name();
  }
  return "object";
}

}  // namespace gable::rules::jinja
