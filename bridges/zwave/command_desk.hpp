#pragma once
// Commands that are under way: sent to the server, then waited for until the device reports what was asked
// for. On the loop's thread. Each ends in exactly one answer.
//
// An entity has one command at the server at a time; the radio takes a few a second. Those that come
// meanwhile are held, and of several that say the same of an entity only the last is sent.

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
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
  using Subject = std::pair<int, std::string>;  // node, key of the entity
  struct Waiting {
    Subject subject;
    wire::EntityDescription description;
    StateFunction state;
    OrderFunction order;
    bridge::Command command;
    bridge::Reply reply;
    bool held = false;                 // not sent yet
    std::set<CallId> calls;            // not answered yet
    std::vector<ValueId> unconfirmed;  // to be read back, see taken()
    node::TimerId timer = 0;
  };
  using Entry = std::map<std::uint64_t, Waiting>::iterator;

  [[nodiscard]] bool at_server(const Subject& subject) const;
  void hold(std::uint64_t number);
  void send(std::uint64_t number);
  void send_held(const Subject& subject);
  void supersede(const Waiting& later, std::uint64_t number);
  void answered(std::uint64_t number, const Finished& finished, const Call& call);
  // The server has taken it, the device has reported nothing yet.
  void taken(std::uint64_t number);
  void read_back(std::uint64_t number);
  void ask(int node, const std::vector<ValueId>& values);
  void out_of_time(std::uint64_t number);
  // Answers it when everything is there.
  void settle(Entry entry);
  Waiting release(Entry entry);
  void fail(Entry entry, const std::string& reason, wire::ErrorCode code);

  bridge::Bridge& bridge_;
  ZwaveLink& link_;
  std::map<std::uint64_t, Waiting> waiting_;  // in the order of their coming
  std::map<Subject, std::deque<std::uint64_t>> held_;
  std::uint64_t last_ = 0;
};

// The longest that a command may be under way; the bridge's handlers are given a little more.
inline constexpr std::chrono::milliseconds kLongestCommand = std::chrono::minutes(130);
// Held for one entity.
inline constexpr std::size_t kHeldLimit = 20;

// What an answer of the server to node.set_value says against it; empty when it went well.
std::string refusal(const wire::Value& result);

}  // namespace gable::zwave
