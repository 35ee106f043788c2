#pragma once
// A file that grows by whole lines: a line that does not fit, on a full disk, is taken back, so that the next
// one is not glued to half of it.

#include <string>
#include <string_view>

namespace gable::node {

class AppendFile {
 public:
  AppendFile() = default;
  ~AppendFile() { close(); }
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  // Makes the file if need be, readable by its owner only. False: errno says why.
  bool open(const std::string& path);
  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  void close();
  // `line` with its end of line. False: nothing of it is in the file; errno says why. Nobody else may write
  // to the file meanwhile.
  bool append(std::string_view line);

 private:
  int file_ = -1;
};

}  // namespace gable::node
