#include "import/yaml_text.hpp"

#include <algorithm>
#include <array>

#include "import/configuration.hpp"
#include "wire/json.hpp"

namespace gable::importing {

namespace {

// Words and letters that YAML 1.1 takes for something else than a text.
bool is_plain(std::string_view key) {
  constexpr std::array<std::string_view, 10> kWords{"y",   "n",    "yes",   "no",   "on",
                                                    "off", "true", "false", "null", "none"};
  const bool letters =
      !key.empty() && key.front() >= 'a' && key.front() <= 'z' &&
      key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
  return letters && std::find(kWords.begin(), kWords.end(), key) == kWords.end();
}

// JSON, with escapes for what JSON takes as it is and YAML does not: U+007F to U+009F, U+FFFE, U+FFFF.
std::string scalar_text(const wire::Value& value) {
  std::string text = wire::to_json(value), out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    const bool control = rest.size() > 1 && rest[0] == '\xc2' && static_cast<unsigned char>(rest[1]) < 0xa0;
    if (rest[0] == '\x7f') {
      out += "\\u007f";
    } else if (control) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const auto code = static_cast<unsigned char>(rest[1]);
      out.append("\\u00") += kDigits[code >> 4U];
      out += kDigits[code & 0xfU];
      ++i;
    } else if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
      out += rest[2] == '\xbe' ? "\\ufffe" : "\\uffff";
      i += 2;
    } else {
      out += rest[0];
    }
  }
  return out;
}

std::string key_text(const std::string& key) { return is_plain(key) ? key : scalar_text(wire::Value(key)); }

// "!secret \"name\"", where the value stands for one. Nothing: for all others.
std::string tagged_text(const wire::Value& value) {
  const wire::Object* object = value.as_object();
  if (object == nullptr || object->size() != 1) return {};
  const auto& [key, name] = *object->begin();
  return key == kSecretMark || key == kIncludeMark ? key + " " + scalar_text(name) : std::string();
}

void write_flow(const wire::Value& value, std::string& out) {
  if (const std::string tagged = tagged_text(value); !tagged.empty()) {
    out += tagged;
  } else if (const wire::List* list = value.as_list()) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i > 0) out += ", ";
      write_flow((*list)[i], out);
    }
    out += ']';
  } else if (const wire::Object* object = value.as_object()) {
    out += '{';
    bool first = true;
    for (const auto& [key, part] : *object) {
      if (!first) out += ", ";
      first = false;
      out += key_text(key) + ": ";
      write_flow(part, out);
    }
    out += '}';
  } else {
    out += scalar_text(value);
  }
}

// `depth`: how many maps within are blocks, too.
void write_block(const wire::Object& object, int indent, int depth, std::string& out) {
  for (const auto& [key, value] : object) {
    out.append(static_cast<std::size_t>(indent), ' ');
    out += key_text(key) + ":";
    const wire::Object* inner = value.as_object();
    if (inner != nullptr && depth > 0 && !inner->empty() && tagged_text(value).empty()) {
      out += '\n';
      write_block(*inner, indent + 2, depth - 1, out);
    } else {
      out += ' ';
      write_flow(value, out);
      out += '\n';
    }
    if (indent == 0) out += '\n';
  }
}

}  // namespace

std::string yaml_text(const wire::Object& document) {
  std::string out;
  for (const auto& [key, value] : document) {
    write_block(wire::Object{{key, value}}, 0, 1, out);
  }
  return out;
}

}  // namespace gable::importing
