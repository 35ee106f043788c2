#include "lease_file.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace gable::presence {

namespace {

using namespace std::chrono_literals;

constexpr auto kSettle = 100ms;
constexpr std::size_t kFileLimit = 4 * 1024 * 1024;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Nothing when it cannot be read, with errno.
std::optional<std::string> read_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string content;
  std::vector<char> part(16 * 1024);
  while (content.size() < kFileLimit && file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    content.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return content;
}

}  // namespace

LeaseFile::LeaseFile(node::Loop& loop, Descriptors& descriptors, std::string path, LeaseFormat format)
    : loop_(loop),
      descriptors_(descriptors),
      path_(std::move(path)),
      folder_(folder_of(path_)),
      file_(path_.substr(path_.find_last_of('/') + 1)),
      format_(format) {}

LeaseFile::~LeaseFile() { LeaseFile::close(); }

void LeaseFile::open() {
  inotify_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (inotify_ < 0) return events.lost("cannot be watched: " + std::generic_category().message(errno));
  // The folder, since servers also replace the file by a new one.
  constexpr unsigned kWhat = IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE |
                             IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
  if (::inotify_add_watch(inotify_, folder_.c_str(), kWhat) < 0) {
    return events.lost("its folder " + folder_ +
                       " cannot be watched: " + std::generic_category().message(errno));
  }
  descriptors_.add(inotify_, [this](const Received& got) { received(got); });
  auto content = read_file(path_);
  if (!content) return events.lost("cannot be read: " + std::generic_category().message(errno));
  events.works();
  events.leases(read_leases(format_, *content).leases);
  events.looked();
}

void LeaseFile::close() {
  loop_.cancel(std::exchange(reading_, 0));
  if (inotify_ < 0) return;
  descriptors_.remove(inotify_);
  ::close(std::exchange(inotify_, -1));
}

void LeaseFile::look() {
  loop_.cancel(std::exchange(reading_, 0));
  const auto content = read_file(path_);
  if (!content) return events.lost("cannot be read: " + std::generic_category().message(errno));
  events.leases(read_leases(format_, *content).leases);
  events.looked();
}

void LeaseFile::received(const Received& got) {
  bool ours = got.error != 0;
  for (const Datagram& datagram : got.datagrams) ours = ours || concerns_us(datagram);
  if (!ours || reading_ != 0) return;
  reading_ = loop_.after(kSettle, [this] {
    reading_ = 0;
    look();
  });
}

bool LeaseFile::concerns_us(const Datagram& events_read) const {
  for (std::size_t at = 0; at + sizeof(inotify_event) <= events_read.size();) {
    inotify_event event{};
    std::memcpy(&event, events_read.data() + at, sizeof event);
    at += sizeof event;
    const std::size_t size = std::min<std::size_t>(event.len, events_read.size() - at);
    const std::string name(reinterpret_cast<const char*>(events_read.data() + at), size);
    at += size;
    if (event.len == 0 || name.c_str() == file_) return true;
  }
  return false;
}

}  // namespace gable::presence
