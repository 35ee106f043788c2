#include "language/blueprint.hpp"

#include <string>

namespace gable::rules {

wire::Result<const yaml::Document*> NoBlueprints::find(std::string_view, std::string_view path) {
  return wire::Error{
      wire::ErrorCode::failed, "there are no blueprints here, so not " + std::string(path), {}};
}

}  // namespace gable::rules
