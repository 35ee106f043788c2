#include "protocol/outputs.hpp"

#include <array>
#include <cstdio>

namespace gable::virtual_house {

namespace {

std::string fields_text(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) out += " " + name + "=" + text_of(value);
  return out;
}

std::string with_entity(const std::string& entity) { return entity.empty() ? entity : "/" + entity; }

struct TextOf {
  std::string operator()(const Report& report) const {
    return with_entity(report.entity) + fields_text(report.state);
  }
  std::string operator()(const SentEvent& event) const {
    return with_entity(event.entity) + " event " + event.type;
  }
  std::string operator()(const Link& link) const {
    return link.online ? " online" : " offline (" + link.reason + ")";
  }
  std::string operator()(const Finished& finished) const {
    const Outcome& outcome = finished.outcome;
    return " order " + std::to_string(finished.order) +
           (outcome.verdict == Verdict::done ? " done" : " failed: " + outcome.reason);
  }
};

}  // namespace

std::string text_of(Moment moment) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(moment));
  const std::chrono::hh_mm_ss time(time_of_day(moment));
  std::array<char, 64> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%04d-%02u-%02u %02d:%02d:%02d.%03d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string text_of(const Output& output) {
  return text_of(output.at) + " " + output.device + std::visit(TextOf{}, output.what);
}

}  // namespace gable::virtual_house
