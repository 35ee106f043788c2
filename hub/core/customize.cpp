#include "core/customize.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::Value;

constexpr std::size_t kLongest = 255;  // bytes of a name
constexpr std::string_view kEntityRows = "entity/", kDeviceRows = "device/";

// A name that people see: one line, with something in it.
wire::Result<std::string> text_of(const Value& value, std::string_view key) {
  if (value.is_null()) return std::string();
  const std::string* text = value.as_string();
  if (text == nullptr)
    return Error{ErrorCode::wrong_type, "expected text or null, not " + std::string(value.type_name()),
                 std::string(key)};
  if (text->size() > kLongest)
    return Error{ErrorCode::too_large, "expected at most " + std::to_string(kLongest) + " bytes",
                 std::string(key)};
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (text->find_first_not_of(' ') == std::string::npos || std::any_of(text->begin(), text->end(), control))
    return Error{ErrorCode::malformed, "expected one line of text, or null to take it back",
                 std::string(key)};
  return *text;
}

wire::Result<std::optional<bool>> flag_of(const Value& value, std::string_view key) {
  if (value.is_null()) return std::optional<bool>();
  if (const bool* flag = value.as_bool()) return std::optional<bool>(*flag);
  return Error{ErrorCode::wrong_type, "expected true, false or null", std::string(key)};
}

// Puts what `arguments` say into `custom`. Texts first, flags where there are any.
wire::Result<bool> read(const wire::Object& arguments, Custom& custom, bool whole) {
  struct Text {
    std::string_view key;
    std::string& target;
  };
  const std::array texts = {Text{"name", custom.name}, Text{"area", custom.area}, Text{"icon", custom.icon}};
  for (const auto& [key, target] : texts) {
    const Value* value = arguments.find(key);
    if (value == nullptr) continue;
    auto text = text_of(*value, key);
    if (!text) return text.error();
    if (key == "area" && !text->empty() && !wire::valid_object_id(wire::slugify(*text)))
      return Error{ErrorCode::malformed, "no id can be made of this name", "area"};
    target = std::move(*text);
  }
  struct Flag {
    std::string_view key;
    std::optional<bool>& target;
  };
  const std::array flags = {Flag{"hidden", custom.hidden}, Flag{"disabled", custom.disabled}};
  for (const auto& [key, target] : flags) {
    const Value* value = whole ? arguments.find(key) : nullptr;
    if (value == nullptr) continue;
    const auto flag = flag_of(*value, key);
    if (!flag) return flag.error();
    target = *flag;
  }
  return true;
}

// A word that is none of these is a slip, and nothing is guessed.
wire::Result<bool> check_words(const wire::Object& arguments, std::span<const std::string_view> words) {
  for (const auto& [key, value] : arguments) {
    if (key.starts_with('_') || std::find(words.begin(), words.end(), key) != words.end()) continue;
    return Error{ErrorCode::unknown_attribute,
                 "there is no '" + key + "' to set" + wire::did_you_mean(key, words), key};
  }
  return true;
}

// Which of the words the house's files have said.
wire::Result<bool> check_files(const wire::Object& arguments, const Entity& entity,
                               const EntityOverride* over) {
  const auto fixed = [&](const char* key, bool said) { return said && arguments.contains(key); };
  const char* key = nullptr;
  if (fixed("name", entity.helper() || (over != nullptr && over->name))) key = "name";
  if (over != nullptr) {
    if (fixed("area", over->area.has_value())) key = "area";
    if (fixed("icon", over->icon.has_value())) key = "icon";
    if (fixed("hidden", over->hidden.has_value())) key = "hidden";
    if (fixed("disabled", over->disabled.has_value())) key = "disabled";
  }
  if (key == nullptr) return true;
  return Error{
      ErrorCode::conflict,
      "the house's files say the " + std::string(key) + " of " + entity.id.text() + "; change it there", key};
}

wire::Object row_of(const Custom& custom) {
  wire::Object row;
  if (!custom.name.empty()) row.append("name", custom.name);
  if (!custom.area.empty()) row.append("area", custom.area);
  if (!custom.icon.empty()) row.append("icon", custom.icon);
  if (custom.hidden) row.append("hidden", *custom.hidden);
  if (custom.disabled) row.append("disabled", *custom.disabled);
  return row;
}

std::string json_of(const Custom& custom) {
  const wire::Object row = row_of(custom);
  return row.empty() ? std::string() : wire::to_json(row);
}

std::string word(const wire::Object& arguments, const char* key) {
  const Value* value = arguments.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

// A room that there was not before may be a misspelt one.
class NewRoom {
 public:
  NewRoom(const Registry& registry, std::string name) : registry_(registry), name_(std::move(name)) {
    const auto ids = registry.area_ids();
    before_ = ids.size();
    near_ = wire::nearest(wire::slugify(name_), ids);
  }

  // Adds "new_area", and "near" where the id of another room is nearly the same.
  [[nodiscard]] wire::Result<Value> told(wire::Result<Value> answer) const {
    if (!answer || registry_.area_ids().size() == before_) return answer;
    answer->as_object()->append("new_area", name_);
    if (!near_.empty()) answer->as_object()->append("near", near_);
    return answer;
  }

 private:
  const Registry& registry_;
  std::string name_, near_;
  std::size_t before_ = 0;
};

}  // namespace

