#include "language/rule_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "language/values.hpp"

namespace gable::rules {

namespace {

constexpr std::uint64_t kPrime = 0x100000001b3ULL;  // FNV-1a
constexpr std::size_t kLongestId = 128;             // wire::valid_object_id

void add_byte(std::uint64_t& hash, std::uint8_t byte) { hash = (hash ^ byte) * kPrime; }

void add_text(std::uint64_t& hash, std::string_view text) {
  for (const char c : text) add_byte(hash, static_cast<std::uint8_t>(c));
  // No text of YAML has a zero in it, so that "ab" "c" is not "a" "bc".
  add_byte(hash, 0);
}

void add_node(std::uint64_t& hash, yaml::Node node) {
  add_byte(hash, static_cast<std::uint8_t>(node.kind()));
  add_byte(hash, static_cast<std::uint8_t>(node.tag()));
  if (node.is_scalar()) return add_text(hash, yaml::text_of(node));
  for (const yaml::Node item : node.items()) add_node(hash, item);
  for (const yaml::Entry& entry : node.entries()) {
    add_node(hash, entry.key);
    add_node(hash, entry.value);
  }
  // Its end, so that [[a], b] is not [[a, b]].
  constexpr std::uint8_t kEnd = 0xFF;
  add_byte(hash, kEnd);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

RunMode mode_of(std::string_view text) {
  if (text == "restart") return RunMode::restart;
  if (text == "queued") return RunMode::queued;
  if (text == "parallel") return RunMode::parallel;
  return RunMode::single;
}

std::uint32_t number_in(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Cuts the last part from "a:b:c".
std::string_view cut_last(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return {};
  const std::string_view last = text.substr(colon + 1);
  text = text.substr(0, colon);
  return last;
}

bool flag(Fields& fields, std::string_view key) {
  const auto given = fields.take(key);
  return given && read_boolean(fields.reading(), *given, key);
}

}  // namespace

RunLimits read_limits(Fields& fields) {
  Reading& reading = fields.reading();
  RunLimits limits;
  if (const auto mode = fields.take("mode"))
    limits.mode = mode_of(read_choice(reading, *mode, "mode", {"single", "restart", "queued", "parallel"}));
  if (const auto max = fields.take("max")) {
    constexpr std::int64_t kMost = 100'000;
    limits.max = static_cast<std::uint32_t>(read_integer(reading, *max, "max", 2, kMost));
  }
  if (const auto level = fields.take("max_exceeded")) {
    limits.max_exceeded = lower(read_text(reading, *level, "max_exceeded"));
    constexpr std::array<std::string_view, 9> kLevels{"silent", "critical", "fatal", "error", "warning",
                                                      "warn",   "info",     "debug", "notset"};
    if (std::find(kLevels.begin(), kLevels.end(), limits.max_exceeded) == kLevels.end()) {
      read_choice(reading, *level, "max_exceeded",
                  {"silent", "critical", "fatal", "error", "warning", "warn", "info", "debug", "notset"});
    }
  }
  return limits;
}

Options read_options(Fields& fields) {
  Reading& reading = fields.reading();
  Options options;
  if (const auto given = fields.take("enforce")) {
    // An unquoted off is a boolean.
    const std::string word = given->as_boolean() == false
                                 ? "off"
                                 : read_choice(reading, *given, "enforce", {"live", "shadow", "off"});
    options.enforcement = word == "off"      ? Enforcement::off
                          : word == "shadow" ? Enforcement::shadow
                                             : Enforcement::live;
  }
  options.snapshot_conditions = flag(fields, "snapshot_conditions");
  options.ignore_unavailable = flag(fields, "ignore_unavailable");
  if (const auto given = fields.take("missed"))
    options.run_missed_once = read_choice(reading, *given, "missed", {"skip", "run_once"}) == "run_once";
  if (const auto given = fields.take("dst"))
    options.dst_run_once = read_choice(reading, *given, "dst", {"skip", "run_once"}) == "run_once";
  return options;
}

std::string text_of(Fields& fields, std::string_view key) {
  const auto given = fields.take(key);
  return given ? read_text(fields.reading(), *given, key) : std::string();
}

void check_trace(Fields& fields) {
  const auto trace = fields.take("trace");
  if (!trace) return;
  if (!trace->is_map()) {
    fields.reading().error(*trace, "wrong_type", "trace: expected a map, got " + shown(*trace));
    return;
  }
  Fields settings(fields.reading(), *trace, "trace");
  constexpr std::int64_t kMost = 1'000'000'000;
  if (const auto stored = settings.take("stored_traces"))
    read_integer(fields.reading(), *stored, "stored_traces", 0, kMost);
  settings.finish();
}

std::string take_object_id(RuleSet& rules, std::string_view domain, const std::string& wanted) {
  const std::string prefix = std::string(domain) + ".";
  auto& taken = rules.names.entities;
  const auto [first, free] = taken.emplace(prefix + wanted, 1);
  if (free) return wanted;
  while (true) {
    const std::string number = "_" + std::to_string(++taken[prefix + wanted]);
    // Within the length of an id.
    std::string next = wanted.substr(0, kLongestId - std::min(kLongestId, number.size())) + number;
    if (taken.emplace(prefix + next, 1).second) return next;
  }
}

void note_unique_id(Collector& collector, std::string_view domain, const std::string& id, yaml::Node node) {
  if (id.empty()) return;
  const Place place = collector.reading.place(node);
  const auto [known, is_new] =
      collector.rules.names.unique_ids.emplace(std::string(domain) + " " + id, place);
  if (is_new) return;
  const Place& first = known->second;
  collector.reading.warn(node, "equal_ids",
                         "the id '" + id + "' is that of another " + std::string(domain) + ", too (" +
                             collector.rules.files[first.file] + ":" + std::to_string(first.line) +
                             "); Home Assistant would leave this one out");
}

std::uint64_t fingerprint_of(yaml::Node node) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  add_node(hash, node);
  return hash;
}

Place place_of(RuleSet& rules, std::string_view where) {
  Place place;
  place.column = number_in(cut_last(where));
  place.line = number_in(cut_last(where));
  const auto known = std::find(rules.files.begin(), rules.files.end(), where);
  place.file = static_cast<std::uint32_t>(known - rules.files.begin());
  if (known == rules.files.end()) rules.files.emplace_back(where);
  return place;
}

bool has_error(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

bool Automation::refused() const { return has_error(findings); }
bool Script::refused() const { return has_error(findings); }
bool Scene::refused() const { return has_error(findings); }
bool TemplateEntity::refused() const { return has_error(findings); }

}  // namespace gable::rules
