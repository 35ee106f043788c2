// Helpers as Home Assistant's YAML has them: its options, its defaults, its refusals.

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "app/configuration_parts.hpp"
#include "wire/utf8.hpp"

namespace gable::hub {
namespace {

using std::chrono::seconds;

std::int64_t whole_of(const ConfigNode& node) { return node.as_int(); }

// True for the first word, false for the second.
bool either(const ConfigNode& node, std::string_view first, std::string_view second) {
  const std::string& text = node.as_text();
  if (text != first && text != second) node.fail_expected(std::string(first) + " or " + std::string(second));
  return text == first;
}

// "07:30" or "07:30:15"; 24:00 is the end of the day. −1 s: neither.
seconds clock_of(const std::string& text) {
  int hour = 0, minute = 0, second = 0, used = 0;
  const bool three = std::sscanf(text.c_str(), "%2d:%2d:%2d%n", &hour, &minute, &second, &used) == 3;
  if (!three && std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &used) != 2) return seconds(-1);
  const bool digits = text.find_first_not_of("0123456789:") == std::string::npos;
  const bool range = hour < 24 ? minute < 60 && second < 60 : hour == 24 && minute == 0 && second == 0;
  if (!digits || !range || static_cast<std::size_t>(used) != text.size()) return seconds(-1);
  return seconds((hour * 60 + minute) * 60 + second);
}

std::string clock_text(seconds time) {
  std::array<char, 48> text{};
  const auto count = time.count();
  std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld", static_cast<long long>(count / 3600),
                static_cast<long long>(count / 60 % 60), static_cast<long long>(count % 60));
  return text.data();
}

bool is_date(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  constexpr std::size_t kSize = 10;  // 2026-11-22
  if (text.size() != kSize || text.find_first_not_of("0123456789-") != std::string::npos) return false;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return false;
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(day))
      .ok();
}

InputBoolean read_input_boolean(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "initial"});
  InputBoolean helper;
  take(body, "initial", helper.initial, bool_of);
  return helper;
}

InputNumber read_input_number(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "initial", "min", "max", "step", "mode", "unit_of_measurement"});
  InputNumber helper;
  helper.min = body.at("min").as_number();
  helper.max = body.at("max").as_number();
  if (helper.min >= helper.max) body.at("max").fail("max must be greater than min");
  take(body, "initial", helper.initial,
       [&](const ConfigNode& node) { return node.as_number(helper.min, helper.max); });
  take(body, "step", helper.step, [](const ConfigNode& node) { return node.as_number(0.001); });
  take(body, "mode", helper.box, [](const ConfigNode& node) { return either(node, "box", "slider"); });
  take(body, "unit_of_measurement", helper.unit, text_of);
  return helper;
}

InputSelect read_input_select(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "initial", "options"});
  InputSelect helper;
  const ConfigNode& options = body.at("options");
  for (const ConfigNode& item : options.items()) {
    const auto& known = helper.options;
    if (std::find(known.begin(), known.end(), item.as_text()) != known.end())
      item.fail("the option stands here twice");
    helper.options.push_back(item.as_text());
  }
  if (helper.options.empty()) options.fail("at least one option is needed");
  take(body, "initial", helper.initial, [&](const ConfigNode& node) {
    const auto& known = helper.options;
    if (std::find(known.begin(), known.end(), node.as_text()) == known.end())
      node.fail_expected("one of the options");
    return node.as_text();
  });
  return helper;
}

InputText read_input_text(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "initial", "min", "max", "pattern", "mode", "unit_of_measurement"});
  InputText helper;
  constexpr int kLongest = 255;  // the longest state
  const auto length_of = [](const ConfigNode& node) { return static_cast<int>(node.as_int(0, kLongest)); };
  take(body, "min", helper.min, length_of);
  take(body, "max", helper.max, length_of);
  if (helper.min > helper.max)
    body.fail("min must not be greater than max (" + std::to_string(helper.max) + ")");
  take(body, "initial", helper.initial, [&](const ConfigNode& node) {
    const std::size_t size = wire::utf8_length(node.as_text());
    if (size < static_cast<std::size_t>(helper.min) || size > static_cast<std::size_t>(helper.max)) {
      node.fail_expected(std::to_string(helper.min) + " to " + std::to_string(helper.max) + " characters");
    }
    return node.as_text();
  });
  take(body, "pattern", helper.pattern, text_of);
  take(body, "mode", helper.password,
       [](const ConfigNode& node) { return either(node, "password", "text"); });
  take(body, "unit_of_measurement", helper.unit, text_of);
  return helper;
}

