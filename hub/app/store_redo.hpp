#pragma once
// The store's log: batches that are committed and not in the database yet. A commit is one write() at its
// end, without fsync: it survives the end of the process at any instant. A batch that is torn, by a loss of
// power, ends what is read.
//
// The file: 8 bytes of kMagic, then for each batch the length of its body, the CRC-32 of its body (zlib), and
// its rows: table (1 byte), length of key, length of text, key, text. Numbers are of 4 bytes, little-endian.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/effects.hpp"
#include "wire/result_type.hpp"

namespace gable::hub {

class RedoLog {
 public:
  // Makes the file, which must not be there yet; 0600. failed: why it cannot be made.
  static wire::Result<RedoLog> create(std::string path);
  RedoLog(RedoLog&& other) noexcept;
  RedoLog& operator=(RedoLog&& other) = delete;
  ~RedoLog();

  // All of the batch or nothing. False: errno says why, and the next call may succeed.
  bool append(const std::vector<Save>& batch);
  // Any thread, also while another appends: what has been appended is on the disk. False: errno says why.
  [[nodiscard]] bool sync() const;

  // Bytes; not while another thread appends.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const;  // of batches
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  RedoLog(std::string path, int file) : path_(std::move(path)), file_(file) {}
  bool write(std::string_view bytes);

  std::string path_;
  int file_ = -1;
  std::size_t size_ = 0;
  bool torn_ = false;   // part of a batch that failed is at the end
  std::string buffer_;  // kept, so that a commit allocates nothing
};

struct RedoRow {
  Table table;
  std::string_view key, json;  // borrowed from what was read; empty json: erased
};
struct RedoRead {
  std::size_t batches = 0;
  std::size_t left_out = 0;  // bytes after the last whole batch: torn by a loss of power, or no log at all
};
// Calls `row` for every row of the whole batches at the beginning, oldest first.
RedoRead read_redo(std::string_view bytes, const std::function<void(const RedoRow&)>& row);

// A file that is read where it lies. Empty when it is empty, or cannot be read: then error() says why.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  std::string_view bytes_;
  std::string error_;
};

}  // namespace gable::hub
