// Service steps. All spellings of a target end in ServiceAction::target, as Home Assistant puts them together
// when it calls.
#include <algorithm>
#include <array>

#include "language/action_readers.hpp"
#include "language/templated_map.hpp"
#include "language/values.hpp"
#include "wire/domains.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

constexpr std::array<std::string_view, 5> kTargetKeys{"entity_id", "device_id", "area_id", "floor_id",
                                                      "label_id"};

bool is_target_key(std::string_view key) {
  return std::find(kTargetKeys.begin(), kTargetKeys.end(), key) != kTargetKeys.end();
}

bool is_text_template(yaml::Node node) {
  return node.is_text() && node.tag() == yaml::Tag::none && holds_template(node.written());
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// Those whose data are whatever their author wanted: `entity_id` there need not be a target.
bool has_free_data(const Templated& service) {
  if (!service.is_literal()) return false;
  const std::string* name = service.literal().as_text();
  if (name == nullptr) return false;
  constexpr std::array<std::string_view, 4> kFree{"python_script.", "pyscript.", "shell_command.",
                                                  "rest_command."};
  if (std::any_of(kFree.begin(), kFree.end(),
                  [name](std::string_view free) { return name->starts_with(free); }))
    return true;
  constexpr std::array<std::string_view, 4> kOfScripts{"turn_on", "turn_off", "toggle", "reload"};
  if (!name->starts_with("script.")) return false;
  const std::string_view rest = std::string_view(*name).substr(std::string_view("script.").size());
  return std::find(kOfScripts.begin(), kOfScripts.end(), rest) == kOfScripts.end();
}

Templated read_name(Fields& fields) {
  Reading& reading = fields.reading();
  const auto present = fields.take("action", "service");
  const auto former = fields.take("service_template");
  if (present && former) {
    reading.error(*former, "both_spellings",
                  "a service step takes only one of 'action' and 'service_template'", "action");
  }
  const auto node = present ? present : former;
  if (!node) return {};
  Templated name = templated_text(reading, *node, "action");
  const std::string* text = name.is_literal() ? name.literal().as_text() : nullptr;
  if (text == nullptr) return name;
  std::string service = lower(*text);
  const std::size_t dot = service.find('.');
  const bool good = dot != service.npos && wire::valid_object_id(service.substr(0, dot)) &&
                    wire::valid_object_id(service.substr(dot + 1));
  if (!good) {
    reading.error(*node, "bad_service",
                  "'" + *text + "' is no service: expected domain.service, as light.turn_on");
  }
  const Place place = name.place;
  name = Templated(jinja::Value(std::move(service)));
  name.place = place;
  return name;
}

// One, several or "a, b": a list of texts, in which templates stay as they are.
Templated read_ids(Reading& reading, yaml::Node node, std::string_view key) {
  const Place place = reading.place(node);
  std::vector<Templated> items;
  const auto add = [&](yaml::Node item) {
    const std::string word = item.is_text() ? lower(std::string(item.written())) : std::string();
    const bool all = word == "all" || word == "none";
    if (is_text_template(item)) {
      items.push_back(templated_text(reading, item, key));
    } else if (item.tag() != yaml::Tag::none) {
      templated_value(reading, item);
    } else if (key == "entity_id" && !all) {
      for (std::string& id : read_entity_ids(reading, item, key))
        items.emplace_back(jinja::Value(std::move(id)));
    } else {
      items.emplace_back(jinja::Value(all ? word : read_text(reading, item, key)));
    }
  };
  if (!node.is_list()) {
    // A lone template may render to a list.
    if (is_text_template(node)) return templated_text(reading, node, key);
    add(node);
  }
  for (const yaml::Node item : node.items()) add(item);
  return templated_list(std::move(items), place);
}

// Adds the map's entries to the data, and what is a target there to the target.
class Parts {
 public:
  Parts(Reading& reading, bool free_data) : reading_(reading), free_data_(free_data) {}

  void add_data(yaml::Node node, std::string_view key) {
    if (is_text_template(node)) {
      if (whole_ || !data_.empty()) reading_.unsupported(node, "two templates as data of one step");
      whole_ = templated_value(reading_, node);
      return;
    }
    if (!node.is_map()) return refuse_form(reading_, node, key, "a map, or a template of one");
    if (whole_) reading_.unsupported(node, "data as a template together with data as a map");
    for (const yaml::Entry& entry : node.entries()) add_field(entry);
  }

  void add_target(yaml::Node node) {
    if (is_text_template(node)) {
      whole_target_ = templated_value(reading_, node);
      return;
    }
    if (!node.is_map()) return refuse_form(reading_, node, "target", "a map, or a template of one");
    Fields fields(reading_, node, "a target");
    for (const std::string_view key : kTargetKeys)
      if (const auto ids = fields.take(key)) target_.put(key, read_ids(reading_, *ids, key));
    fields.finish();
  }

  void add_entities(yaml::Node node) { target_.put("entity_id", read_ids(reading_, node, "entity_id")); }

  void finish(ServiceAction& action, yaml::Node step) {
    const Place place = reading_.place(step);
    if (whole_target_ && !target_.empty())
      reading_.unsupported(step, "a target as a template together with other targets");
    action.target = whole_target_ ? std::move(*whole_target_) : target_.take(place);
    action.data = whole_ ? std::move(*whole_) : data_.take(place);
  }

 private:
  void add_field(const yaml::Entry& entry) {
    const auto name = entry.key.as_text();
    // In data, what is left empty is refused when the step runs, as Home Assistant does: blueprints leave
    // steps that nobody reaches so.
    if (name == "entity_id" && !free_data_ && entry.value.is_text() && entry.value.written().empty()) {
      reading_.warn(entry.value, "no_entities", "entity_id is empty: the step fails when it runs");
      target_.put(*name, Templated(jinja::Value(std::string())));
      return;
    }
    if (name && is_target_key(*name) && !free_data_ && can_be_target(entry.value)) {
      target_.put(*name, read_ids(reading_, entry.value, *name));
      return;
    }
    data_.put(templated_value(reading_, entry.key), templated_value(reading_, entry.value));
  }

  // Other things are left in the data, where whoever knows the service judges them.
  static bool can_be_target(yaml::Node value) {
    const auto items = value.items();
    return value.is_text() ||
           (value.is_list() &&
            std::all_of(items.begin(), items.end(), [](yaml::Node item) { return item.is_text(); }));
  }

  Reading& reading_;
  bool free_data_;
  TemplatedMap data_, target_;
  std::optional<Templated> whole_, whole_target_;
};

}  // namespace

