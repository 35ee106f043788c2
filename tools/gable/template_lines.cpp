// Renders templates line by line.
#include "gable/template_lines.hpp"

#include <istream>
#include <ostream>
#include <string>
#include <unordered_map>

#include "template/json_values.hpp"
#include "template/template.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

namespace jinja = rules::jinja;

// Always the same numbers, so that two runs can be compared.
class FixedRandom final : public jinja::RandomSource {
 public:
  std::uint64_t below(std::uint64_t bound) override { return ++count_ % bound; }

 private:
  std::uint64_t count_ = 0;
};

struct Answer {
  std::string outcome, text, error;
};

void write(const Answer& answer, std::ostream& out) {
  wire::Object line{{"outcome", answer.outcome}, {"text", answer.text}};
  if (!answer.error.empty()) line.set("error", answer.error);
  out << wire::to_json(line) << '\n';
}

class Lines {
 public:
  explicit Lines(wire::Time now) : clock_{now, nullptr} {}

  wire::Result<Answer> render(std::string_view line) {
    const auto parsed = jinja::read_json(line);
    if (!parsed) return parsed.error();
    const jinja::Dict* fields = parsed->as_dict();
    const jinja::Value* text = fields != nullptr ? fields->find(std::string_view("template")) : nullptr;
    if (text == nullptr || text->as_text() == nullptr) {
      return wire::Error{wire::ErrorCode::malformed, R"(expected {"template": text, …})", ""};
    }
    const auto& compiled = compile(*text->as_text());
    if (!compiled) return Answer{"invalid", "", compiled.error().message()};
    return render(*compiled, *fields);
  }

 private:
  using Compiled = wire::Result<jinja::Template>;

  const Compiled& compile(const std::string& source) {
    constexpr std::size_t kMostKept = 10'000;
    if (compiled_.size() > kMostKept) compiled_.clear();
    const auto found = compiled_.find(source);
    if (found != compiled_.end()) return found->second;
    return compiled_.emplace(source, jinja::Template::compile(source)).first->second;
  }

  Answer render(const jinja::Template& compiled, const jinja::Dict& fields) {
    std::vector<jinja::Variable> variables;
    if (const jinja::Value* payload = fields.find(std::string_view("payload"));
        payload != nullptr && payload->as_text()) {
      variables.push_back({"value", *payload});
      if (auto json = jinja::read_json(*payload->as_text())) {
        std::string path_text;
        if (compiled.look_up(*json, path_text)) return {"text", path_text, ""};
        variables.push_back({"value_json", std::move(*json)});
      }
    }
    if (const jinja::Value* given = fields.find(std::string_view("vars"));
        given != nullptr && given->as_dict()) {
      for (const auto& [name, value] : given->as_dict()->entries()) {
        if (const std::string* key = name.as_text()) variables.push_back({*key, value});
      }
    }
    const jinja::Rendering rendering = compiled.render(variables, {house_, clock_, random_});
    return {std::string(jinja::to_string(rendering.outcome)), rendering.text, rendering.error};
  }

  jinja::EmptyHouse house_;
  jinja::Clock clock_;
  FixedRandom random_;
  std::unordered_map<std::string, Compiled> compiled_;
};

}  // namespace

bool render_lines(std::istream& in, std::ostream& out, std::ostream& err, wire::Time now) {
  Lines lines(now);
  bool all = true;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto answer = lines.render(line);
    if (!answer) {
      all = false;
      err << "gable: line " << number << ": " << answer.error().message() << '\n';
    }
    write(answer ? *answer : Answer{"invalid", "", answer.error().message()}, out);
  }
  out.flush();
  return all;
}

}  // namespace gable::cli
