#pragma once
// namespace(): the one value that a template can change, by {% set ns.x = … %}.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "template/value/object.hpp"

namespace gable::rules::jinja {

class Namespace final : public Object {
 public:
  // Made by the function namespace(dict or pairs, **attributes).
  static Value make(Evaluation& evaluation, const Arguments& arguments);

  void set(Evaluation& evaluation, std::string_view name, Value value);

  [[nodiscard]] std::string_view type_name() const override { return "Namespace"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  void release() override {
    attributes_.clear();
    evaluation_ = nullptr;
  }

 private:
  // Null once the rendering has ended.
  Evaluation* evaluation_ = nullptr;
  std::vector<std::pair<std::string, Value>> attributes_;
};

}  // namespace gable::rules::jinja
