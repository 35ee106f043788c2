#include "import/helpers.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "wire/entity_id.hpp"

namespace gable::importing {

namespace {

using std::string_view;

enum class Form { text, number, whole, flag, texts, records, any };

struct Option {
  string_view domain, key;
  Form form = Form::text;
};

// The options that a hub's file takes (hub/app/configuration_helpers.cpp), with the types that they have in
// storage. `name` and `icon` all have.
constexpr std::array kOptions{Option{"input_boolean", "initial", Form::flag},
                              Option{"input_number", "min", Form::number},
                              Option{"input_number", "max", Form::number},
                              Option{"input_number", "initial", Form::number},
                              Option{"input_number", "step", Form::number},
                              Option{"input_number", "mode", Form::text},
                              Option{"input_number", "unit_of_measurement", Form::text},
                              Option{"input_select", "options", Form::texts},
                              Option{"input_select", "initial", Form::text},
                              Option{"input_text", "min", Form::whole},
                              Option{"input_text", "max", Form::whole},
                              Option{"input_text", "initial", Form::text},
                              Option{"input_text", "pattern", Form::text},
                              Option{"input_text", "mode", Form::text},
                              Option{"input_text", "unit_of_measurement", Form::text},
                              Option{"input_datetime", "has_date", Form::flag},
                              Option{"input_datetime", "has_time", Form::flag},
                              Option{"input_datetime", "initial", Form::text},
                              Option{"counter", "initial", Form::whole},
                              Option{"counter", "step", Form::whole},
                              Option{"counter", "minimum", Form::whole},
                              Option{"counter", "maximum", Form::whole},
                              Option{"counter", "restore", Form::flag},
                              Option{"timer", "duration", Form::any},
                              Option{"timer", "restore", Form::flag},
                              Option{"schedule", "monday", Form::records},
                              Option{"schedule", "tuesday", Form::records},
                              Option{"schedule", "wednesday", Form::records},
                              Option{"schedule", "thursday", Form::records},
                              Option{"schedule", "friday", Form::records},
                              Option{"schedule", "saturday", Form::records},
                              Option{"schedule", "sunday", Form::records},
                              Option{"zone", "latitude", Form::number},
                              Option{"zone", "longitude", Form::number},
                              Option{"zone", "radius", Form::number},
                              Option{"zone", "passive", Form::flag},
                              Option{"person", "device_trackers", Form::texts},
                              Option{"group", "entities", Form::any},
                              Option{"group", "all", Form::any},
                              Option{"rest_command", "url", Form::any},
                              Option{"rest_command", "method", Form::any},
                              Option{"rest_command", "payload", Form::any},
                              Option{"rest_command", "headers", Form::any},
                              Option{"rest_command", "username", Form::any},
                              Option{"rest_command", "password", Form::any},
                              Option{"rest_command", "timeout", Form::any},
                              Option{"rest_command", "content_type", Form::any},
                              Option{"rest_command", "verify_ssl", Form::any}};

// Of no use here, and not worth a word.
constexpr std::array<string_view, 5> kSilent{"id", "editable", "user_id", "picture", "in_zones"};

struct Collection {
  string_view domain;
  std::int64_t version;
};
constexpr std::array kStored{
    Collection{"input_boolean", 1}, Collection{"input_number", 1},   Collection{"input_select", 1},
    Collection{"input_text", 1},    Collection{"input_datetime", 1}, Collection{"input_button", 1},
    Collection{"counter", 1},       Collection{"timer", 1},          Collection{"schedule", 1},
    Collection{"zone", 1},          Collection{"person", 2}};

std::optional<Form> form_of(string_view domain, string_view key) {
  if (domain != "rest_command" && (key == "name" || key == "icon") && !(domain == "person" && key == "icon"))
    return Form::text;
  for (const Option& option : kOptions) {
    if (option.domain == domain && option.key == key) return option.form;
  }
  return std::nullopt;
}

// Throws where the value has another type.
void check_form(const Record& record, string_view key, Form form) {
  switch (form) {
    case Form::text:
      return void(record.text(key));
    case Form::number:
      return void(record.number(key));
    case Form::whole:
      return void(record.whole(key));
    case Form::flag:
      return void(record.flag(key));
    case Form::texts:
      return void(record.texts(key));
    case Form::records:
      return void(record.records(key));
    case Form::any:
      return;
  }
}

class Collector {
 public:
  Collector(const Registries& registries, Remarks& remarks) : registries_(registries), remarks_(remarks) {}

