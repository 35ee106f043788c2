// Renders each shape of template for a while and prints, for each, renders per second as a line of JSON. Run
// by tools/bench/templates, which lets the real Jinja2 do the same in turn. usage: template_bench SECONDS <
// shapes   (a line of JSON each: {"name", "template", "payload"})

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include "template/json_values.hpp"
#include "template/template.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"

namespace {

namespace jinja = gable::rules::jinja;
using Steady = std::chrono::steady_clock;

class NoRandom final : public jinja::RandomSource {
 public:
  std::uint64_t below(std::uint64_t) override { return 0; }
};

// One light and one sensor, as the Python side has them.
class SmallHouse final : public jinja::House {
 public:
  [[nodiscard]] std::optional<jinja::EntityState> state(std::string_view id) const override {
    jinja::EntityState state;
    state.entity_id = id;
    state.attributes = &attributes_;
    if (id == "sensor.outside") state.state = "21.5";
    if (id == "light.kitchen") state.state = "on";
    if (state.state.empty()) return std::nullopt;
    return state;
  }
  [[nodiscard]] Names entities(std::string_view) const override { return {}; }

 private:
  gable::wire::Object attributes_{{"brightness", 180}};
};

std::string text_at(const jinja::Dict& shape, std::string_view key) {
  const jinja::Value* value = shape.find(key);
  return value != nullptr && value->as_text() != nullptr ? *value->as_text() : std::string();
}

struct Bench {
  SmallHouse house;
  NoRandom random;
  jinja::Clock clock{jinja::Instant(std::chrono::microseconds(1'768'480'496'789'000)), nullptr};

  // As the hub does it: the payload is parsed once and many templates look at it.
  std::string once(const jinja::Template& compiled, const std::string& payload, const jinja::Value& json) {
    std::string out;
    if (compiled.look_up(json, out)) return out;
    const jinja::Variable variables[] = {{"value", payload}, {"value_json", json}};
    return compiled.render(variables, {house, clock, random, {}}).text;
  }

  double per_second(const jinja::Template& compiled, const std::string& payload, double seconds) {
    const auto parsed = jinja::read_json(payload);
    const jinja::Value json = parsed ? *parsed : jinja::Value::undefined("'value_json' is undefined");
    const auto begin = Steady::now();
    const auto end =
        begin + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
    std::uint64_t count = 0;
    std::size_t octets = 0;
    auto now = begin;
    for (; now < end; now = Steady::now()) {
      for (int i = 0; i < 100; ++i) octets += once(compiled, payload, json).size();
      count += 100;
    }
    if (octets == 0) std::cerr << "template_bench: rendered nothing but empty texts\n";
    return static_cast<double>(count) / std::chrono::duration<double>(now - begin).count();
  }
};

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 1.0;
  Bench bench;
  for (std::string line; std::getline(std::cin, line);) {
    const auto shape = jinja::read_json(line);
    if (!shape || shape->as_dict() == nullptr) return 2;
    const auto compiled = jinja::Template::compile(text_at(*shape->as_dict(), "template"));
    if (!compiled) {
      std::cerr << "template_bench: " << compiled.error().message() << '\n';
      return 2;
    }
    const std::string payload = text_at(*shape->as_dict(), "payload");
    const double rate = bench.per_second(*compiled, payload, seconds);
    std::cout << gable::wire::to_json(
                     gable::wire::Object{{"name", text_at(*shape->as_dict(), "name")}, {"per_second", rate}})
              << std::endl;
  }
  return 0;
}
