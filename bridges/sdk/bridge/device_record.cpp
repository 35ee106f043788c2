#include "bridge/device_record.hpp"

#include <algorithm>

#include "bridge/report_check.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::bridge {

namespace {

bool bookkeeping(std::string_view key) { return !key.empty() && key.front() == '_'; }

// Copies into `state` what may be reported; returns the names of what changed.
std::vector<std::string> merge(const wire::EntityDescription& entity, const wire::Object& report,
                               wire::Object& state, std::vector<Refusal>& refused) {
  std::vector<std::string> changed;
  for (const auto& [name, value] : report) {
    if (bookkeeping(name)) continue;
    if (auto error = check_report(entity, name, value)) {
      refused.push_back({{}, name, *error});
      continue;
    }
    const wire::Value* before = state.find(name);
    if (value.is_null() && name != "state") {
      if (state.erase(name)) changed.push_back(name);
    } else if (before == nullptr || !(*before == value)) {
      state.set(name, value);
      changed.push_back(name);
    }
  }
  return changed;
}

}  // namespace

const wire::EntityDescription* DeviceRecord::entity(std::string_view key) const {
  const auto& entities = description_.entities;
  const auto found =
      std::find_if(entities.begin(), entities.end(), [key](const auto& entry) { return entry.first == key; });
  return found == entities.end() ? nullptr : &found->second;
}

const wire::Object* DeviceRecord::reported(std::string_view entity_key) const {
  const auto found = std::find_if(states_.begin(), states_.end(),
                                  [entity_key](const auto& entry) { return entry.first == entity_key; });
  return found == states_.end() ? nullptr : &found->second;
}

wire::Object& DeviceRecord::state_of(std::string_view entity_key) {
  for (auto& [key, state] : states_) {
    if (key == entity_key) return state;
  }
  return states_.emplace_back(std::string(entity_key), wire::Object{}).second;
}

bool DeviceRecord::describe(wire::DeviceDescription description) {
  description_ = std::move(description);
  const std::string before = wire::to_json(state_document());
  auto old = std::exchange(states_, {});
  std::vector<Refusal> ignored;
  for (const auto& [key, state] : old) {
    const wire::EntityDescription* described = entity(key);
    wire::Object kept;
    if (described != nullptr && !merge(*described, state, kept, ignored).empty())
      states_.emplace_back(key, std::move(kept));
  }
  const bool changed = before != wire::to_json(state_document());
  if (changed) ++seq_;
  return changed;
}

bool DeviceRecord::repetition_due(const wire::EntityDescription& entity, const Now& now) const {
  // The hub calls a value stale by the `_at` of its document, so that a device which goes on reporting the
  // same must be seen to do so: at half of what was promised.
  if (!entity.expected_interval) return false;
  return !published_at_ || now.steady - *published_at_ >= *entity.expected_interval / 2;
}

ReportOutcome DeviceRecord::report(std::string_view entity_key, const wire::Object& state, const Now& now) {
  ReportOutcome outcome;
  const wire::EntityDescription* described = entity(entity_key);
  if (described == nullptr) {
    const std::string text = description_.single
                                 ? "the device is one entity and takes no entity key"
                                 : "the device has no entity \"" + std::string(entity_key) + "\"";
    outcome.refused.push_back({std::string(entity_key), "", {wire::ErrorCode::unknown_entity, text, {}}});
    return outcome;
  }
  wire::Object merged = reported(entity_key) == nullptr ? wire::Object{} : *reported(entity_key);
  const std::vector<std::string> names = merge(*described, state, merged, outcome.refused);
  const bool changed = !names.empty();
  for (Refusal& refusal : outcome.refused) refusal.entity = std::string(entity_key);
  if (changed && wire::to_json(merged).size() > kStateLimit) {
    outcome.refused.push_back(
        {std::string(entity_key), "", {wire::ErrorCode::too_large, "the state is too large", {}}});
    return outcome;
  }
  if (changed) {
    state_of(entity_key) = std::move(merged);
    note_unsent(entity_key, names);
    ++seq_;
  }
  const bool taken = outcome.refused.size() < state.size();
  if (taken && has_state()) reported_at_ = now.wall;
  outcome.publish = changed || (taken && has_state() && repetition_due(*described, now));
  return outcome;
}

void DeviceRecord::note_unsent(std::string_view entity_key, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    std::pair<std::string, std::string> changed(entity_key, name);
    if (std::find(unsent_.begin(), unsent_.end(), changed) == unsent_.end())
      unsent_.push_back(std::move(changed));
  }
}

void DeviceRecord::published(const Now& now) {
  published_at_ = now.steady;
  unsent_.clear();
}

bool DeviceRecord::overwrites_unsent(std::string_view entity_key, const wire::Object& state) const {
  const wire::Object* before = reported(entity_key);
  if (before == nullptr) return false;
  return std::any_of(unsent_.begin(), unsent_.end(), [&](const auto& changed) {
    const wire::Value* value = changed.first == entity_key ? state.find(changed.second) : nullptr;
    const wire::Value* old = before->find(changed.second);
    return value != nullptr && (old == nullptr || !(*old == *value));
  });
}

bool DeviceRecord::adopt(const wire::Object& document) {
  const std::size_t before = states_.size();
  std::vector<Refusal> ignored;
  for (const auto& [key, described] : description_.entities) {
    if (reported(key) != nullptr) continue;
    const wire::Value* part = description_.single ? nullptr : document.find(key);
    const wire::Object* values = description_.single ? &document
                                 : part == nullptr   ? nullptr
                                                     : part->as_object();
    wire::Object taken;
    if (values != nullptr && !merge(described, *values, taken, ignored).empty())
      states_.emplace_back(key, std::move(taken));
  }
  const wire::Value* seq = document.find("_seq");
  // Goes on counting where the former run ended, so that a later document never looks older.
  if (seq != nullptr && seq->as_int() != nullptr) seq_ = std::max(seq_, *seq->as_int());
  const wire::Value* at = document.find("_at");
  if (!reported_at_ && at != nullptr) reported_at_ = wire::parse_time(at->string_or(""));
  const bool grew = before > 0 && states_.size() > before;
  if (grew) ++seq_;
  return grew;
}

wire::Object DeviceRecord::state_document() const {
  wire::Object document;
  if (description_.single) {
    if (!states_.empty()) document = states_.front().second;
  } else {
    for (const auto& [key, state] : states_) document.set(key, state);
  }
  if (reported_at_) document.set("_at", wire::format_time(*reported_at_));
  document.set("_seq", seq_);
  return document;
}

const wire::Value* RecordValues::current(std::string_view name) const {
  const wire::Object* state = record_.reported(entity_key_);
  return state == nullptr ? nullptr : state->find(name);
}

}  // namespace gable::bridge
