#pragma once
// Commands that are under way: sent to the server, then waited for until the device reports what was asked for.
// On the loop's thread. Each ends in exactly one answer.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "protocol/plan.hpp"
#include "zwave_link.hpp"

namespace gable::zwave {

class CommandDesk {
 public:
  // Both outlive this.
  CommandDesk(bridge::Bridge& bridge, ZwaveLink& link) : bridge_(bridge), link_(link) {}

  // `plan` is the entity that is meant, of this node.
  void take(const Node& node, const Plan& plan, const bridge::Command& command, const bridge::Reply& reply);
  // Something of the node was reported: what has been reached by that is done.
  void look(const Node& node);
  // The node has gone, or the connection (0: all nodes): whoever waits is told.
  void drop(int node, const std::string& reason);

 private:
  struct Waiting {
    int node;
    std::string entity;
    wire::EntityDescription description;
    StateFunction state;
    wire::Object expected;
    bridge::Reply reply;
    std::map<CallId, bool> calls;  // not answered yet
    node::TimerId timer = 0;
  };
  using Entry = std::map<std::uint64_t, Waiting>::iterator;

  void supersede(int node, const std::string& entity);
  bool send(std::uint64_t number, const std::vector<Call>& calls);
  void answered(std::uint64_t number, const Finished& finished);
  void out_of_time(std::uint64_t number);
  // Answers it when everything is there.
  void settle(Entry entry);
  Waiting release(Entry entry);

  bridge::Bridge& bridge_;
  ZwaveLink& link_;
  std::map<std::uint64_t, Waiting> waiting_;
  std::uint64_t last_ = 0;
};

// The longest that a command may be under way; the bridge's handlers are given a little more.
inline constexpr std::chrono::milliseconds kLongestCommand = std::chrono::minutes(130);

// What an answer of the server to node.set_value says against it; empty when it went well.
std::string refusal(const wire::Value& result);

}  // namespace gable::zwave
