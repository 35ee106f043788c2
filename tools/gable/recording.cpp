#include "gable/recording.hpp"

#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

namespace {

using wire::Error;
using wire::ErrorCode;

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr wire::JsonLimits kLineLimits{LineReader::kLongest, 4, 100};
constexpr unsigned kBuffer = 256 * 1024;

struct CloseGz {
  void operator()(gzFile_s* file) const { gzclose(file); }
};
using Gz = std::unique_ptr<gzFile_s, CloseGz>;

wire::Result<Gz> open_gz(const std::string& path, const char* mode, const char* purpose) {
  errno = 0;
  Gz file(gzopen(path.c_str(), mode));
  if (!file) {
    return Error{
        ErrorCode::unavailable,
        path + " cannot be opened for " + purpose + ": " + std::strerror(errno == 0 ? ENOMEM : errno), ""};
  }
  gzbuffer(file.get(), kBuffer);
  return file;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = (group << 8U) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += i + j <= bytes.size() ? kDigits[(group >> (18U - 6U * j)) & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  std::string out;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    group = ((group << 6U) | static_cast<std::uint32_t>(digit)) & 0xffffffU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((group >> bits) & 0xffU);
  }
  return out;
}

std::string encode_recorded(const Recorded& recorded) {
  const node::Message& message = recorded.message;
  const bool text = wire::valid_utf8(message.payload);
  wire::Object line{{"t", wire::format_time(recorded.at)}, {"topic", message.topic}};
  line.append(text ? "payload" : "b64", text ? message.payload : to_base64(message.payload));
  line.append("retain", message.retain);
  line.append("qos", message.qos);
  return wire::to_json(line);
}

wire::Result<Recorded> decode_recorded(std::string_view line) {
  const auto object = wire::parse_object(line, kLineLimits);
  if (!object) return object.error();
  const auto text = [&](std::string_view key) {
    const wire::Value* value = object->find(key);
    return value == nullptr ? nullptr : value->as_string();
  };
  const std::string* time = text("t");
  const auto at = time == nullptr ? std::nullopt : wire::parse_time(*time);
  if (!at) return Error{ErrorCode::wrong_type, "expected a time", "t"};
  Recorded out{.at = *at, .message = {}};
  const std::string* topic = text("topic");
  if (topic == nullptr || !wire::valid_topic_name(*topic))
    return Error{ErrorCode::wrong_type, "expected a topic", "topic"};
  out.message.topic = *topic;
  if (const std::string* payload = text("payload")) {
    out.message.payload = *payload;
  } else {
    const std::string* coded = text("b64");
    auto bytes = coded == nullptr ? std::nullopt : from_base64(*coded);
    if (!bytes) return Error{ErrorCode::wrong_type, "expected a payload or b64", "payload"};
    out.message.payload = std::move(*bytes);
  }
  if (const wire::Value* retain = object->find("retain")) out.message.retain = retain->bool_or(false);
  const wire::Value* qos = object->find("qos");
  const double level = qos == nullptr ? 1 : qos->number_or(-1);
  if (level != 0 && level != 1 && level != 2)
    return Error{ErrorCode::out_of_range, "expected 0, 1 or 2", "qos"};
  out.message.qos = static_cast<int>(level);
  return out;
}

struct LineReader::File {
  Gz gz;
  std::array<char, 64 * 1024> chunk{};
};

LineReader::LineReader(std::unique_ptr<File> file) : file_(std::move(file)) {}
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader::~LineReader() = default;

wire::Result<LineReader> LineReader::open(const std::string& path) {
  auto gz = open_gz(path, "rb", "reading");
  if (!gz) return gz.error();
  auto file = std::make_unique<File>();
  file->gz = std::move(*gz);
  return LineReader(std::move(file));
}

bool LineReader::next(std::string& line) {
  line.clear();
  while (gzgets(file_->gz.get(), file_->chunk.data(), static_cast<int>(file_->chunk.size())) != nullptr) {
    line += file_->chunk.data();
    if (line.ends_with('\n')) {
      line.pop_back();
      if (line.ends_with('\r')) line.pop_back();
      return true;
    }
    if (line.size() >= kLongest) return true;
  }
  int code = Z_OK;
  const char* text = gzerror(file_->gz.get(), &code);
  if (code == Z_ERRNO) text = "it cannot be read";
  if (code == Z_BUF_ERROR) text = "the compressed file is cut off";
  if (code != Z_OK && code != Z_STREAM_END) error_ = text;
  return !line.empty();
}

struct LineWriter::File {
  Gz gz;
};

LineWriter::LineWriter(std::unique_ptr<File> file) : file_(std::move(file)) {}
LineWriter::LineWriter(LineWriter&&) noexcept = default;
LineWriter::~LineWriter() = default;

wire::Result<LineWriter> LineWriter::open(const std::string& path) {
  auto gz = open_gz(path, path.ends_with(".gz") ? "wb" : "wbT", "writing");
  if (!gz) return gz.error();
  auto file = std::make_unique<File>();
  file->gz = std::move(*gz);
  return LineWriter(std::move(file));
}

bool LineWriter::write(std::string_view line) {
  return gzwrite(file_->gz.get(), line.data(), static_cast<unsigned>(line.size())) ==
             static_cast<int>(line.size()) &&
         gzputc(file_->gz.get(), '\n') == '\n';
}

bool LineWriter::close() { return gzclose(file_->gz.release()) == Z_OK; }

}  // namespace gable::cli
