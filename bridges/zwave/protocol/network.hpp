#pragma once
// The network as the server tells of it: first a dump of all, then an event for each change.
// Pure: no clock, thread, socket, file or log.

#include <map>
#include <optional>
#include <set>

#include "protocol/message.hpp"
#include "protocol/node.hpp"

namespace gable::zwave {

enum class ChangeKind {
  none,        // nothing that is kept here
  described,   // the node is new, or other values, labels or ranges than before
  removed,     // the node has gone
  value,       // `value` of the node is another
  status,      // the node fell asleep, woke up, died, came back
  statistics,  // of the node
  pulse,       // a value that happens and is over: `value`, `payload`
  notice,      // a notification: `payload` is its args, `value.command_class` whose it is
  controller,  // the controller does something: `name`, `payload` is the event, `node` its own
};

struct Change {
  ChangeKind kind = ChangeKind::none;
  int node = 0;
  ValueId value = {};
  std::string name = {};  // of the event
  wire::Value payload = {};
};

class Network {
 public:
  // Replaces everything by the state of start_listening. Errors: malformed.
  [[nodiscard]] std::optional<wire::Error> load(const wire::Object& state);
  Change apply(EventMessage event);
  // The motor was told to stop: what it reports next is where it stands, whatever its target was.
  void stopped(int node, const ValueId& current) { stopped_.emplace(node, current); }
  // Nobody knows any more where the motor behind this `currentValue` goes: it was stopped, or stands still.
  // False when nobody knew before.
  bool forget_target(int node, const ValueId& current);

  [[nodiscard]] const std::map<int, Node>& nodes() const { return nodes_; }
  // Null when there is none.
  [[nodiscard]] const Node* find(int id) const;
  // The node that is the controller itself; 0 when the dump has none.
  [[nodiscard]] int controller() const { return controller_; }

 private:
  Change apply_to_controller(EventMessage event);
  Change apply_to_node(Node& node, const EventMessage& event);
  Change apply_value(Node& node, const EventMessage& event);
  static void describe_value(NodeValue& value, const wire::Object& args);

  std::map<int, Node> nodes_;
  int controller_ = 0;
  std::set<std::pair<int, ValueId>> stopped_;  // motors by node and `currentValue`
};

}  // namespace gable::zwave
