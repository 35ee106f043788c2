#pragma once
// Surroundings that hand everything on to others; what derives from it changes what it must.

#include <utility>

#include "engine/surroundings.hpp"

namespace gable::rules {

class Forwarding : public Surroundings {
 public:
  explicit Forwarding(Surroundings& outside) : out_(outside) {}

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
  ServiceOutcome call(const ServiceCall& call) override { return out_.call(call); }
  void abandon(std::uint64_t call) override { out_.abandon(call); }
  void fire(const BusEvent& event) override { out_.fire(event); }
  void subscribe(const std::string& filter) override { out_.subscribe(filter); }
  void unsubscribe(const std::string& filter) override { out_.unsubscribe(filter); }
  [[nodiscard]] Context context_below(const Context& cause) override { return out_.context_below(cause); }
  void save(RowKind kind, const std::string& key, const std::string& json) override {
    out_.save(kind, key, json);
  }
  [[nodiscard]] bool keeps_rows() const override { return out_.keeps_rows(); }
  [[nodiscard]] bool settles() const override { return out_.settles(); }
  void declare(const OwnEntity& entity) override { out_.declare(entity); }
  void withdraw(const std::string& entity) override { out_.withdraw(entity); }
  void show(const std::string& entity, const std::string& state, const wire::Object& attributes,
            const Context& context) override {
    out_.show(entity, state, attributes, context);
  }
  void trace(Trace trace) override { out_.trace(std::move(trace)); }
  void problem(const std::string& id, const std::string& text) override { out_.problem(id, text); }
  void log(std::string_view level, const std::string& text) override { out_.log(level, text); }

 protected:
  Surroundings& out_;
};

}  // namespace gable::rules
