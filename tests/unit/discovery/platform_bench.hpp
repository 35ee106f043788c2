#pragma once
// One announced entity on a bench: its component from JSON, messages through its templates as the door does
// it, commands as the table of domains makes them.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "discovery/binding.hpp"
#include "discovery/fields.hpp"
#include "template/template.hpp"
#include "wire/json.hpp"

namespace gable::discovery {

// Present values: an object of state and attributes.
class Present final : public wire::CurrentValues {
 public:
  explicit Present(std::string_view json = "{}") {
    if (auto parsed = wire::parse_object(json)) values_ = std::move(*parsed);
  }
  [[nodiscard]] const wire::Value* current(std::string_view name) const override {
    return values_.find(name);
  }

 private:
  wire::Object values_;
};

// A house without entities, in UTC unless a zone is given.
class BenchRenderer final : public Renderer {
 public:
  explicit BenchRenderer(const rules::jinja::TimeZone* zone = nullptr) : clock_{{}, zone} {}

  wire::Result<std::string> render(const rules::jinja::Template& source,
                                   const std::vector<rules::jinja::Variable>& variables) override {
    auto rendering = source.render(variables, {house_, clock_, random_, {}});
    if (rendering.outcome == rules::jinja::Outcome::text) return std::move(rendering.text);
    return wire::Error{wire::ErrorCode::failed, rendering.error, ""};
  }
  rules::jinja::Rendering render_all(const rules::jinja::Template& source,
                                     const std::vector<rules::jinja::Variable>& variables) {
    return source.render(variables, {house_, clock_, random_, {}});
  }

 private:
  class Random final : public rules::jinja::RandomSource {
   public:
    std::uint64_t below(std::uint64_t /*bound*/) override { return 0; }
  };

  rules::jinja::EmptyHouse house_;
  rules::jinja::Clock clock_;
  Random random_;
};

class PlatformBench {
 public:
  // `config`: the announcement as it is after its keys were written out. A refusal is in `refusal`.
  PlatformBench(std::string_view platform, std::string_view config,
                const rules::jinja::TimeZone* zone = nullptr)
      : renderer_(zone) {
    Component component{
        .platform = std::string(platform), .key = "bench", .device = {}, .origin = {}, .config = {}};
    auto parsed = wire::parse_object(config, wire::kDocumentLimits);
    if (!parsed) {
      ADD_FAILURE() << "bad JSON in a test: " << config;
      return;
    }
    component.config = std::move(*parsed);
    auto made = bind(component, templates_);
    if (made)
      binding_ = std::move(*made);
    else
      refusal = made.error().message();
  }

  std::string refusal;

  [[nodiscard]] bool bound() const { return binding_ != nullptr; }
  [[nodiscard]] const Binding& binding() const { return *binding_; }
  [[nodiscard]] const wire::EntityDescription& description() const { return *binding_->description; }
  // As announced in `meta`, as compact JSON.
  [[nodiscard]] std::string described() const {
    wire::Object out;
    wire::encode_entity(*binding_->description, out);
    return wire::to_json(out);
  }

  Said hear(std::string_view topic, std::string_view payload, const Present& now = Present(),
            bool retained = false) {
    const Message message(topic, payload, retained);
    Said said;
    for (const Inlet& inlet : binding_->inlets) {
      if (*inlet.topic == topic) hear_at(inlet, message, now, said);
    }
    return said;
  }

  // What a message makes of the entity: its values as JSON; "-" when it says nothing; "fault: …" when it
  // could not be read, after the values that it said all the same.
  std::string values(std::string_view topic, std::string_view payload, const Present& now = Present()) {
    const Said said = hear(topic, payload, now);
    std::string text = said.anything ? wire::to_json(said.values) : "-";
    if (!said.fault.empty()) text = (text == "-" ? "" : text + " ") + "fault: " + said.fault;
    return text;
  }

  // The events of a message as JSON, one after the other; "-" for none.
  std::string events(std::string_view topic, std::string_view payload, bool retained = false,
                     const Present& now = Present()) {
    const Said said = hear(topic, payload, now, retained);
    std::string text = said.events.empty() ? "-" : "";
    for (const wire::Object& event : said.events) text += wire::to_json(event);
    return said.fault.empty() ? text : "fault: " + said.fault;
  }

  // The messages of a service call, "topic payload" joined with " | ", or the refusal.
  std::string sent(std::string_view service, std::string_view data = "{}", const Present& now = Present()) {
    auto parsed = wire::parse_object(data);
    if (!parsed) return "bad JSON in a test";
    auto command = wire::make_command(*binding_->description, service, *parsed, now);
    if (!command) return "refused: " + command.error().text;
    auto messages = binding_->send(*command, now, renderer_);
    if (!messages) return "error: " + messages.error().text;
    std::string text;
    for (const Outgoing& message : *messages) {
      if (!text.empty()) text += " | ";
      text += message.topic + " " + message.payload;
      if (message.qos > 0) text += " (qos 1)";
      if (message.retained) text += " (retained)";
    }
    return text;
  }

 private:
  void hear_at(const Inlet& inlet, const Message& message, const Present& now, Said& said) {
    if (inlet.value_template == nullptr)
      return binding_->receive(inlet.slot, {message.payload(), message, false}, now, said);
    const auto rendering = renderer_.render_all(
        *inlet.value_template, {{"value", message.payload()}, {"value_json", message.value_json()}});
    using rules::jinja::Outcome;
    if (rendering.outcome == Outcome::drop ||
        (rendering.outcome == Outcome::passthrough && inlet.keeps_on_error))
      return;
    const bool failed = rendering.outcome == Outcome::passthrough;
    const std::string_view text = failed ? message.payload() : std::string_view(rendering.text);
    binding_->receive(inlet.slot, {text, message, true}, now, said);
  }

  Templates templates_;
  BenchRenderer renderer_;
  std::unique_ptr<Binding> binding_;
};

}  // namespace gable::discovery
