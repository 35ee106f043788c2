#pragma once
// All targets of one bridge, and the ways to them: libcurl and espeak-ng on worker threads, the file server
// and the player for what is spoken. On the loop's thread.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "bridge/worker.hpp"
#include "file_server.hpp"
#include "node/id_source.hpp"
#include "notify_config.hpp"
#include "target.hpp"

namespace gable::notify {

class NotifyBridge {
 public:
  // `bridge` names this until it has ended. Throws std::runtime_error when the file server cannot listen.
  NotifyBridge(bridge::Bridge& bridge, const NotifyConfig& config);
  ~NotifyBridge();
  NotifyBridge(const NotifyBridge&) = delete;
  NotifyBridge& operator=(const NotifyBridge&) = delete;

 private:
  void start_server(const NotifyConfig& config);
  Target::Deliver way_to(const TargetConfig& target);
  Target::Deliver by_network(const TargetConfig& target);
  Target::Deliver by_voice(const TargetConfig& target);
  void play(const TargetConfig& target, const std::string& name, const Target::Done& done, bool announce);
  [[nodiscard]] std::string file_of(const std::string& name) const;
  void keep_for_a_while(const std::string& name);

  bridge::Bridge& bridge_;
  node::Loop& loop_;          // lives longer than the bridge
  const std::string folder_;  // of what is spoken
  std::string url_;           // under which players find it, with a slash at the end
  node::RandomIds ids_;
  // Shared with attempts on worker threads, which may end after this.
  std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  std::unique_ptr<FileServer> server_;
  std::vector<std::unique_ptr<Target>> targets_;
  std::vector<node::TimerId> timers_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // weakly held by what waits
};

}  // namespace gable::notify
