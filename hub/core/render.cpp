#include "core/render.hpp"

#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Value;

void append_key(std::string& out, std::string_view key) {
  out += ',';
  wire::append_json_string(key, out);
  out += ':';
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
  append_key(out, key);
  wire::append_json_string(text, out);
}

wire::List text_list(const std::vector<std::string>& texts) {
  wire::List list;
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

wire::Object device_part(const Device& device, const Registry& registry) {
  wire::Object part;
  const auto& d = device.description;
  const std::string name = registry.device_name(device);
  part.append("id", device.bridge + "/" + device.id);
  part.append("name", name.empty() ? device.id : name);
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) part.append(key, text);
  };
  add("manufacturer", d.manufacturer);
  add("model", d.model);
  add("sw_version", d.sw_version);
  add("via", d.via.empty() ? "" : device.bridge + "/" + d.via);
  return part;
}

}  // namespace

std::string state_document(const Entity& entity) {
  const EntityState& state = entity.state;
  std::string out = R"({"state":)";
  Value number;
  if (!state.known)
    out += "null";
  else if (entity.description->numeric() && wire::parse_scalar(state.text, number) && number.is_number())
    out += state.text;
  else
    wire::append_json_string(state.text, out);
  for (const auto& [key, value] : state.attributes) {
    append_key(out, key);
    wire::append_json(value, out);
  }
  if (entity.description->assumed_state) out += R"(,"assumed_state":true)";
  if (state.last_reported != Time{}) {  // else nothing has been said of it yet
    append_text(out, "_since", wire::format_time(state.last_changed));
    append_text(out, "_at", wire::format_time(state.last_reported));
    append_text(out, "_by", state.context->by);
  }
  out += R"(,"_seq":)" + std::to_string(state.seq) + '}';
  return out;
}

std::string value_document(const Entity& entity) { return std::string(entity.composed_state()); }

std::string availability_document(const Entity& entity) {
  wire::AvailabilityDoc doc;
  doc.status = entity.availability;
  doc.reason = entity.availability_reason;
  doc.since = entity.availability_since;
  return wire::to_json(wire::encode(doc));
}

std::string meta_document(const Entity& entity, const Registry& registry) {
  wire::Object meta;
  meta.append("schema", wire::kEntitySchema);
  meta.append("name", entity.name);
  if (!entity.area.empty()) meta.append("area", entity.area);
  if (!entity.overrides->labels.empty()) meta.append("labels", text_list(entity.overrides->labels));
  if (entity.device != kNone) meta.append("device", device_part(registry.device(entity.device), registry));
  meta.append("source", entity.source);
  meta.append("origin", to_string(entity.origin));
  wire::Object description;
  wire::encode_entity(*entity.description, description);
  for (auto& [key, value] : description) {
    if (key != "name" && key != "object_id" && key != "disabled") meta.append(key, std::move(value));
  }
  if (!entity.overrides->icon.empty()) meta.set("icon", entity.overrides->icon);
  meta.append("supported_features", static_cast<std::int64_t>(entity.description->supported_features()));
  if (entity.disabled()) meta.append("disabled", true);
  if (entity.overrides->hidden) meta.append("hidden", true);
  return wire::to_json(meta);
}

wire::Object list_document(const Entity& entity, const Registry& registry, bool describe) {
  wire::Object row;
  const auto text_or_null = [](std::string_view text) { return text.empty() ? Value() : Value(text); };
  const auto time_or_null = [](Time time) {
    return time == Time{} ? Value() : Value(wire::format_time(time));
  };
  row.append("entity_id", entity.id.text());
  row.append("domain", entity.id.domain());
  row.append("name", entity.name);
  row.append("state", entity.composed_state());
  row.append("attributes", entity.state.attributes);
  if (!entity.description->unit.empty()) row.append("unit", entity.description->unit);
  row.append("availability", wire::to_string(entity.availability));
  row.append("reason", text_or_null(entity.availability_reason));
  row.append("area", text_or_null(entity.area));
  row.append("device", entity.device == kNone ? Value()
                                              : Value(registry.device(entity.device).bridge + "/" +
                                                      registry.device(entity.device).id));
  row.append("source", entity.source);
  row.append("origin", to_string(entity.origin));
  row.append("last_changed", time_or_null(entity.state.last_changed));
  row.append("last_updated", time_or_null(entity.state.last_updated));
  row.append("last_reported", time_or_null(entity.state.last_reported));
  row.append("by", text_or_null(entity.state.context->by));
  if (entity.disabled()) row.append("disabled", true);
  if (entity.overrides->hidden) row.append("hidden", true);
  if (!describe) return row;
  if (!entity.overrides->labels.empty()) row.append("labels", text_list(entity.overrides->labels));
  wire::Object description;
  wire::encode_entity(*entity.description, description);
  row.append("description", std::move(description));
  return row;
}

}  // namespace gable::hub
