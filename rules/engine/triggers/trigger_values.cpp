#include "engine/triggers/trigger_values.hpp"

#include <algorithm>
#include <array>

#include "template/time/datetime.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules {

jinja::Value period_value(std::chrono::microseconds period) { return jinja::make_timedelta(period.count()); }

jinja::Value date_value(Instant when, const jinja::TimeZone& zone) {
  return jinja::datetime_at(when, {jinja::Zone::Kind::rules, 0, &zone});
}

jinja::Value state_or_none(std::string_view entity, const std::optional<StateSnapshot>& state) {
  return state ? state_object(entity, *state) : jinja::Value();
}

jinja::Value text_or_none(std::string_view text) {
  return text.empty() ? jinja::Value() : jinja::Value(text);
}

bool counts_as_true(const jinja::Value& value) {
  constexpr std::array<std::string_view, 5> kTrue{"1", "true", "yes", "on", "enable"};
  const std::string* text = value.as_text();
  if (text == nullptr) return value.is_number() && jinja::truth(value);
  const std::string word = jinja::unicode::lower(jinja::unicode::trim(*text));
  return std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end();
}

bool is_absent(std::string_view state) { return state == "unavailable" || state == "unknown"; }

}  // namespace gable::rules
