// Any text is either refused with a place within it or compiles; what compiles ends within its budget, with
// one of the three outcomes, and gives the same when it is rendered again.

#include "fuzz_target.hpp"
#include "template/json_values.hpp"
#include "template/native.hpp"
#include "template/template.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace {

namespace jinja = gable::rules::jinja;
using gable::fuzz::require;

class Numbers final : public jinja::RandomSource {
 public:
  std::uint64_t below(std::uint64_t bound) override { return ++count_ % bound; }

 private:
  std::uint64_t count_ = 0;
};

// A light, a sensor and a group: enough for every function that looks at the house to find something.
class SmallHouse final : public jinja::House {
 public:
  [[nodiscard]] std::optional<jinja::EntityState> state(std::string_view id) const override {
    jinja::EntityState state;
    state.attributes = &attributes_;
    for (const auto& [known, text] : kStates) {
      if (known != id) continue;
      state.entity_id = known;
      state.state = text;
      return state;
    }
    return std::nullopt;
  }
  [[nodiscard]] Names entities(std::string_view domain) const override {
    Names names;
    for (const auto& [id, text] : kStates) {
      if (domain.empty() || (id.starts_with(domain) && id[domain.size()] == '.')) names.push_back(id);
    }
    return names;
  }
  [[nodiscard]] std::vector<jinja::AreaEntry> areas() const override {
    return {{"kitchen", "Kitchen", "ground"}};
  }

 private:
  static constexpr std::pair<std::string_view, std::string_view> kStates[] = {
      {"group.all", "on"}, {"light.kitchen", "on"}, {"sensor.outside", "21.5"}};
  gable::wire::Object attributes_{{"entity_id", gable::wire::List{"light.kitchen"}},
                                  {"friendly_name", "Küche"},
                                  {"brightness", 180},
                                  {"unit_of_measurement", "°C"}};
};

jinja::Rendering render(const jinja::Template& compiled) {
  static const jinja::Value kJson = *jinja::read_json(
      R"({"a":[1,2.5,"x",null,true],"b":{"c":"d e","n":100000000000000000000},"s":"on","t":"21.50"})");
  const SmallHouse house;
  Numbers random;
  const jinja::Clock clock{jinja::Instant(std::chrono::microseconds(1'768'480'496'789'000)), nullptr};
  const jinja::Variable variables[] = {{"value_json", kJson}, {"value", "21.5"}};
  jinja::Limits limits;
  limits.steps = 2'000;
  limits.output = 16 * 1024;
  return compiled.render(variables, {house, clock, random, limits});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gable::fuzz::text_of(data, size);
  const auto compiled = jinja::Template::compile(text);
  if (!compiled) {
    require(!compiled.error().where.empty(), "a refusal has a place");
    return 0;
  }
  const jinja::Rendering once = render(*compiled);
  require(once.outcome == jinja::Outcome::text || !once.error.empty(), "an error has words");
  require(once.text.size() <= 64 * 1024, "no output beyond its limit");
  const jinja::Rendering again = render(*compiled);
  require(once.outcome == again.outcome && once.steps == again.steps, "the same again");
  if (text.find("generator") == text.npos) {
    (void)jinja::repr(jinja::native(once.text));
  }
  return 0;
}
