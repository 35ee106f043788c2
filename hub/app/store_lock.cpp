#include "app/store_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "node/config_tree.hpp"

namespace gable::hub {
namespace {

std::string holder(int file) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file, text.data(), text.size() - 1, 0);
  const std::string pid(text.data(), size > 0 ? std::strcspn(text.data(), "\n") : 0);
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

StateLock::StateLock(const std::string& folder) {
  std::error_code code;
  if (std::filesystem::create_directories(folder, code)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, code);
  }
  const std::string path = folder + "/lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0) {
    throw node::ConfigError("the state folder '" + folder + "' cannot be used: " + std::strerror(errno),
                            "choose another with state_dir: or --state");
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const std::string who = holder(file_);
    ::close(file_);
    throw node::ConfigError("the state folder '" + folder + "' is in use by " + who,
                            "is a hub running already? A second one needs its own state_dir and root");
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // For people only: a failure here harms nothing.
  if (::ftruncate(file_, 0) == 0) (void)!::pwrite(file_, pid.data(), pid.size(), 0);
}

StateLock::~StateLock() { ::close(file_); }

}  // namespace gable::hub
