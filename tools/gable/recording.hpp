#pragma once
// Recordings of a broker: one JSON object a line,
//   {"t":"2026-11-22T17:05:30.118Z","topic":"gable/state/light/desk","payload":"…","retain":true,"qos":1}
// with "b64" instead of "payload" where the payload is no text. Files that end in .gz are compressed; reading
// finds out by itself. Main thread.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "node/mqtt_port.hpp"
#include "wire/result_type.hpp"
#include "wire/time.hpp"

namespace gable::cli {

struct Recorded {
  wire::Time at;
  node::Message message;
};

std::string encode_recorded(const Recorded& recorded);
// Errors: malformed, wrong_type, too_large.
wire::Result<Recorded> decode_recorded(std::string_view line);

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

// Lines of a file, compressed or not.
class LineReader {
 public:
  // Errors: unavailable (cannot be opened).
  static wire::Result<LineReader> open(const std::string& path);
  LineReader(LineReader&&) noexcept;
  ~LineReader();
  // Without its end; false at the end of the file, or where it cannot be read further: then error() says why.
  // A line over kLongest is cut there.
  bool next(std::string& line);
  [[nodiscard]] const std::string& error() const { return error_; }
  static constexpr std::size_t kLongest = 16 * 1024 * 1024;

 private:
  struct File;
  explicit LineReader(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
  std::string error_;
};

class LineWriter {
 public:
  // Replaces what is there. Errors: unavailable.
  static wire::Result<LineWriter> open(const std::string& path);
  LineWriter(LineWriter&&) noexcept;
  ~LineWriter();
  // False when it could not be written (disk full).
  [[nodiscard]] bool write(std::string_view line);
  // What was written is in the file afterwards; false when it is not.
  [[nodiscard]] bool close();

 private:
  struct File;
  explicit LineWriter(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace gable::cli
