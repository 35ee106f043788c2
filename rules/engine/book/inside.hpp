#pragma once
// Inside: the surroundings that the engine's own parts see. What the engine offers itself (script.*,
// automation.*, scene.*, template entities) it does itself; everything else goes on to the real ones.

#include <functional>

#include "engine/book/forwarding.hpp"

namespace gable::rules {

class Inside final : public Forwarding {
 public:
  struct Hooks {
    // Nothing: not the engine's own, it goes on.
    std::function<std::optional<ServiceOutcome>(const ServiceCall&)> call;
    std::function<void(std::uint64_t)> abandon;
    std::function<void(const BusEvent&)> fired;
  };
  Inside(Surroundings& outside, Hooks hooks) : Forwarding(outside), hooks_(std::move(hooks)) {}

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

 private:
  Hooks hooks_;
};

}  // namespace gable::rules