Templated read_data(Fields& fields, std::string_view newer, std::string_view older) {
  TemplatedMap map;
  for (const std::string_view key : {newer, older}) {
    const auto node = fields.take(key);
    if (!node) continue;
    if (!node->is_map()) {
      refuse_form(fields.reading(), *node, key, "a map");
      continue;
    }
    for (const yaml::Entry& entry : node->entries())
      map.put(templated_value(fields.reading(), entry.key), templated_value(fields.reading(), entry.value));
  }
  return map.take(fields.reading().place(fields.node()));
}

ActionKind read_service(Fields& fields) {
  Reading& reading = fields.reading();
  ServiceAction action;
  action.service = read_name(fields);
  Parts parts(reading, has_free_data(action.service));
  if (const auto data = fields.take("data")) parts.add_data(*data, "data");
  if (const auto data = fields.take("data_template")) parts.add_data(*data, "data_template");
  if (const auto target = fields.take("target")) parts.add_target(*target);
  if (const auto entities = fields.take("entity_id")) parts.add_entities(*entities);
  parts.finish(action, fields.node());
  if (const auto variable = fields.take("response_variable"))
    action.response_variable = read_text(reading, *variable, "response_variable");
  if (const auto wait = fields.take("wait_result"))
    action.wait_result = read_boolean(reading, *wait, "wait_result");
  fields.ignore({"metadata"});
  return action;
}

}  // namespace gable::rules
