#include "engine/runs/step_log.hpp"

#include <algorithm>
#include <utility>

#include "engine/scope.hpp"
#include "engine/snapshot_object.hpp"
#include "template/value/dict.hpp"
#include "wire/time.hpp"
#include "wire/utf8.hpp"

namespace gable::rules {

namespace {

constexpr std::size_t kFirst = 40;
constexpr std::size_t kSteps = 200;
// Of the last ones in a row, which is written at each wait.
constexpr std::size_t kLastStored = 20;
constexpr std::size_t kTextBytes = 240;
constexpr std::size_t kItems = 20;
constexpr int kDepth = 5;

wire::Value shorten(const wire::Value& value, int depth);
wire::Value shorten(const jinja::Value& value, int depth);

// Of a row's values, or of a template's.
template <class Items>
wire::Value shorten_list(const Items& list, int depth) {
  wire::List out;
  for (const auto& item : list) {
    if (out.size() == kItems) {
      out.emplace_back("… " + std::to_string(list.size() - kItems) + " more");
      break;
    }
    out.push_back(shorten(item, depth + 1));
  }
  return out;
}

wire::Value shorten_object(const wire::Object& object, int depth) {
  // A stored state: who it is and what it says is enough.
  const wire::Value* marked = object.find("$state");
  if (marked != nullptr && marked->as_object() != nullptr) {
    const wire::Value* entity = marked->as_object()->find("entity");
    const wire::Value* state = marked->as_object()->find("state");
    return wire::Object{{"entity", entity != nullptr ? *entity : wire::Value()},
                        {"state", state != nullptr ? shorten(*state, depth) : wire::Value()}};
  }
  wire::Object out;
  for (const wire::Member& member : object) {
    if (out.size() == kItems) {
      out.set("…", std::to_string(object.size() - kItems) + " more");
      break;
    }
    out.set(brief_text(member.key), shorten(member.value, depth + 1));
  }
  return out;
}

wire::Value shorten(const wire::Value& value, int depth) {
  if (const std::string* text = value.as_string()) return brief_text(*text);
  const wire::List* list = value.as_list();
  const wire::Object* object = value.as_object();
  if (list == nullptr && object == nullptr) return value;
  if (depth >= kDepth) return "…";
  return list != nullptr ? shorten_list(*list, depth) : shorten_object(*object, depth);
}

bool has_plain_keys(const jinja::Dict& dict) {
  return std::all_of(dict.entries().begin(), dict.entries().end(), [](const jinja::Dict::Entry& entry) {
    const std::string* key = entry.key.as_text();
    return key != nullptr && !key->starts_with('$');
  });
}

wire::Object shorten_dict(const jinja::Dict& dict, int depth) {
  wire::Object out;
  for (const jinja::Dict::Entry& entry : dict.entries()) {
    if (out.size() == kItems) {
      out.append("…", std::to_string(dict.entries().size() - kItems) + " more");
      break;
    }
    out.set(brief_text(*entry.key.as_text()), shorten(entry.value, depth + 1));
  }
  return out;
}

// As the row would be shortened, without making all of it: a trigger holds the state before and after with
// all their attributes, of which nothing stays.
wire::Value shorten(const jinja::Value& value, int depth) {
  if (const std::string* text = value.as_text()) return brief_text(*text);
  const jinja::Values* list = value.as_list();
  const jinja::Dict* dict = value.as_dict();
  const auto* state = value.as<SnapshotObject>();
  if (dict != nullptr && !has_plain_keys(*dict)) dict = nullptr;
  if (list == nullptr && dict == nullptr && state == nullptr) return shorten(to_row(value), depth);
  if (depth >= kDepth) return "…";
  if (state != nullptr) {
    return wire::Object{{"entity", state->entity()}, {"state", brief_text(state->snapshot().state)}};
  }
  return list != nullptr ? shorten_list(*list, depth) : wire::Value(shorten_dict(*dict, depth));
}

}  // namespace

std::string brief_text(std::string_view text) { return wire::shortened(text, kTextBytes); }

wire::Value brief(const wire::Value& value) { return shorten(value, 0); }
wire::Value brief(const jinja::Value& value) { return shorten(value, 0); }

std::string time_text(jinja::Instant when) {
  return wire::format_time(std::chrono::floor<std::chrono::milliseconds>(when));
}

StepLog::Entry StepLog::add(wire::Object step) {
  if (steps_.size() == kSteps) {
    steps_.erase(steps_.begin() + kFirst);
    ++left_out_;
  }
  steps_.push_back(std::move(step));
  return steps_.size() + left_out_;
}

wire::Object* StepLog::find(Entry entry) {
  if (entry == 0 || entry > steps_.size() + left_out_) return nullptr;
  if (entry <= kFirst) return &steps_[entry - 1];
  return entry > kFirst + left_out_ ? &steps_[entry - 1 - left_out_] : nullptr;
}

void StepLog::note(Entry entry, std::string_view key, wire::Value value) {
  if (wire::Object* step = find(entry)) step->set(std::string(key), std::move(value));
}

wire::List StepLog::take_steps() {
  wire::List out;
  out.reserve(steps_.size() + 1);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (i == kFirst && left_out_ > 0) {
      out.emplace_back(wire::Object{{"left_out", static_cast<std::int64_t>(left_out_)}});
    }
    out.emplace_back(std::move(steps_[i]));
  }
  steps_.clear();
  return out;
}

wire::Value StepLog::to_row() const {
  const std::size_t kept = std::min(steps_.size(), kFirst + kLastStored);
  const std::size_t cut = steps_.size() - kept;
  wire::List steps;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (i < kFirst || i >= kFirst + cut) steps.emplace_back(steps_[i]);
  }
  return wire::Object{{"left_out", static_cast<std::int64_t>(left_out_ + cut)}, {"steps", std::move(steps)}};
}

StepLog StepLog::from_row(const wire::Value& row) {
  StepLog log;
  const wire::Object* object = row.as_object();
  const wire::Value* left_out = object != nullptr ? object->find("left_out") : nullptr;
  const wire::Value* steps = object != nullptr ? object->find("steps") : nullptr;
  if (left_out != nullptr) log.left_out_ = static_cast<std::uint64_t>(std::max(0.0, left_out->number_or(0)));
  if (steps == nullptr || steps->as_list() == nullptr) return log;
  for (const wire::Value& step : *steps->as_list()) {
    if (step.as_object() != nullptr) log.steps_.push_back(*step.as_object());
  }
  return log;
}

}  // namespace gable::rules
