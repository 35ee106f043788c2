#pragma once
// Requests that need a file: those to the journal and to texts of rules are answered on a thread of their
// own, so that a long look back never holds up the house; reload reads the configuration and the rules again.

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "app/journal_reader.hpp"
#include "core/effects.hpp"
#include "node/loop.hpp"

namespace gable::hub {

class EdgeRequests {
 public:
  using Answer = std::function<void(const EdgeRequest&, const wire::ResponseDoc&)>;
  // A request that the owner thread answers at once. Errors go to the asker.
  using Handler = std::function<wire::Result<wire::Value>(const EdgeRequest&)>;

  // `loop` must outlive this object. `answer` is called on the owner thread.
  EdgeRequests(node::Loop& loop, std::string journal_folder, Answer answer);
  ~EdgeRequests();
  EdgeRequests(const EdgeRequests&) = delete;
  EdgeRequests& operator=(const EdgeRequests&) = delete;

  void add(const std::string& method, Handler handler) { handlers_[method] = std::move(handler); }
  // One that is answered on the thread of the journal; to be added before the first request is taken.
  void add_slow(const std::string& method, Handler handler) { slow_[method] = std::move(handler); }
  // One that is answered later, by answer().
  using LateHandler = std::function<void(EdgeRequest)>;
  void add_late(const std::string& method, LateHandler handler) { late_[method] = std::move(handler); }
  void answer(const EdgeRequest& request, const wire::Result<wire::Value>& outcome) const;
  // Owner thread.
  void take(EdgeRequest request);

 private:
  struct Job {
    EdgeRequest request;
    Time now;
  };
  void work();

  node::Loop& loop_;
  JournalReader reader_;
  Answer answer_;
  std::map<std::string, Handler> handlers_;
  std::map<std::string, Handler> slow_;
  std::map<std::string, LateHandler> late_;
  std::mutex mutex_;  // guards jobs_ and stopping_
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;  // last: starts when the rest is ready
};

}  // namespace gable::hub
