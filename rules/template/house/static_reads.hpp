#pragma once
// What a template reads, as far as its text says: for checks when rules are loaded ("no such entity, did you
// mean …") and to know before the first rendering what to wait for. What it reads in truth is recorded in
// every evaluation (Reads). Pure.

#include <string>
#include <vector>

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

struct StaticReads {
  struct Entity {
    std::string entity_id;
    std::string attribute;  // empty: its state, or all of it
    Position position;
  };
  struct Named {
    std::string text;
    Position position;
  };

  // In the order of the text; one for each place.
  std::vector<Entity> entities;
  std::vector<Named> domains;  // all entities of it are read: states.light
  // Constant texts that have the form of an entity id or of an action ("light.turn_on"), read or not.
  std::vector<Named> names;
  bool all = false;       // all states of the house
  bool time = false;      // the present time
  bool registry = false;  // areas, floors, labels, devices
  // False when something is read whose name is only known in evaluation, or files are imported.
  bool complete = true;
};

[[nodiscard]] StaticReads static_reads(const Tree& tree);

}  // namespace gable::rules::jinja
