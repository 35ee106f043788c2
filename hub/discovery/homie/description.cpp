#include "discovery/homie/description.hpp"

#include <utility>

#include "discovery/homie/formats.hpp"
#include "wire/json.hpp"

namespace gable::discovery::homie {

namespace {

std::string text_at(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or({}));
}

bool flag_at(const wire::Object& object, std::string_view key, bool fallback) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? fallback : value->bool_or(fallback);
}

// The objects below `key` by their ids; both the map of Homie 5.0 and nothing at all.
const wire::Object* children_at(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? nullptr : value->as_object();
}

class Reader {
 public:
  Reader(const Limits& limits, std::vector<std::string>& faults) : limits_(limits), faults_(faults) {}

  void nodes(const wire::Object& document, Model& model) {
    const wire::Object* nodes = children_at(document, "nodes");
    if (nodes == nullptr) return;
    for (const wire::Member& member : *nodes) {
      const wire::Object* object = member.value.as_object();
      if (object == nullptr || !valid_id(member.key)) {
        fault("node '" + member.key +
              "' is left out: expected an object below an id of letters, digits and '-'");
        continue;
      }
      if (model.nodes.size() >= limits_.nodes) {
        fault("only the first " + std::to_string(limits_.nodes) + " nodes are read");
        return;
      }
      Node node{member.key, text_at(*object, "name"), text_at(*object, "type"), {}};
      properties(*object, node);
      model.nodes.push_back(std::move(node));
    }
  }

 private:
  void fault(std::string text) {
    constexpr std::size_t kMost = 20;
    if (faults_.size() < kMost) faults_.push_back(std::move(text));
  }

  void properties(const wire::Object& object, Node& node) {
    const wire::Object* properties = children_at(object, "properties");
    if (properties == nullptr) return;
    for (const wire::Member& member : *properties) {
      const std::string name = "property '" + node.id + "/" + member.key + "'";
      const wire::Object* said = member.value.as_object();
      if (said == nullptr || !valid_id(member.key)) {
        fault(name + " is left out: expected an object below an id of letters, digits and '-'");
        continue;
      }
      const auto datatype = datatype_of(text_at(*said, "datatype"));
      if (!datatype) {
        fault(name + " is left out: its datatype is '" + text_at(*said, "datatype") +
              "'; expected integer, float, boolean, string, enum, color, datetime, duration or json");
        continue;
      }
      if (++count_ > limits_.properties) {
        fault("only the first " + std::to_string(limits_.properties) + " properties are read");
        return;
      }
      node.properties.push_back({member.key, text_at(*said, "name"), *datatype, text_at(*said, "format"),
                                 text_at(*said, "unit"), flag_at(*said, "settable", false),
                                 flag_at(*said, "retained", true)});
    }
  }

  const Limits& limits_;
  std::vector<std::string>& faults_;
  std::size_t count_ = 0;
};

}  // namespace

wire::Result<Model> read_description(std::string_view base, std::string_view payload, const Limits& limits,
                                     std::vector<std::string>& faults) {
  wire::JsonLimits json = wire::kDocumentLimits;
  json.bytes = limits.device_bytes;
  const auto document = wire::parse_object(payload, json);
  if (!document) return document.error();
  Model model;
  model.base = base;
  model.version = 5;
  model.homie = text_at(*document, "homie");
  if (!model.homie.starts_with("5.") && model.homie != "5") {
    return wire::Error{wire::ErrorCode::malformed,
                       "$description is of Homie '" + model.homie + "'; expected \"homie\": \"5.0\"",
                       "homie"};
  }
  model.name = text_at(*document, "name");
  model.type = text_at(*document, "type");
  const std::string_view domain = base.substr(0, base.rfind('/') + 1);
  const std::string root = text_at(*document, "root");
  if (valid_id(root)) model.root = std::string(domain) + root;
  // Without a parent, the root is it.
  const std::string parent = text_at(*document, "parent");
  model.parent = valid_id(parent) ? std::string(domain) + parent : model.root;
  if (model.root == base) model.root.clear();
  if (model.parent == base) model.parent.clear();
  Reader(limits, faults).nodes(*document, model);
  return model;
}

}  // namespace gable::discovery::homie
