// date, time and datetime: what a device lets itself be set to.

#include <algorithm>
#include <array>

#include "discovery/platforms/moments.hpp"
#include "discovery/platforms/platform.hpp"

namespace gable::discovery::platforms {

namespace {

// A date and time without an offset is the house's, and only templates know its time zone.
constexpr std::string_view kHouseTime = "{{ (value | as_datetime | as_local).isoformat() }}";

// date and time: the same text both ways.
class CalendarBinding : public PlatformBinding {
 public:
  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    const wire::Value* value = command.data.find(param());
    if (value == nullptr) return unsupported(command);
    auto text = sent_text(value->string_or(""), renderer);
    if (!text) return text.error();
    return send_value(command_, *text, renderer);
  }

 protected:
  void read_moment(Fields& fields, std::string_view domain) {
    read_common(fields, *this, domain);
    read_state(fields, *this);
    command_ = required_outlet(fields, "command_template");
  }

 private:
  // The parameter of set_value, which is also what people are told was expected.
  [[nodiscard]] virtual std::string_view param() const = 0;
  [[nodiscard]] virtual std::optional<std::string> state_text(std::string_view text) const = 0;
  virtual wire::Result<std::string> sent_text(std::string_view text, Renderer& /*renderer*/) const {
    return std::string(text);
  }

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    if (blank(payload.text)) return;
    if (payload.text == kUnknown) return said.set("state", nullptr);
    if (auto text = state_text(payload.text)) {
      said.set("state", *text);
      return also_say(*text, said);
    }
    unmatched(payload.text, "a " + std::string(param()) + " in ISO form", said);
  }
  virtual void also_say(const std::string& /*text*/, Said& /*said*/) const {}

  Outlet command_;
};

class DateBinding final : public CalendarBinding {
 public:
  void read(Fields& fields) { read_moment(fields, "date"); }

 private:
  [[nodiscard]] std::string_view param() const override { return "date"; }
  [[nodiscard]] std::optional<std::string> state_text(std::string_view text) const override {
    return date_text(text);
  }
  void also_say(const std::string& text, Said& said) const override {
    said.set("year", std::stoi(text.substr(0, 4)));
    said.set("month", std::stoi(text.substr(5, 2)));
    said.set("day", std::stoi(text.substr(8, 2)));
  }
};

class TimeBinding final : public CalendarBinding {
 public:
  void read(Fields& fields) { read_moment(fields, "time"); }

 private:
  [[nodiscard]] std::string_view param() const override { return "time"; }
  [[nodiscard]] std::optional<std::string> state_text(std::string_view text) const override {
    return time_text(text);
  }
};

class DateTimeBinding final : public CalendarBinding {
 public:
  void read(Fields& fields) {
    read_moment(fields, "datetime");
    if (auto compiled = fields.templates().compile(kHouseTime)) house_time_ = std::move(*compiled);
    const std::string zone = fields.text("timezone");
    if (zone.empty()) return;
    constexpr std::array<std::string_view, 3> kZero{"UTC", "Etc/UTC", "GMT"};
    utc_ = std::ranges::find(kZero, zone) != kZero.end();
    if (!utc_) fields.fault("timezone: only UTC is taken; let the device send its offset instead");
  }

 private:
  [[nodiscard]] std::string_view param() const override { return "datetime"; }
  [[nodiscard]] std::optional<std::string> state_text(std::string_view text) const override {
    return utc_ ? utc_text_or_naive(text) : utc_text(text);
  }
  wire::Result<std::string> sent_text(std::string_view text, Renderer& renderer) const override {
    if (auto utc = utc_text(text)) return std::move(*utc);
    if (house_time_ != nullptr) {
      auto local = renderer.render(*house_time_, {{"value", text}});
      if (!local) return local.error();
      if (auto utc = utc_text(*local)) return std::move(*utc);
    }
    return Error{ErrorCode::wrong_type, "expected a date and time", "datetime"};
  }

  bool utc_ = false;
  TemplatePtr house_time_;
};

}  // namespace

std::unique_ptr<Binding> make_date(const Component& component, Templates& templates, Refusal& refusal) {
  return made<DateBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_time(const Component& component, Templates& templates, Refusal& refusal) {
  return made<TimeBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_datetime(const Component& component, Templates& templates, Refusal& refusal) {
  return made<DateTimeBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