std::string initial_moment(const ConfigNode& node, const InputDatetime& helper) {
  const std::string& text = node.as_text();
  if (helper.has_date && !helper.has_time) {
    if (!is_date(text)) node.fail_expected("a date", "such as 2026-11-22");
    return text;
  }
  constexpr std::size_t kDate = 10;
  const bool both = helper.has_date;
  const std::string clock = !both ? text : text.size() > kDate ? text.substr(kDate + 1) : std::string();
  const seconds time = clock_of(clock);
  const bool date = !both || (is_date(text.substr(0, kDate)) && (text[kDate] == ' ' || text[kDate] == 'T'));
  if (time < seconds(0) || time >= std::chrono::hours(24) || !date) {
    node.fail_expected(both ? "a date and time" : "a time",
                       both ? "such as 2026-11-22 07:30:00" : "such as 07:30:00");
  }
  return (both ? text.substr(0, kDate) + " " : std::string()) + clock_text(time);
}

InputDatetime read_input_datetime(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "initial", "has_date", "has_time"});
  InputDatetime helper;
  take(body, "has_date", helper.has_date, bool_of);
  take(body, "has_time", helper.has_time, bool_of);
  if (!helper.has_date && !helper.has_time) body.fail("has_date, has_time or both must be true");
  take(body, "initial", helper.initial, [&](const ConfigNode& node) { return initial_moment(node, helper); });
  return helper;
}

InputButton read_input_button(const ConfigNode& body) {
  body.expect_keys({"name", "icon"});
  return {};
}

Counter read_counter(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "initial", "step", "minimum", "maximum", "restore"});
  Counter helper;
  take(body, "initial", helper.initial, [](const ConfigNode& node) { return node.as_int(0); });
  take(body, "step", helper.step, [](const ConfigNode& node) { return node.as_int(1); });
  take(body, "minimum", helper.minimum, whole_of);
  take(body, "maximum", helper.maximum, whole_of);
  take(body, "restore", helper.restore, bool_of);
  if (helper.minimum && helper.maximum && *helper.minimum > *helper.maximum) {
    body.at("minimum").fail("minimum must not be greater than maximum");
  }
  return helper;
}

Timer read_timer(const ConfigNode& body) {
  body.expect_keys({"name", "icon", "duration", "restore"});
  Timer helper;
  take(body, "duration", helper.duration, [](const ConfigNode& node) { return node.as_duration(); });
  take(body, "restore", helper.restore, bool_of);
  return helper;
}

ScheduleBlock read_block(const ConfigNode& node) {
  node.expect_keys({"from", "to", "data"});
  ScheduleBlock block;
  const auto time = [&](const char* key) {
    const ConfigNode& value = node.at(key);
    const seconds at = clock_of(value.as_text());
    if (at < seconds(0)) value.fail_expected("a time", "such as 07:30:00");
    return at;
  };
  block.from = time("from");
  block.to = time("to");
  if (block.from >= block.to) node.at("to").fail("'to' must be later than 'from'");
  if (const ConfigNode* data = node.find("data")) {
    for (const ConfigEntry& entry : data->entries()) block.data.append(entry.key, entry.value.to_value());
  }
  return block;
}

Schedule read_schedule(const ConfigNode& body) {
  constexpr std::array<const char*, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                             "friday", "saturday", "sunday"};
  body.expect_keys(
      {"name", "icon", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
  Schedule helper;
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    const ConfigNode* list = body.find(kDays[day]);
    if (list == nullptr) continue;
    auto& blocks = helper.days[day];
    for (const ConfigNode& item : list->items()) blocks.push_back(read_block(item));
    std::sort(blocks.begin(), blocks.end(),
              [](const ScheduleBlock& a, const ScheduleBlock& b) { return a.from < b.from; });
    const auto clash =
        std::adjacent_find(blocks.begin(), blocks.end(),
                           [](const ScheduleBlock& a, const ScheduleBlock& b) { return b.from < a.to; });
    if (clash != blocks.end()) list->fail("two times overlap at " + clock_text(std::next(clash)->from));
  }
  return helper;
}

