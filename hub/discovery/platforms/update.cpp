// update: which version is installed and which is there. The state is found by comparing the two.

#include <algorithm>
#include <array>

#include "discovery/platforms/platform.hpp"
#include "template/callables/version.hpp"
#include "template/value/object.hpp"

namespace gable::discovery::platforms {

namespace {

namespace jinja = rules::jinja;
using wire::Value;

constexpr int kLatest = 1;
constexpr std::array<std::string_view, 4> kTexts{"title", "release_summary", "release_url", "entity_picture"};

// Whether the two can be told apart by age: "2024.10.1", "v1.2-rc1".
bool is_version(std::string_view text) {
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  const auto usual = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == '+';
  };
  return !text.empty() && text.front() >= '0' && text.front() <= '9' && std::ranges::all_of(text, usual);
}

// A latest version that differs is newer, unless the two say otherwise.
bool is_newer(std::string_view latest, std::string_view installed) {
  if (latest == installed) return false;
  if (!is_version(latest) || !is_version(installed)) return true;
  const jinja::Value version = jinja::version_value(installed);
  return version.as_object()->less(jinja::Value(latest)).value_or(true);
}

class UpdateBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "update");
    description.own().assumed_state = false;
    for (const std::string_view key : kTexts) {
      if (std::string text = fields.text(key); !text.empty())
        description.own().capabilities.set(std::string(key), text);
    }
    if (const auto precision = fields.number("display_precision"); precision && *precision >= 0)
      description.own().capabilities.set("display_precision", static_cast<std::int64_t>(*precision));
    fields.require("state_topic");
    if (fields.inlet(kState, "state_topic", "value_template")) keep_on_error(*this);
    fields.inlet(kLatest, "latest_version_topic", "latest_version_template");
    read_install(fields);
    description.own().features.emplace_back("progress");  // Home Assistant's always shows it
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    if (command.service->name != "install") return unsupported(command);  // skipping is the hub's affair
    return send_value(command_, payload_, renderer);
  }

 private:
  void read_install(Fields& fields) {
    command_ = outlet(fields, "command_topic", "");
    if (!command_) return;
    if (!fields.has("payload_install"))
      return fields.fault("payload_install: missing, so nothing can be installed");
    payload_ = fields.text("payload_install");
    description.own().features = {"install"};
  }

  void take(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override {
    if (blank(payload.text) || payload.text == "{}") return;
    if (slot == kLatest)
      said.set("latest_version", payload.text);
    else if (!take_document(payload, said))
      return;
    say_state(now, said);
  }

  // A JSON object, or the text of the installed version.
  bool take_document(const Payload& payload, Said& said) const {
    std::optional<Value> store;
    const Value* document = payload.json(store);
    const wire::Object* object = document == nullptr ? nullptr : document->as_object();
    if (object == nullptr) {
      said.set("installed_version", payload.text);
      return true;
    }
    if (const std::string wrong = bad_key(*object); !wrong.empty()) {
      said.fault = wrong + " is of the wrong type";
      return false;
    }
    for (const char* key : {"installed_version", "latest_version"})
      if (const Value* version = object->find(key)) said.set(key, python_text(*version));
    for (const std::string_view key : kTexts)
      if (const Value* text = object->find(key)) said.set(key, python_text(*text));
    take_progress(*object, said);
    return true;
  }

  // The key for which the whole message is left alone, or empty.
  static std::string bad_key(const wire::Object& object) {
    constexpr std::array<std::string_view, 6> kAllTexts{
        "installed_version", "latest_version", "title", "release_summary", "release_url", "entity_picture"};
    for (const std::string_view key : kAllTexts) {
      const Value* value = object.find(key);
      if (value == nullptr) continue;
      if (value->is_null() || value->as_list() != nullptr || value->as_object() != nullptr)
        return std::string(key);
    }
    if (const Value* busy = object.find("in_progress"); busy != nullptr && busy->as_bool() == nullptr)
      return "in_progress";
    const Value* percent = object.find("update_percentage");
    if (percent == nullptr || percent->is_null()) return {};
    const double number = percent->number_or(-1);
    return number >= 0 && number <= 100 ? std::string() : "update_percentage";
  }

  static void take_progress(const wire::Object& object, Said& said) {
    const Value* percent = object.find("update_percentage");
    const Value* busy = object.find("in_progress");
    if (percent == nullptr && busy == nullptr) return;
    const bool running = busy != nullptr ? busy->bool_or(false) : !percent->is_null();
    said.set("in_progress", running);
    // A percentage is only said while something is going on.
    if (percent != nullptr || !running)
      said.set("update_percentage", running && percent != nullptr ? *percent : Value());
  }

  static std::optional<std::string> version(std::string_view name, const wire::CurrentValues& now,
                                            const Said& said) {
    const Value* value = said.values.find(name);
    if (value == nullptr) value = now.current(name);
    if (value == nullptr || value->as_string() == nullptr) return std::nullopt;
    return *value->as_string();
  }

  static void say_state(const wire::CurrentValues& now, Said& said) {
    const auto installed = version("installed_version", now, said);
    const auto latest = version("latest_version", now, said);
    if (!installed || !latest) return said.set("state", nullptr);
    const auto skipped = version("skipped_version", now, said);
    said.set("state", latest != skipped && is_newer(*latest, *installed) ? "on" : "off");
  }

  Outlet command_;
  std::string payload_;
};

}  // namespace

std::unique_ptr<Binding> make_update(const Component& component, Templates& templates, Refusal& refusal) {
  return made<UpdateBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
