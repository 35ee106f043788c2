#include "core/template_request.hpp"

#include "core/template_house.hpp"
#include "template/json_values.hpp"
#include "template/native.hpp"
#include "template/template.hpp"

namespace gable::hub {

namespace {

namespace jinja = rules::jinja;

class TemplateZone final : public jinja::TimeZone {
 public:
  explicit TemplateZone(const ZoneRules& rules) : rules_(rules) {}
  [[nodiscard]] std::chrono::seconds offset(jinja::Instant utc) const override {
    return rules_.offset(std::chrono::floor<std::chrono::milliseconds>(utc));
  }

 private:
  const ZoneRules& rules_;
};

// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014), seeded with the time of the
// request.
class SplitMix final : public jinja::RandomSource {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound) override {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31)) % bound;
  }

 private:
  std::uint64_t state_;
};

wire::List names(const std::vector<std::string>& all) {
  wire::List list;
  list.reserve(all.size());
  for (const std::string& name : all) list.emplace_back(name);
  return list;
}

wire::Object reads_of(const jinja::Reads& reads) {
  wire::Object out;
  if (reads.reads_all()) out.set("all", true);
  if (!reads.entities().empty()) out.set("entities", names(reads.entities()));
  if (!reads.domains().empty()) out.set("domains", names(reads.domains()));
  if (reads.reads_time()) out.set("time", true);
  if (reads.reads_registry()) out.set("registry", true);
  return out;
}

wire::Object answer_of(const jinja::Rendering& rendering) {
  wire::Object answer{{"outcome", jinja::to_string(rendering.outcome)}};
  if (rendering.outcome == jinja::Outcome::text) {
    answer.set("text", rendering.text);
  } else {
    answer.set("error", rendering.error);
    answer.set("where", std::to_string(rendering.where.line) + ":" + std::to_string(rendering.where.column));
  }
  answer.set("reads", reads_of(rendering.reads));
  answer.set("steps", static_cast<std::int64_t>(rendering.steps));
  return answer;
}

std::vector<jinja::Variable> variables_of(const wire::Object& given) {
  std::vector<jinja::Variable> variables;
  for (const auto& [name, value] : given) variables.push_back({name, jinja::from_wire(value)});
  return variables;
}

jinja::Rendering rendered(const jinja::Template& compiled, const wire::Object& variables,
                          const Registry& registry, const ZoneRules& zone, wire::Time now) {
  const TemplateHouse house(registry);
  const TemplateZone house_zone(zone);
  SplitMix random(static_cast<std::uint64_t>(now.time_since_epoch().count()));
  const jinja::Clock clock{jinja::Instant(now.time_since_epoch()), &house_zone};
  return compiled.render(variables_of(variables), {house, clock, random});
}

}  // namespace

wire::Result<std::string> render_text(const std::string& source, const wire::Object& variables,
                                      const Registry& registry, const ZoneRules& zone, wire::Time now) {
  const auto compiled = jinja::Template::compile(source);
  if (!compiled) return compiled.error();
  const jinja::Rendering rendering = rendered(*compiled, variables, registry, zone, now);
  if (rendering.outcome == jinja::Outcome::text) return rendering.text;
  return wire::Error{wire::ErrorCode::failed, rendering.error, ""};
}

wire::Result<wire::Value> render_template(const wire::Object& arguments, const Registry& registry,
                                          const ZoneRules& zone, wire::Time now) {
  const wire::Value* text = arguments.find("template");
  if (text == nullptr || text->as_string() == nullptr) {
    return wire::Error{wire::ErrorCode::wrong_type, R"(expected {"template": text})", "template"};
  }
  const auto compiled = jinja::Template::compile(*text->as_string());
  if (!compiled) return compiled.error();
  wire::Object variables;
  if (const wire::Value* given = arguments.find("variables")) {
    if (given->as_object() == nullptr) {
      return wire::Error{wire::ErrorCode::wrong_type, "expected an object of variables", "variables"};
    }
    variables = *given->as_object();
  }
  return wire::Value(answer_of(rendered(*compiled, variables, registry, zone, now)));
}

}  // namespace gable::hub
