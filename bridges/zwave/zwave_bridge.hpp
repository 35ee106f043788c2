#pragma once
// The bridge between a Z-Wave network and the tree: nodes as devices, their entities as plan.hpp has them. On
// the loop's thread.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "command_desk.hpp"
#include "zwave_config.hpp"
#include "zwave_link.hpp"

namespace gable::zwave {

class ZwaveBridge {
 public:
  // `bridge` names this until it has ended.
  ZwaveBridge(bridge::Bridge& bridge, const ZwaveConfig& config);

  [[nodiscard]] ZwaveLink& link() { return link_; }
  // The node that a device is; null when it is none, or not there now.
  [[nodiscard]] const Node* node_of(std::string_view device) const;

 private:
  struct Shown {
    std::vector<Plan> plans;
    std::string description;  // as JSON, as it was last announced
    bool offline = false;     // and said so
  };

  void listening();
  void changed(const Change& change);
  void happened(const Change& change);
  void show_waiting();
  void complete_when_known();
  void show(const Node& node);
  void report(const Node& node, const ValueId* value);
  // What goes somewhere by `changed`, and then neither arrives nor reports anything, stands.
  void watch_travel(const Node& node, const ValueId& changed);
  void report_statistics();
  void show_link(const Node& node);
  void remove(int node);
  void command(int node, const bridge::Command& command, const bridge::Reply& reply);
  [[nodiscard]] std::string device_id(int node) const;

  bridge::Bridge& bridge_;
  const ZwaveConfig config_;
  ZwaveLink link_;
  CommandDesk desk_;
  std::map<int, Shown> shown_;
  std::map<std::pair<int, ValueId>, node::TimerId> travels_;  // by node and `currentValue`
  std::set<int> to_show_;                                     // described anew in this turn of the loop
  bool complete_ = false;                                     // the inventory
  node::TimerId patience_ = 0;
  std::set<int> statistics_;  // nodes whose statistics have changed since they were last reported
};

// The requests of the bridge: adding and removing devices, codes of locks, and what keeps a network well.
void add_requests(bridge::Bridge& bridge, ZwaveBridge& zwave);

}  // namespace gable::zwave
