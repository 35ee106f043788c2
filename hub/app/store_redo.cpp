#include "app/store_redo.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "app/store.hpp"

namespace gable::hub {
namespace {

constexpr std::string_view kMagic = "gable-1\n";
constexpr std::size_t kKeptBuffer = 64 * 1024;
constexpr std::size_t kNumber = 4, kHead = 2 * kNumber;  // of a batch: length, checksum

void store_number(char* to, std::size_t number) {
  for (std::size_t i = 0; i < kNumber; ++i) to[i] = static_cast<char>(number >> (8 * i) & 0xFF);
}

void append_number(std::string& to, std::size_t number) {
  char bytes[kNumber];
  store_number(bytes, number);
  to.append(bytes, kNumber);
}

std::uint32_t checksum(std::string_view body) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(body.data());
  return static_cast<std::uint32_t>(crc32_z(0, bytes, body.size()));
}

// Takes bytes from the front of a text; whatever is asked for beyond its end makes it fail.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  std::string_view take(std::size_t count) {
    if (count > left_.size()) {
      failed_ = true;
      count = 0;
    }
    const auto out = left_.substr(0, count);
    left_.remove_prefix(count);
    return out;
  }
  std::size_t number() {
    std::size_t out = 0;
    const auto bytes = take(kNumber);
    for (std::size_t i = bytes.size(); i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[i]);
    return out;
  }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return left_.empty(); }
  [[nodiscard]] std::size_t left() const { return left_.size(); }

 private:
  std::string_view left_;
  bool failed_ = false;
};

// Nothing when the body is none that append() makes, whatever its checksum says.
std::optional<std::vector<RedoRow>> rows_of(std::string_view body) {
  std::vector<RedoRow> rows;
  for (Reader in(body); !in.at_end();) {
    const auto table = in.take(1);
    const auto key_size = in.number(), json_size = in.number();
    const auto key = in.take(key_size), json = in.take(json_size);
    if (in.failed() || static_cast<unsigned char>(table[0]) >= kTableCount) return std::nullopt;
    rows.push_back({static_cast<Table>(table[0]), key, json});
  }
  return rows;
}

}  // namespace

wire::Result<RedoLog> RedoLog::create(std::string path) {
  const auto failed = [&] {
    return wire::Error{wire::ErrorCode::failed, path + " cannot be made: " + std::strerror(errno), {}};
  };
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failed();
  RedoLog log(path, file);
  if (log.write(kMagic)) return log;
  const auto error = failed();
  ::unlink(path.c_str());
  return error;
}

RedoLog::RedoLog(RedoLog&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}

RedoLog::~RedoLog() {
  if (file_ >= 0) ::close(file_);
}

bool RedoLog::append(const std::vector<Save>& batch) {
  buffer_.assign(kHead, '\0');
  for (const Save& save : batch) {
    buffer_ += static_cast<char>(save.table);
    append_number(buffer_, save.key.size());
    append_number(buffer_, save.json.size());
    buffer_ += save.key;
    buffer_ += save.json;
  }
  const auto body = std::string_view(buffer_).substr(kHead);
  store_number(buffer_.data(), body.size());
  store_number(buffer_.data() + kNumber, checksum(body));
  const bool ok = write(buffer_);
  const int why = errno;
  if (buffer_.capacity() > kKeptBuffer) std::string().swap(buffer_);  // a start writes everything at once
  errno = why;
  return ok;
}

bool RedoLog::write(std::string_view bytes) {
  if (torn_ && ::ftruncate(file_, static_cast<off_t>(size_)) != 0) return false;
  torn_ = false;
  for (std::size_t done = 0; done < bytes.size();) {
    const auto count =
        ::pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(size_ + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const int why = count < 0 ? errno : ENOSPC;
      torn_ = ::ftruncate(file_, static_cast<off_t>(size_)) != 0;
      errno = why;
      return false;
    }
    done += static_cast<std::size_t>(count);
  }
  size_ += bytes.size();
  return true;
}

bool RedoLog::sync() const { return ::fdatasync(file_) == 0; }

bool RedoLog::empty() const { return size_ <= kMagic.size(); }

RedoRead read_redo(std::string_view bytes, const std::function<void(const RedoRow&)>& row) {
  RedoRead out{.left_out = bytes.size()};
  if (!bytes.starts_with(kMagic)) return out;
  Reader in(bytes.substr(kMagic.size()));
  for (;;) {
    out.left_out = in.left();
    const auto size = in.number(), wanted = in.number();
    const auto body = in.take(size);
    if (in.failed() || body.empty() || checksum(body) != wanted) return out;
    const auto rows = rows_of(body);
    if (!rows) return out;
    for (const RedoRow& one : *rows) row(one);
    ++out.batches;
  }
}

MappedFile::MappedFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0) {
    error_ = std::strerror(errno);
  } else if (const auto size = static_cast<std::size_t>(status.st_size); size > 0) {
    void* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED)
      error_ = std::strerror(errno);
    else
      bytes_ = {static_cast<const char*>(at), size};
  }
  if (file >= 0) ::close(file);
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace gable::hub
