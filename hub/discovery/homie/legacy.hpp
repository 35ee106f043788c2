#pragma once
// Homie 3 and 4: a device says what it is in single retained messages, which come in any order. Gathers them
// until the description is complete.

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/homie/model.hpp"

namespace gable::discovery::homie {

class LegacyDevice {
 public:
  // `levels` are those below the device's topic: {"$state"}, {"air", "$properties"}, {"air", "co2", "$unit"}.
  // An empty payload takes the attribute away. Attributes that nobody needs are not kept.
  // Returns false when a limit kept it out.
  bool take(std::span<const std::string_view> levels, std::string_view payload, const Limits& limits);

  [[nodiscard]] std::string_view attribute(std::string_view name) const;  // "$state"; empty: not there
  // 3 or 4; 0 when it is not known yet or another one.
  [[nodiscard]] int version() const;
  // Every node that is listed has said its properties, and every one of these its datatype.
  [[nodiscard]] bool complete() const;
  // Nothing is left of it.
  [[nodiscard]] bool empty() const { return bytes_ == 0; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  // What is known. What is missing or wrong costs that part and is said in `faults`; a property without a
  // datatype is a string (the default of Homie 3).
  [[nodiscard]] Model model(std::string_view base, const Limits& limits,
                            std::vector<std::string>& faults) const;

 private:
  using Attributes = std::map<std::string, std::string, std::less<>>;
  struct KnownNode {
    Attributes attributes;
    std::map<std::string, Attributes, std::less<>> properties;
  };

  bool put(Attributes& attributes, std::string_view name, std::string_view payload, const Limits& limits);
  bool take_node(std::span<const std::string_view> levels, std::string_view payload, const Limits& limits);
  void forget_stats();
  void sweep(std::string_view node);
  [[nodiscard]] bool complete(std::string_view entry) const;
  [[nodiscard]] Node node_of(std::string_view id, const KnownNode& known,
                             std::vector<std::string>& faults) const;
  void add_node(const std::string& entry, const Limits& limits, Model& model,
                std::vector<std::string>& faults) const;
  void expand(const Node& node, std::string_view range, const Limits& limits, Model& model) const;

  Attributes attributes_;  // of the device; those below $fw and $stats as "$fw/name"
  std::map<std::string, KnownNode, std::less<>> nodes_;
  std::size_t property_count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace gable::discovery::homie
