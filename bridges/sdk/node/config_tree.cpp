#include "node/config_tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "wire/domains.hpp"
#include "wire/utf8.hpp"

namespace gable::node {
namespace {

std::string build_what(const ConfigPosition& position, const std::string& text, const std::string& hint) {
  std::string what = position.text();
  if (!what.empty()) what += ": ";
  what += text;
  if (!hint.empty()) what += " (" + hint + ")";
  return what;
}

// Texts from files may be long or hold line breaks; a message is one line.
std::string quote(std::string_view text) {
  constexpr std::size_t kShown = 60;
  std::string out = wire::shortened(text, kShown);
  for (char& c : out) c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return "'" + out + "'";
}

bool digits_only(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool leading_zero(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text.size() > 1 && text.front() == '0' && digits_only(text);
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text.front() == '-') return std::nullopt;
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  if (code != std::errc{} || end != text.data() + text.size() || number > kMax) return std::nullopt;
  const auto value = static_cast<std::int64_t>(number);
  return negative ? -value : value;
}

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  if (text.empty() || text.front() == '+' || text.find_first_of("nN") != std::string_view::npos) {
    return std::nullopt;  // "nan" and "inf" are texts
  }
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string bound_text(double bound) {
  std::string text = wire::number_text(bound);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::optional<wire::Duration> milliseconds(double count) {
  constexpr double kLongest = 1e14;  // 3,000 years
  if (!(count >= 0) || count > kLongest) return std::nullopt;
  return wire::Duration(std::llround(count));
}

struct Unit {
  std::string_view name;
  double milliseconds;
};
constexpr std::array<Unit, 17> kUnits{{{"ms", 1},
                                       {"milliseconds", 1},
                                       {"s", 1000},
                                       {"sec", 1000},
                                       {"second", 1000},
                                       {"seconds", 1000},
                                       {"m", 60'000},
                                       {"min", 60'000},
                                       {"minute", 60'000},
                                       {"minutes", 60'000},
                                       {"h", 3'600'000},
                                       {"hour", 3'600'000},
                                       {"hours", 3'600'000},
                                       {"d", 86'400'000},
                                       {"day", 86'400'000},
                                       {"days", 86'400'000},
                                       {"weeks", 604'800'000}}};

double unit_milliseconds(std::string_view name) {
  const auto* unit =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == name; });
  return unit == kUnits.end() ? 0 : unit->milliseconds;
}

// "00:05:00", "00:05", "12:00:00.5". `base60`: two parts are minutes and seconds.
std::optional<wire::Duration> parse_clock(std::string_view text, bool base60) {
  std::array<double, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    const auto number = parse_number(part);
    const bool last = colon == std::string_view::npos;
    if (!number || *number < 0 || (!last && !digits_only(part)) || (count > 0 && *number >= 60))
      return std::nullopt;
    parts[count++] = *number;
    if (last) break;
    text.remove_prefix(colon + 1);
    if (count == parts.size()) return std::nullopt;
  }
  if (count == 2 && base60) return milliseconds((parts[0] * 60 + parts[1]) * 1000);
  return milliseconds(((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000);
}

std::optional<wire::Duration> parse_duration(std::string_view text, bool plain) {
  if (text.find(':') != std::string_view::npos) {
    return parse_clock(text, plain && text.front() >= '1' && text.front() <= '9');
  }
  const std::size_t split = text.find_last_of("0123456789.");
  if (split == std::string_view::npos) return std::nullopt;
  const auto number = parse_number(text.substr(0, split + 1));
  std::string_view unit = text.substr(split + 1);
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  const double scale = unit.empty() ? 1000 : unit_milliseconds(unit);
  if (!number || scale == 0) return std::nullopt;
  return milliseconds(*number * scale);
}

wire::Value scalar_value(const ConfigNode& node, const std::string& text) {
  if (!node.is_plain()) return text;
  if (is_yaml_null(text)) return {};
  if (const int boolean = yaml_bool(text); boolean >= 0) return boolean == 1;
  if (leading_zero(text))
    node.fail("a number with a leading zero", "put it in quotes if it is meant as text");
  if (const auto number = parse_int(text)) return *number;
  if (const auto number = parse_number(text)) return *number;
  return text;
}

}  // namespace

std::string ConfigPosition::text() const {
  if (!file) return {};
  if (line == 0) return *file;
  return *file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

ConfigError::ConfigError(const ConfigPosition& position, std::string message, std::string advice)
    : std::runtime_error(build_what(position, message, advice)),
      file(position.file ? *position.file : std::string()),
      line(position.line),
      column(position.column),
      text(std::move(message)),
      hint(std::move(advice)) {}

bool is_yaml_null(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

int yaml_bool(std::string_view text) {
  for (std::string_view word : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"}) {
    if (text == word) return 1;
  }
  for (std::string_view word : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"}) {
    if (text == word) return 0;
  }
  return -1;
}

ConfigNode ConfigNode::scalar(ConfigPosition position, std::string text, bool plain) {
  ConfigNode node(std::move(position));
  node.kind_ = plain && is_yaml_null(text) ? Kind::null : Kind::scalar;
  node.text_ = std::move(text);
  node.plain_ = plain;
  return node;
}

ConfigNode ConfigNode::list(ConfigPosition position, Items items) {
  ConfigNode node(std::move(position));
  node.kind_ = Kind::list;
  node.items_ = std::make_shared<const Items>(std::move(items));
  return node;
}

ConfigNode ConfigNode::map(ConfigPosition position, Entries entries) {
  ConfigNode node(std::move(position));
  node.kind_ = Kind::map;
  node.entries_ = std::make_shared<const Entries>(std::move(entries));
  return node;
}

ConfigNode ConfigNode::tagged(std::string tag) const {
  ConfigNode node = *this;
  node.tag_ = std::move(tag);
  return node;
}

const std::string& ConfigNode::as_text() const {
  if (kind_ != Kind::scalar) fail_expected("a text");
  return text_;
}

const std::string& ConfigNode::as_name() const {
  if (kind_ != Kind::scalar || text_.find_first_not_of(" \t\n") == std::string::npos) fail_expected("a text");
  return text_;
}

bool ConfigNode::as_bool() const {
  const int value = kind_ == Kind::scalar ? yaml_bool(text_) : -1;
  if (value < 0) fail_expected("true or false");
  return value == 1;
}

std::int64_t ConfigNode::as_int(std::int64_t min, std::int64_t max) const {
  if (kind_ == Kind::scalar && leading_zero(text_)) fail_expected("a whole number", "without leading zeros");
  const auto number = kind_ == Kind::scalar ? parse_int(text_) : std::nullopt;
  if (!number) fail_expected("a whole number");
  if (*number < min) fail_expected("at least " + std::to_string(min));
  if (*number > max) fail_expected("at most " + std::to_string(max));
  return *number;
}

double ConfigNode::as_number(double min, double max) const {
  if (kind_ == Kind::scalar && leading_zero(text_)) fail_expected("a number", "without leading zeros");
  const auto number = kind_ == Kind::scalar ? parse_number(text_) : std::nullopt;
  if (!number) fail_expected("a number");
  if (*number < min) fail_expected("at least " + bound_text(min));
  if (*number > max) fail_expected("at most " + bound_text(max));
  return *number;
}

wire::Duration ConfigNode::as_duration() const {
  if (kind_ == Kind::map) {
    expect_keys({"days", "hours", "minutes", "seconds", "milliseconds", "weeks"});
    double total = 0;
    for (const ConfigEntry& entry : *entries_) {
      constexpr double kMost = 1e9;
      total += entry.value.as_number(0, kMost) * unit_milliseconds(entry.key);
    }
    if (const auto sum = milliseconds(total)) return *sum;
  }
  const auto duration = kind_ == Kind::scalar ? parse_duration(text_, plain_) : std::nullopt;
  if (!duration) fail_expected("a duration", "such as 5s, 10min, 00:05:00 or a number of seconds");
  return *duration;
}

std::vector<std::string> ConfigNode::as_text_list() const {
  if (kind_ == Kind::scalar) return {text_};
  if (kind_ == Kind::map) fail_expected("a list of texts");
  std::vector<std::string> texts;
  for (const ConfigNode& item : items()) texts.push_back(item.as_text());
  return texts;
}

wire::Value ConfigNode::to_value() const {
  if (kind_ == Kind::scalar) return scalar_value(*this, text_);
  if (kind_ == Kind::list) {
    wire::List list;
    for (const ConfigNode& item : *items_) list.push_back(item.to_value());
    return list;
  }
  if (kind_ == Kind::null) return {};
  wire::Object object;
  for (const ConfigEntry& entry : *entries_) object.append(entry.key, entry.value.to_value());
  return object;
}

const ConfigNode::Items& ConfigNode::items() const {
  static const Items kNone;
  if (kind_ == Kind::null) return kNone;
  if (kind_ != Kind::list) fail_expected("a list", "lines that begin with '- '");
  return *items_;
}

const ConfigNode::Entries& ConfigNode::entries() const {
  static const Entries kNone;
  if (kind_ == Kind::null) return kNone;
  if (kind_ != Kind::map) fail_expected("keys with values", "lines of the form 'key: value'");
  return *entries_;
}

const ConfigNode* ConfigNode::find(std::string_view key) const {
  for (const ConfigEntry& entry : entries()) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

const ConfigNode& ConfigNode::at(std::string_view key) const {
  const ConfigNode* node = find(key);
  if (node == nullptr) fail("the key '" + std::string(key) + "' is missing");
  return *node;
}

void ConfigNode::expect_keys(std::initializer_list<std::string_view> keys) const {
  for (const ConfigEntry& entry : entries()) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    const std::string_view near = wire::nearest(entry.key, {keys.begin(), keys.size()});
    std::string hint;
    if (!near.empty()) {
      hint = "did you mean '" + std::string(near) + "'?";
    } else {
      for (std::string_view key : keys) hint += (hint.empty() ? "known: " : ", ") + std::string(key);
    }
    entry.fail("unknown key " + quote(entry.key), hint);
  }
}

void ConfigNode::fail(const std::string& text, const std::string& hint) const {
  throw ConfigError(position_, text, hint);
}

void ConfigNode::fail_expected(std::string_view what, const std::string& hint) const {
  std::string found = "nothing";
  if (kind_ == Kind::list) found = "a list";
  if (kind_ == Kind::map) found = "keys with values";
  if (kind_ == Kind::scalar) found = tag_ == "!secret" ? "another text in the secret" : quote(text_);
  fail("expected " + std::string(what) + ", found " + found, hint);
}

}  // namespace gable::node
