#pragma once
// Blueprints: rules with holes in them. `use_blueprint: {path, input}` fills the holes (`!input name`), and
// what comes out is read like any other rule.

#include <memory>
#include <string_view>

#include "wire/result_type.hpp"
#include "yaml/node.hpp"

namespace gable::rules {

// Where blueprints are found: "author/motion_light.yaml". Keeps what it gave.
class BlueprintSource {
 public:
  virtual ~BlueprintSource() = default;
  // Errors: failed (there is none), or what is wrong with the file.
  virtual wire::Result<const yaml::Document*> find(std::string_view domain, std::string_view path) = 0;
};

// Knows no blueprint.
class NoBlueprints final : public BlueprintSource {
 public:
  wire::Result<const yaml::Document*> find(std::string_view domain, std::string_view path) override;
};

}  // namespace gable::rules
