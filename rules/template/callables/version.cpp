// Versions as Home Assistant's templates know them (its library is AwesomeVersion).

#include "template/callables/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "template/callables/text_pieces.hpp"
#include "template/evaluate/evaluation.hpp"

namespace gable::rules::jinja {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What stands behind the numbers, in the order of their age; a version without is newer than all of them.
enum class Stage { dev, alpha, beta, candidate, release };

struct Parts {
  std::vector<std::int64_t> sections;
  Stage stage = Stage::release;
  std::int64_t stage_number = 0;
  std::string modifier;
  bool valid = false;
};

// Digits at the begin, taken off `text`.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || !is_digit(text.front())) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

Stage stage_of(std::string_view word) {
  struct Name {
    std::string_view name;
    Stage stage;
  };
  static constexpr std::array kNames{
      Name{"dev", Stage::dev},   Name{"d", Stage::dev},  Name{"alpha", Stage::alpha}, Name{"a", Stage::alpha},
      Name{"beta", Stage::beta}, Name{"b", Stage::beta}, Name{"rc", Stage::candidate}};
  const auto* const found = std::ranges::find(kNames, word, &Name::name);
  return found == kNames.end() ? Stage::release : found->stage;
}

Parts parts_of(std::string_view text) {
  Parts parts;
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  text = text.substr(0, text.find('+'));
  while (!text.empty()) {
    const std::optional<std::int64_t> number = take_number(text);
    if (!number) break;
    parts.sections.push_back(*number);
    parts.valid = true;
    if (!text.starts_with('.') || text.size() < 2 || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.front() == '-' || text.front() == '.')) text.remove_prefix(1);
  parts.modifier = text;
  const auto* const word_end = std::ranges::find_if_not(text, is_letter);
  parts.stage = stage_of(text.substr(0, static_cast<std::size_t>(word_end - text.begin())));
  text.remove_prefix(static_cast<std::size_t>(word_end - text.begin()));
  while (!text.empty() && (text.front() == '.' || text.front() == '-')) text.remove_prefix(1);
  if (!text.empty()) parts.stage_number = take_number(text).value_or(0);
  return parts;
}

std::int64_t section(const Parts& parts, std::size_t i) {
  return i < parts.sections.size() ? parts.sections[i] : 0;
}

int compare_parts(const Parts& a, const Parts& b) {
  for (std::size_t i = 0; i < std::max(a.sections.size(), b.sections.size()); ++i) {
    if (section(a, i) != section(b, i)) return section(a, i) < section(b, i) ? -1 : 1;
  }
  if (a.stage != b.stage) return a.stage < b.stage ? -1 : 1;
  if (a.stage_number != b.stage_number) return a.stage_number < b.stage_number ? -1 : 1;
  return 0;
}

// Which parts of two versions differ.
class Difference final : public Object {
 public:
  Difference(const Parts& a, const Parts& b) {
    for (std::size_t i = 0; i < differs_.size(); ++i) differs_[i] = section(a, i) != section(b, i);
    modifier_ = a.modifier != b.modifier;
  }
  [[nodiscard]] std::string_view type_name() const override { return "AwesomeVersionDiff"; }
  [[nodiscard]] bool truth() const override { return true; }
  [[nodiscard]] std::optional<Value> attribute(Evaluation& /*evaluation*/, std::string_view name) override {
    if (name == "major") return Value(differs_[0]);
    if (name == "minor") return Value(differs_[1]);
    if (name == "patch") return Value(differs_[2]);
    if (name == "modifier") return Value(modifier_);
    return std::nullopt;
  }

 private:
  std::array<bool, 3> differs_{};
  bool modifier_ = false;
};

class Version final : public Object {
 public:
  explicit Version(std::string_view text) : text_(text), parts_(parts_of(text)) {}

  [[nodiscard]] std::string_view type_name() const override { return "AwesomeVersion"; }
  [[nodiscard]] std::string str() const override { return text_; }
  [[nodiscard]] std::string repr() const override { return "<AwesomeVersion '" + text_ + "'>"; }
  [[nodiscard]] bool truth() const override { return !text_.empty(); }
  [[nodiscard]] bool equals(const Value& other) const override { return compared(other) == 0; }
  [[nodiscard]] std::size_t hash() const override { return std::hash<std::string>()(text_); }
  [[nodiscard]] std::optional<bool> less(const Value& other) const override {
    const std::optional<int> order = compared(other);
    return order ? std::optional(*order < 0) : std::nullopt;
  }
  [[nodiscard]] std::optional<bool> more(const Value& other) const override {
    const std::optional<int> order = compared(other);
    return order ? std::optional(*order > 0) : std::nullopt;
  }
  [[nodiscard]] std::optional<Value> arithmetic(Operator op, const Value& other,
                                                bool reflected) const override {
    const std::optional<Parts> others = parts_in(other);
    if (op != Operator::subtract || !others) return std::nullopt;
    return ObjectPtr(reflected ? std::make_shared<Difference>(*others, parts_)
                               : std::make_shared<Difference>(parts_, *others));
  }

  [[nodiscard]] std::optional<Value> attribute(Evaluation& /*evaluation*/, std::string_view name) override {
    if (name == "string") return Value(text_);
    if (name == "major") return part(0);
    if (name == "minor") return part(1);
    if (name == "patch" || name == "micro") return part(2);
    if (name == "sections") return Value::size(parts_.sections.size());
    if (name == "valid") return Value(parts_.valid);
    if (name == "modifier") return parts_.modifier.empty() ? Value() : Value(parts_.modifier);
    if (name == "alpha") return Value(parts_.stage == Stage::alpha);
    if (name == "beta") return Value(parts_.stage == Stage::beta);
    if (name == "dev") return Value(parts_.stage == Stage::dev);
    if (name == "release_candidate") return Value(parts_.stage == Stage::candidate);
    return std::nullopt;
  }

 private:
  static std::optional<Parts> parts_in(const Value& other) {
    if (const auto* const version = other.as<Version>()) return version->parts_;
    if (const std::string* const text = other.as_text()) return parts_of(*text);
    if (other.is_number()) return parts_of(jinja::str(other));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<int> compared(const Value& other) const {
    const std::optional<Parts> others = parts_in(other);
    return others ? std::optional(compare_parts(parts_, *others)) : std::nullopt;
  }

  [[nodiscard]] Value part(std::size_t i) const {
    return i < parts_.sections.size() ? Value(parts_.sections[i]) : Value();
  }

  std::string text_;
  Parts parts_;
};

}  // namespace

Value version_value(std::string_view text) { return ObjectPtr(std::make_shared<Version>(text)); }

}  // namespace gable::rules::jinja