std::string Customize::key_of(const Entity& entity) { return std::string(kEntityRows) + entity.source; }
std::string Customize::key_of(const Device& device) {
  return std::string(kDeviceRows) + device.bridge + "/" + device.id;
}

bool Customize::restore(Registry& registry, std::string_view key, const wire::Object& row) {
  Custom custom;
  if (!read(row, custom, true)) return false;
  if (key.starts_with(kEntityRows)) {
    registry.restore_custom(key.substr(kEntityRows.size()), std::move(custom));
    return true;
  }
  if (!key.starts_with(kDeviceRows)) return false;
  registry.restore_device_custom(key.substr(kDeviceRows.size()), std::move(custom));
  return true;
}

wire::Result<Value> Customize::request(Turn& turn, const wire::Object& arguments) {
  const std::string entity_id = word(arguments, "entity"), device_id = word(arguments, "device");
  if (entity_id.empty() == device_id.empty())
    return Error{ErrorCode::malformed, R"(expected {"entity":"light.x",…} or {"device":"bridge/device",…})",
                 ""};
  if (!entity_id.empty()) {
    const auto id = EntityId::parse(entity_id);
    Entity* entity = id ? p_.registry.find(*id) : nullptr;
    if (entity == nullptr) return Error{ErrorCode::unknown_entity, "there is no entity " + entity_id, ""};
    const NewRoom room(p_.registry, word(arguments, "area"));
    return room.told(of_entity(turn, *entity, arguments));
  }
  const auto slash = device_id.find('/');
  Device* device = slash == std::string::npos
                       ? nullptr
                       : p_.registry.find_device(device_id.substr(0, slash), device_id.substr(slash + 1));
  if (device == nullptr) return Error{ErrorCode::unknown_entity, "there is no device " + device_id, ""};
  const NewRoom room(p_.registry, word(arguments, "area"));
  return room.told(of_device(turn, *device, arguments));
}

wire::Result<Value> Customize::of_entity(Turn& turn, Entity& entity, const wire::Object& arguments) {
  static constexpr std::string_view kWords[] = {"entity", "name", "area", "icon", "hidden", "disabled"};
  if (const auto known = check_words(arguments, kWords); !known) return known.error();
  const auto free = check_files(arguments, entity, p_.registry.said_in_files(entity.id));
  if (!free) return free.error();
  Custom custom = p_.registry.custom(entity);
  if (const auto good = read(arguments, custom, true); !good) return good.error();
  turn.save(Table::setting, key_of(entity), json_of(custom));
  const auto index = p_.registry.index_of(entity);
  const bool was = entity.disabled();
  if (p_.registry.customize(entity, std::move(custom))) p_.publisher.mark(index, Part::meta);
  if (entity.disabled() != was) switched(turn, index);
  wire::Object now{{"entity", entity.id.text()}, {"name", entity.name}, {"area", entity.area}};
  if (entity.overrides->hidden) now.append("hidden", true);
  if (entity.disabled()) now.append("disabled", true);
  return Value(std::move(now));
}

// Who is switched off has no state on the tree; who is switched on gets one as soon as its source speaks.
void Customize::switched(Turn& turn, EntityIndex index) {
  const Entity& entity = p_.registry.entity(index);
  if (entity.disabled()) {
    p_.publisher.retract_state(turn, entity.id, entity.overrides->plain);
  } else {
    for (const auto part : {Part::state, Part::availability}) p_.publisher.mark(index, part);
    p_.plane.judge(turn, index);
    if (const Bridge* bridge = p_.plane.bridge_of(entity); bridge != nullptr)
      turn.out.publishes.push_back(
          {.topic = p_.topics.bridge(wire::TopicKind::bridge_request, bridge->id, "refresh"),
           .payload = "{}",
           .expiry_seconds = 10});
  }
  p_.discovery.on_house(turn);
}

wire::Result<Value> Customize::of_device(Turn& turn, Device& device, const wire::Object& arguments) {
  static constexpr std::string_view kWords[] = {"device", "name", "area"};
  if (const auto known = check_words(arguments, kWords); !known) return known.error();
  Custom custom = p_.registry.custom(device);
  if (const auto good = read(arguments, custom, false); !good) return good.error();
  turn.save(Table::setting, key_of(device), json_of(custom));
  wire::List entities, in_files;
  for (const EntityIndex index : p_.registry.customize(device, std::move(custom))) {
    p_.publisher.mark(index, Part::meta);
    const EntityId& id = p_.registry.entity(index).id;
    entities.emplace_back(id.text());
    const EntityOverride* over = p_.registry.said_in_files(id);
    if (over != nullptr && (over->name || over->area)) in_files.emplace_back(id.text());
  }
  return Value(wire::Object{{"device", device.bridge + "/" + device.id},
                            {"name", p_.registry.device_name(device)},
                            {"entities", std::move(entities)},
                            {"in_files", std::move(in_files)}});
}

}  // namespace gable::hub
