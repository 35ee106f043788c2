#pragma once
// The plain values of the simulated house: times, attribute values and small ordered maps of them. The
// library stands alone, so it has its own; the bridge translates them into documents. Pure; any thread.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gable::virtual_house {

// Time on the walls of the house. It comes from the caller and only goes forward.
using Moment = std::chrono::local_time<std::chrono::milliseconds>;
using Span = std::chrono::milliseconds;

inline constexpr Moment kNever = Moment::max();

// `seconds` rounded to milliseconds; not for values beyond a century.
Span span_of(double seconds);
double seconds_of(Span span);
// Since midnight.
Span time_of_day(Moment moment);
Moment midnight(Moment moment);
// Hours since midnight, with fraction.
double hour_of(Moment moment);
bool weekend(Moment moment);

using List = std::vector<std::string>;
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>,
                           std::vector<double>>;

// "true", "21.5", "open", "a, b": for transcripts and messages.
std::string text_of(const Value& value);

// A number as an attribute holds it: rounded to `digits` decimals, an integer when `digits` is 0.
Value rounded(double number, int digits);

// An ordered map with linear look-up; a device has a handful of attributes.
class Fields {
 public:
  Fields() = default;
  Fields(std::initializer_list<std::pair<std::string, Value>> fields) : fields_(fields) {}

  void set(std::string_view name, Value value);
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
  // The fallback when there is none, or none of that type. Numbers take integers too.
  [[nodiscard]] double number(std::string_view name, double fallback) const;
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback = {}) const;
  [[nodiscard]] bool flag(std::string_view name, bool fallback = false) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;

  [[nodiscard]] bool empty() const { return fields_.empty(); }
  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  friend bool operator==(const Fields&, const Fields&) = default;

 private:
  std::vector<std::pair<std::string, Value>> fields_;
};

}  // namespace gable::virtual_house
