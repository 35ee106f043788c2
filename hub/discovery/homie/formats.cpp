#include "discovery/homie/formats.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace gable::discovery::homie {

namespace {

constexpr std::array<std::string_view, 9> kDatatypes{"integer", "float",    "boolean",  "string", "enum",
                                                     "color",   "datetime", "duration", "json"};

template <class Use>
void each_part(std::string_view text, char separator, Use use) {
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    use(text.substr(begin, end - begin));
    if (end == text.size()) return;
    begin = end + 1;
  }
}

std::optional<double> number_of(std::string_view text) {
  text = trimmed(text);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<Datatype> datatype_of(std::string_view word) {
  const auto found = std::ranges::find(kDatatypes, trimmed(word));
  if (found == kDatatypes.end()) return std::nullopt;
  return static_cast<Datatype>(found - kDatatypes.begin());
}

std::string_view to_string(Datatype datatype) { return kDatatypes[static_cast<std::size_t>(datatype)]; }

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  each_part(text, ',', [&](std::string_view part) {
    if (part = trimmed(part); !part.empty()) parts.emplace_back(part);
  });
  return parts;
}

std::vector<std::string> split_options(std::string_view format) {
  std::vector<std::string> options;
  const auto add = [&options](std::string& option) {
    if (!option.empty() && std::ranges::find(options, option) == options.end()) options.push_back(option);
    option.clear();
  };
  std::string option;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != ',') {
      option += format[i];
    } else if (i + 1 < format.size() && format[i + 1] == ',') {
      option += format[i++];
    } else {
      add(option);
    }
  }
  add(option);
  return options;
}

Range range_of(std::string_view format) {
  std::array<std::optional<double>, 3> parts;
  std::size_t count = 0;
  each_part(format, ':', [&](std::string_view part) {
    if (count < parts.size()) parts[count] = number_of(part);
    ++count;
  });
  if (count < 2) return {};
  if (parts[2] && *parts[2] <= 0) parts[2].reset();
  if (parts[0] && parts[1] && *parts[0] > *parts[1]) std::swap(parts[0], parts[1]);
  return {parts[0], parts[1], parts[2]};
}

ColorForms color_forms(std::string_view format) {
  ColorForms forms;
  each_part(format, ',', [&forms](std::string_view part) {
    part = trimmed(part);
    forms.rgb |= part == "rgb";
    forms.hsv |= part == "hsv";
    forms.xyz |= part == "xyz";
  });
  return forms;
}

std::optional<ArrayRange> array_range(std::string_view text, std::size_t most) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number_of(text.substr(0, dash));
  const auto last = number_of(text.substr(dash + 1));
  constexpr double kHighest = 1e6;
  if (!first || !last || *first < 0 || *last < *first || *last > kHighest) return std::nullopt;
  if (*last - *first >= static_cast<double>(most)) return std::nullopt;
  if (std::floor(*first) != *first || std::floor(*last) != *last) return std::nullopt;
  return ArrayRange{static_cast<int>(*first), static_cast<int>(*last)};
}

}  // namespace gable::discovery::homie
