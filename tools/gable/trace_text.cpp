#include "gable/trace_text.hpp"

#include <array>

#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"

namespace gable::cli {

namespace {

using wire::Object;
using wire::Value;

const Object* object_at(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? nullptr : value->as_object();
}

const wire::List* list_at(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? nullptr : value->as_list();
}

Colour colour_of_result(std::string_view result) {
  if (result == "true") return Colour::green;
  return result == "error" ? Colour::red : Colour::yellow;
}

// "light.turn_on light.hall_lamp (brightness 80)"
std::string call_text(const Object& call) {
  std::string out = text_at(call, "service");
  if (out.empty()) out = "event " + text_at(call, "event");
  if (const Object* target = object_at(call, "target")) {
    for (const auto& [kind, ids] : *target) {
      const wire::List* list = ids.as_list();
      if (list == nullptr) continue;
      for (const Value& id : *list) out += (kind == "entity_id" ? " " : " " + kind + " ") + value_text(id);
    }
  }
  const Object* data = object_at(call, "data");
  if (data != nullptr && !data->empty()) out += " (" + attributes_text(*data) + ")";
  return out;
}

void add_condition(const Object& condition, std::size_t depth, const Paint& paint, std::vector<Branch>& out) {
  const std::string kind = text_at(condition, "condition"), alias = text_at(condition, "alias");
  const std::string result = text_at(condition, "result");
  std::string values, error;
  for (const auto& [key, value] : condition) {
    if (key == "condition" || key == "alias" || key == "result" || key == "members") continue;
    if (key == "error")
      error = value_text(value);
    else
      values += (values.empty() ? "" : ", ") + printable(key) + " " + value_text(value);
  }
  std::string text = alias.empty() ? kind : kind + " '" + alias + "'";
  if (!values.empty()) text += ": " + values;
  text += "  " + paint(colour_of_result(result), result);
  if (!error.empty()) text += "  " + paint(Colour::red, error);
  out.push_back({depth, std::move(text)});
  const wire::List* members = list_at(condition, "members");
  for (const Value& member : members == nullptr ? wire::List{} : *members) {
    if (member.as_object() != nullptr) add_condition(*member.as_object(), depth + 1, paint, out);
  }
}

bool are_conditions(const Value& value) {
  const wire::List* list = value.as_list();
  return list != nullptr && !list->empty() && list->front().as_object() != nullptr &&
         list->front().as_object()->contains("condition");
}

// What is said of a step beside its kind, place and time.
std::string detail_text(const std::string& key, const Value& value, const Paint& paint) {
  const Object* object = value.as_object();
  if (key == "call" && object != nullptr) return call_text(*object);
  if (key == "fired" && object != nullptr) return call_text(*object);
  if (key == "withheld" && object != nullptr) return paint(Colour::yellow, "withheld: ") + call_text(*object);
  if (key == "error") return paint(Colour::red, value_text(value));
  if (key == "waited") return "waited " + value_text(value) + " s";
  if (key == "variables" && object != nullptr) return attributes_text(*object);
  if (key == "choice") return "→ " + value_text(value);
  return printable(key) + " " + value_text(value);
}

void add_step(const Object& step, std::size_t depth, const Paint& paint, std::vector<Branch>& out) {
  if (const Value* left_out = step.find("left_out"))
    return out.push_back({depth, paint(Colour::dim, "… " + value_text(*left_out) + " steps left out")});
  std::string text = paint(Colour::bold, text_at(step, "step"));
  if (const std::string alias = text_at(step, "alias"); !alias.empty()) text += " '" + alias + "'";
  for (const auto& [key, value] : step) {
    if (key == "path" || key == "step" || key == "at" || key == "alias" || are_conditions(value)) continue;
    text += "  " + detail_text(key, value, paint);
  }
  if (const auto at = wire::parse_time(text_at(step, "at")))
    text += paint(Colour::dim, "  " + clock_text(*at));
  out.push_back({depth, std::move(text)});
  for (const auto& [key, value] : step) {
    if (!are_conditions(value)) continue;
    for (const Value& condition : *value.as_list()) {
      if (condition.as_object() != nullptr) add_condition(*condition.as_object(), depth + 1, paint, out);
    }
  }
}

// A step belongs to the nearest one before it whose path its own begins with.
std::vector<Branch> steps_of(const Object& trace, const Paint& paint) {
  std::vector<Branch> out;
  std::vector<std::string> around;
  const wire::List* steps = list_at(trace, "steps");
  for (const Value& each : steps == nullptr ? wire::List{} : *steps) {
    const Object* step = each.as_object();
    if (step == nullptr) continue;
    const std::string path = text_at(*step, "path");
    while (!around.empty() && !path.starts_with(around.back() + "/")) around.pop_back();
    add_step(*step, around.size(), paint, out);
    if (!path.empty()) around.push_back(path);
  }
  return out;
}

std::string indented(const std::string& lines) {
  std::string out;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin) + 1;
    out += "  " + lines.substr(begin, end - begin);
    begin = end;
  }
  return out;
}