void add_member(const ConfigNode& node, std::string_view text, Group& group) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin != std::string_view::npos) text = text.substr(begin, text.find_last_not_of(' ') - begin + 1);
  const auto id = wire::EntityId::parse(text);
  if (!id) node.fail("'" + std::string(text) + "' is no entity id", "such as light.kitchen");
  group.entities.push_back(*id);
}

// "light.a, light.b" is a list, too.
void add_members(const ConfigNode& node, Group& group) {
  if (node.is_list()) {
    for (const ConfigNode& item : node.items()) add_member(item, item.as_text(), group);
    return;
  }
  std::string_view rest = node.as_text();
  while (true) {
    const std::size_t comma = rest.find(',');
    add_member(node, rest.substr(0, comma), group);
    if (comma == std::string_view::npos) return;
    rest.remove_prefix(comma + 1);
  }
}

Group read_group(const ConfigNode& body) {
  Group group;
  if (!body.is_map() && !body.is_null()) {
    add_members(body, group);
    return group;
  }
  body.expect_keys({"name", "icon", "entities", "all"});
  if (const ConfigNode* entities = body.find("entities"); entities != nullptr && !entities->is_null()) {
    add_members(*entities, group);
  }
  take(body, "all", group.all, bool_of);
  return group;
}

template <class Kind>
HelperKind read_as(const ConfigNode& body, Kind (*read)(const ConfigNode&)) {
  return read(body);
}

struct HelperDomain {
  std::string_view name;
  HelperKind (*read)(const ConfigNode&);
};
constexpr std::array<HelperDomain, 10> kHelpers{{
    {"input_boolean", [](const ConfigNode& n) { return read_as(n, read_input_boolean); }},
    {"input_number", [](const ConfigNode& n) { return read_as(n, read_input_number); }},
    {"input_select", [](const ConfigNode& n) { return read_as(n, read_input_select); }},
    {"input_text", [](const ConfigNode& n) { return read_as(n, read_input_text); }},
    {"input_datetime", [](const ConfigNode& n) { return read_as(n, read_input_datetime); }},
    {"input_button", [](const ConfigNode& n) { return read_as(n, read_input_button); }},
    {"counter", [](const ConfigNode& n) { return read_as(n, read_counter); }},
    {"timer", [](const ConfigNode& n) { return read_as(n, read_timer); }},
    {"schedule", [](const ConfigNode& n) { return read_as(n, read_schedule); }},
    {"group", [](const ConfigNode& n) { return read_as(n, read_group); }},
}};

const HelperDomain* find_helper(std::string_view domain) {
  const auto* found =
      std::find_if(kHelpers.begin(), kHelpers.end(), [&](const HelperDomain& d) { return d.name == domain; });
  return found == kHelpers.end() ? nullptr : found;
}

}  // namespace

bool is_helper_domain(std::string_view domain) { return find_helper(domain) != nullptr; }

void read_helpers(std::string_view domain, const ConfigNode& block, House& house) {
  const HelperDomain& kind = *find_helper(domain);
  for (const ConfigEntry& entry : block.entries()) {
    check_object_id(ConfigNode(entry.position), entry.key);
    Helper helper{wire::EntityId(domain, entry.key), readable_id(entry.key), {}, {}};
    for (const Helper& other : house.helpers) {
      if (other.id == helper.id) entry.fail("'" + helper.id.text() + "' is given twice");
    }
    if (entry.value.is_map()) {
      take(entry.value, "name", helper.name, name_of);
      take(entry.value, "icon", helper.icon, text_of);
    }
    // An empty block has no place of its own; errors point to its key.
    helper.kind = kind.read(entry.value.is_null() ? ConfigNode(entry.position) : entry.value);
    house.helpers.push_back(std::move(helper));
  }
}

}  // namespace gable::hub
