#pragma once
// The protocol machine on the bench: events go in, a transcript of its effects comes out, one line each.
// Topics are below gable/bridge/b/; the time of the fake clock's start is written T.
//
//   R state/lamp {"state":"on","_at":T,"_seq":1}     retained          - state/lamp       deleted
//   E result/lamp {…}                                with an expiry    status online
//   do 1 lamp turn_on {"brightness":9}               handler called    remember lamp c-1 1
//   request 1 refresh {}                             log warning …

#include <string>
#include <vector>

#include "bridge/bridge_core.hpp"
#include "bridge/model.hpp"
#include "support/fake_clock.hpp"

namespace gable::bridge::test {

using Lines = std::vector<std::string>;

class CoreBench {
 public:
  explicit CoreBench(std::vector<SeenCommand> seen = {});

  // What the event causes; with `flush`, what its turn of the loop causes.
  Lines give(const Event& event, bool flush = true);
  Lines add(const std::string& device, const Model& model) {
    return give(DeviceAdded{device, model.description()});
  }
  Lines message(const std::string& topic, const std::string& payload, bool retain = false);
  Lines report(const std::string& device, Object state, const std::string& entity = {}) {
    return give(Reported{device, entity, std::move(state)});
  }
  // Connected with a complete inventory; the transcript of it is thrown away.
  void go_online(int protocol_version = 5);

  gable::test::FakeClock clock;
  BridgeCore core;
};

// The lines that begin with one of `starts`.
Lines only(const Lines& lines, const std::vector<std::string>& starts);

}  // namespace gable::bridge::test
