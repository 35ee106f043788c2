#pragma once
// Inside: the surroundings that the engine's own parts see. What the engine offers itself (script.*,
// automation.*, scene.*, template entities) it does itself; everything else goes on to the real ones.

#include <functional>

#include "engine/surroundings.hpp"

namespace gable::rules {

class Inside final : public Surroundings {
 public:
  struct Hooks {
    // Nothing: not the engine's own, it goes on.
    std::function<std::optional<ServiceOutcome>(const ServiceCall&)> call;
    std::function<void(std::uint64_t)> abandon;
    std::function<void(const BusEvent&)> fired;
  };
  Inside(Surroundings& outside, Hooks hooks) : out_(outside), hooks_(std::move(hooks)) {}

  [[nodiscard]] const jinja::House& house() const override { return out_.house(); }
  [[nodiscard]] const jinja::TimeZone& zone() const override { return out_.zone(); }
  [[nodiscard]] jinja::RandomSource& random() override { return out_.random(); }
  [[nodiscard]] const jinja::Library* macros() const override { return out_.macros(); }
  [[nodiscard]] std::optional<StateSnapshot> snapshot(std::string_view entity) const override {
    return out_.snapshot(entity);
  }
  [[nodiscard]] std::optional<Instant> next_sun(bool rises, Instant after) const override {
    return out_.next_sun(rises, after);
  }
  ServiceOutcome call(const ServiceCall& call) override {
    std::optional<ServiceOutcome> own = hooks_.call(call);
    return own ? std::move(*own) : out_.call(call);
  }
  void abandon(std::uint64_t call) override {
    hooks_.abandon(call);
    out_.abandon(call);
  }
  void fire(const BusEvent& event) override {
    hooks_.fired(event);
    out_.fire(event);
  }
  void subscribe(const std::string& filter) override { out_.subscribe(filter); }
  void unsubscribe(const std::string& filter) override { out_.unsubscribe(filter); }
  [[nodiscard]] Context context_below(const Context& cause) override { return out_.context_below(cause); }
  void save(RowKind kind, const std::string& key, const std::string& json) override {
    out_.save(kind, key, json);
  }
  void declare(const OwnEntity& entity) override { out_.declare(entity); }
  void withdraw(const std::string& entity) override { out_.withdraw(entity); }
  void show(const std::string& entity, const std::string& state, const wire::Object& attributes,
            const Context& context) override {
    out_.show(entity, state, attributes, context);
  }
  void trace(const wire::Object& line) override { out_.trace(line); }
  void problem(const std::string& id, const std::string& text) override { out_.problem(id, text); }
  void log(std::string_view level, const std::string& text) override { out_.log(level, text); }

 private:
  Surroundings& out_;
  Hooks hooks_;
};

}  // namespace gable::rules
