#include "protocol/values.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace gable::virtual_house {

namespace {

std::string number_text(double number) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return {buffer.data(), result.ptr};
}

struct TextOf {
  std::string operator()(std::monostate) const { return "none"; }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return number_text(number); }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const std::vector<std::string>& list) const { return joined(list); }
  std::string operator()(const std::vector<double>& list) const { return joined(list); }

  template <class T>
  std::string joined(const std::vector<T>& list) const {
    std::string out;
    for (const auto& element : list) {
      if (!out.empty()) out += ", ";
      out += (*this)(element);
    }
    return out;
  }
};

}  // namespace

Span span_of(double seconds) { return Span(std::llround(seconds * 1000.0)); }

double seconds_of(Span span) { return static_cast<double>(span.count()) / 1000.0; }

Moment midnight(Moment moment) { return std::chrono::floor<std::chrono::days>(moment); }

Span time_of_day(Moment moment) { return moment - midnight(moment); }

double hour_of(Moment moment) { return seconds_of(time_of_day(moment)) / 3600.0; }

bool weekend(Moment moment) {
  const std::chrono::weekday day(std::chrono::floor<std::chrono::days>(moment));
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

std::string text_of(const Value& value) { return std::visit(TextOf{}, value); }

Value rounded(double number, int digits) {
  if (digits <= 0) return static_cast<std::int64_t>(std::llround(number));
  const double factor = std::pow(10.0, digits);
  const double result = std::round(number * factor) / factor;
  return result == 0.0 ? 0.0 : result;  // never −0.0, which reads oddly
}

void Fields::set(std::string_view name, Value value) {
  for (auto& field : fields_) {
    if (field.first == name) {
      field.second = std::move(value);
      return;
    }
  }
  fields_.emplace_back(std::string(name), std::move(value));
}

const Value* Fields::find(std::string_view name) const {
  for (const auto& field : fields_) {
    if (field.first == name) return &field.second;
  }
  return nullptr;
}

double Fields::number(std::string_view name, double fallback) const {
  const Value* value = find(name);
  if (value == nullptr) return fallback;
  if (const auto* number = std::get_if<double>(value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(value)) return static_cast<double>(*number);
  return fallback;
}

std::string Fields::text(std::string_view name, std::string_view fallback) const {
  const Value* value = find(name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return text == nullptr ? std::string(fallback) : *text;
}

bool Fields::flag(std::string_view name, bool fallback) const {
  const Value* value = find(name);
  const auto* flag = value == nullptr ? nullptr : std::get_if<bool>(value);
  return flag == nullptr ? fallback : *flag;
}

std::vector<std::string> Fields::list(std::string_view name) const {
  const Value* value = find(name);
  const auto* list = value == nullptr ? nullptr : std::get_if<std::vector<std::string>>(value);
  return list == nullptr ? std::vector<std::string>{} : *list;
}

}  // namespace gable::virtual_house
