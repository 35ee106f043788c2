#include "node/append_file.hpp"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>

namespace gable::node {

bool AppendFile::open(const std::string& path) {
  close();
  file_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  return file_ >= 0;
}

void AppendFile::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

bool AppendFile::append(std::string_view line) {
  const off_t before = ::lseek(file_, 0, SEEK_END);
  if (before < 0) return false;
  while (!line.empty()) {
    const ssize_t written = ::write(file_, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const int why = written < 0 ? errno : ENOSPC;
      static_cast<void>(::ftruncate(file_, before));
      errno = why;
      return false;
    }
    line.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace gable::node