  void add_stored(rules::yaml::FileSource& files, const Collection& of) {
    const auto stored = read_stored(files, std::string(of.domain), of.version);
    if (!stored) return;
    const Record data = stored->data();
    for (const Record& item : data.records("items")) {
      const std::string id = item.name("id");
      wire::Object options;
      for (const auto& [key, value] : item.object()) {
        if (const auto form = form_of(of.domain, key)) check_form(item, key, *form);
        keep({std::string(of.domain), id, {}, item.where()}, key, value, options);
      }
      add({std::string(of.domain), object_id(of.domain, id, id), std::move(options), item.where()});
    }
  }

  void add_written(const Block& block) {
    const wire::Object* given = block.value.as_object();
    if (given == nullptr || block.domain == "shell_command") {
      if (given == nullptr && is_named(block))
        remark(block.domain + "." + block.key, block.where, "it says nothing");
      if (is_named(block)) return;
      return add({block.domain, block.key, block.value, block.where});
    }
    // Zones and persons are lists, and have their ids from their names.
    const wire::Value* name = given->find("name");
    const wire::Value* own = given->find("id");
    const std::string spoken = name == nullptr ? std::string() : std::string(name->string_or(""));
    std::string id = is_named(block) && !spoken.empty() ? wire::slugify(spoken) : block.key;
    if (own != nullptr) id = object_id(block.domain, std::string(own->string_or("")), id);
    wire::Object options;
    for (const auto& [key, value] : *given) keep({block.domain, id, {}, block.where}, key, value, options);
    add({block.domain, id, std::move(options), block.where});
  }

  std::vector<Thing> take() { return std::move(things_); }

 private:
  static bool is_named(const Block& block) { return block.domain == "zone" || block.domain == "person"; }

  void remark(std::string what, std::string where, std::string why) {
    remarks_.push_back({std::move(what), std::move(where), std::move(why)});
  }

  // What its entity is called now: it may have been renamed.
  [[nodiscard]] std::string object_id(string_view domain, const std::string& unique,
                                      const std::string& otherwise) const {
    const EntityRow* row = registries_.entity_of(domain, unique);
    const auto id =
        row == nullptr ? wire::Result<wire::EntityId>(wire::Error{}) : wire::EntityId::parse(row->entity_id);
    return id && id->domain() == domain ? std::string(id->object_id()) : otherwise;
  }

  void keep(const Thing& of, const std::string& key, const wire::Value& value, wire::Object& out) {
    if (value.is_null() || std::find(kSilent.begin(), kSilent.end(), key) != kSilent.end()) return;
    if (!form_of(of.domain, key))
      return remark(of.domain + "." + of.id + ": " + key, of.where, "this option is not known here");
    // An empty text is how the page says that there is none.
    if (value.as_string() != nullptr && value.as_string()->empty() && of.domain != "input_text") return;
    out.set(key, value);
  }

  void add(Thing thing) {
    const std::string name = thing.domain + "." + thing.id;
    if (!wire::valid_object_id(thing.id))
      return remark(name, thing.where, "its id cannot be one here: small letters, digits and _");
    // The place of the house itself.
    if (name == "zone.home") return;
    if (!taken_.insert(name).second) return remark(name, thing.where, "there is one of this id already");
    things_.push_back(std::move(thing));
  }

  const Registries& registries_;
  Remarks& remarks_;
  std::vector<Thing> things_;
  std::set<std::string> taken_;
};

}  // namespace

std::vector<Thing> read_things(rules::yaml::FileSource& files, const Registries& registries,
                               const Configuration& configuration, Remarks& remarks) {
  Collector collector(registries, remarks);
  for (const Block& block : configuration.blocks) collector.add_written(block);
  for (const Collection& of : kStored) collector.add_stored(files, of);
  return collector.take();
}

}  // namespace gable::importing
