#pragma once
// Readings at intervals: on the loop or on a worker, never two of one poll at a time; exceptions and slow
// readings are told once, by name. Internal to the SDK; on the loop's thread.

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "bridge/engine.hpp"
#include "bridge/worker.hpp"
#include "node/loop.hpp"

namespace gable::bridge {

class Poller {
 public:
  explicit Poller(Engine& engine) : engine_(engine) {}
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // `failed` is told the text of an exception, once until a reading succeeds again; empty: it is logged.
  using Failed = std::function<void(const std::string& reason)>;
  void add(std::string name, std::chrono::milliseconds period, std::function<void()> work,
           Failed failed = {});
  void add(std::string name, std::chrono::milliseconds period, Worker& worker,
           std::function<node::Task()> work, Failed failed = {});
  // Ends the polls of this name.
  void remove(std::string_view name);

 private:
  struct Poll {
    std::string name;
    std::chrono::milliseconds period{};
    Failed failed;
    node::TimerId timer = 0;
    bool running = false;  // on the worker
    bool begun = false;    // the first reading has ended
    bool slow = false;     // told
    bool failing = false;  // told
  };

  std::shared_ptr<Poll> start(std::string name, std::chrono::milliseconds period, Failed failed);
  void on_worker(const std::shared_ptr<Poll>& poll, Worker& worker, const std::function<node::Task()>& work);
  void ended(Poll& poll, const std::string& error);
  void slow(Poll& poll, const std::string& how);

  Engine& engine_;
  // Shared with the tasks of a reading under way, which hold it weakly.
  std::list<std::shared_ptr<Poll>> polls_;
};

}  // namespace gable::bridge
