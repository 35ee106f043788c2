#pragma once
// Any thread. What waits for one target, on disk, so that a restart neither loses it nor sends it twice. One
// JSON line for each step; written before the step has an effect.

#include <mutex>
#include <string>
#include <vector>

#include "node/append_file.hpp"
#include "protocol/outbox.hpp"

namespace gable::notify {

class OutboxFile {
 public:
  explicit OutboxFile(std::string path) : path_(std::move(path)) {}

  // What a former run has left; lines that make no sense are passed over. Begins the file anew with it.
  std::vector<Entry> load();
  // Each: false when it could not be written.
  bool added(const Message& message);
  bool sending(const std::string& id);  // from now on nobody knows, until it is over
  bool waits(const std::string& id);    // the attempt is over, another will follow
  bool ended(const std::string& id);

 private:
  bool append(const std::string& line);
  bool rewrite();

  const std::string path_;
  std::mutex mutex_;  // guards what follows
  node::AppendFile file_;
  std::size_t lines_ = 0;
  std::vector<Entry> now_;  // what the file amounts to
};

}  // namespace gable::notify