std::string length_text(const Object& trace) {
  const auto began = wire::parse_time(text_at(trace, "began"));
  const auto ended = wire::parse_time(text_at(trace, "_at"));
  if (!began || !ended || *ended <= *began) return {};
  const auto length = *ended - *began;
  return "  after " + (length < std::chrono::seconds(1) ? std::to_string(length.count()) + " ms"
                                                        : wire::format_duration(length));
}

}  // namespace

std::string draw_tree(const std::vector<Branch>& branches) {
  std::string out;
  std::vector<bool> goes_on;  // at each depth: a sibling follows further down
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const std::size_t depth = branches[i].depth;
    std::size_t next = i + 1;
    while (next < branches.size() && branches[next].depth > depth) ++next;
    const bool more = next < branches.size() && branches[next].depth == depth;
    goes_on.resize(depth + 1, false);
    goes_on[depth] = more;
    for (std::size_t level = 0; level < depth; ++level) out += goes_on[level] ? "│  " : "   ";
    out += (more ? "├─ " : "└─ ") + branches[i].text + "\n";
  }
  return out;
}

std::string trigger_text(const Object& trace) {
  const Value* trigger = trace.find("trigger");
  if (trigger == nullptr) {
    const std::string caller = text_at(trace, "called_by");
    return caller.empty() ? "" : "called by " + caller;
  }
  const Object* fields = trigger->as_object();
  if (fields == nullptr) return value_text(*trigger);
  std::string out = text_at(*fields, "description");
  if (out.empty()) out = text_at(*fields, "platform");
  const Object* from = object_at(*fields, "from_state");
  const Object* to = object_at(*fields, "to_state");
  if (from != nullptr || to != nullptr) {
    out = text_at(*fields, "entity_id") + ": " + (from == nullptr ? "nothing" : text_at(*from, "state")) +
          " → " + (to == nullptr ? "nothing" : text_at(*to, "state"));
    if (const std::string hold = text_at(*fields, "for"); !hold.empty()) out += " for " + hold;
  }
  for (const auto* key : {"topic", "payload", "event"}) {
    if (const std::string text = text_at(*fields, key); !text.empty())
      out += std::string(", ") + key + " " + cut_to(text, 80);
  }
  return out;
}

std::string verdict_text(const Object& trace, const Paint& paint) {
  struct Word {
    std::string_view verdict, text;
    Colour colour;
  };
  static constexpr std::array<Word, 10> kWords{
      {{"finished", "finished", Colour::green},
       {"running", "is running", Colour::green},
       {"stopped", "was stopped", Colour::yellow},
       {"aborted", "was aborted", Colour::yellow},
       {"failed", "failed", Colour::red},
       {"dropped", "was dropped: its rule was changed while the hub was down", Colour::yellow},
       {"refused", "did not run: its mode did not let it begin", Colour::yellow},
       {"conditions", "did not run: conditions not met", Colour::yellow},
       {"guard", "did not run: held back, since it sets itself off again and again", Colour::red},
       {"error", "did not run: an error", Colour::red}}};
  const std::string verdict = text_at(trace, "verdict");
  std::string out;
  for (const Word& word : kWords) {
    if (word.verdict == verdict) out = paint(word.colour, word.text);
  }
  if (out.empty()) out = verdict;
  if (const Value* shadow = trace.find("shadow"); shadow != nullptr && shadow->bool_or(false))
    out += paint(Colour::yellow, " (shadow)");
  return out;
}

std::string trace_text(const Object& trace, const Paint& paint, wire::Time now) {
  std::string out =
      paint(Colour::bold, text_at(trace, "rule")) + " " + verdict_text(trace, paint) + length_text(trace) +
      "  " +
      paint(Colour::dim,
            moment_of(text_at(trace, "began").empty() ? text_at(trace, "t") : text_at(trace, "began"), now));
  if (const std::string run = text_at(trace, "run"); !run.empty()) out += paint(Colour::dim, "  run " + run);
  out += "\n";
  if (const std::string trigger = trigger_text(trace); !trigger.empty())
    out += (trace.contains("called_by") ? "  " : "  triggered by ") + trigger + "\n";
  if (const std::string error = text_at(trace, "error"); !error.empty())
    out += "  " + paint(Colour::red, error) + "\n";
  if (const Object* conditions = object_at(trace, "conditions")) {
    std::vector<Branch> branches;
    const wire::List* members = list_at(*conditions, "members");
    for (const Value& member : members == nullptr ? wire::List{} : *members) {
      if (member.as_object() != nullptr) add_condition(*member.as_object(), 0, paint, branches);
    }
    out += "  conditions\n" + indented(draw_tree(branches));
  }
  if (const auto branches = steps_of(trace, paint); !branches.empty())
    out += "  steps\n" + indented(draw_tree(branches));
  if (const std::string response = text_at(trace, "response"); !response.empty())
    out += "  answered " + response + "\n";
  return out;
}

}  // namespace gable::cli
