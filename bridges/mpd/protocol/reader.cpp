// Pure: no clock, socket or thread.
#include "protocol/reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace gable::mpd {

namespace {

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "[50@0] {play} No such song", behind "ACK ".
std::optional<Refusal> parse_refusal(std::string_view text) {
  const std::size_t at = text.find('@'), bracket = text.find(']');
  const std::size_t open = text.find('{'), close = text.find('}', open == text.npos ? 0 : open);
  if (text.empty() || text.front() != '[' || at == text.npos || bracket == text.npos || at > bracket ||
      open == text.npos || close == text.npos || open < bracket)
    return std::nullopt;
  const auto code = whole_number(text.substr(1, at - 1));
  const auto index = whole_number(text.substr(at + 1, bracket - at - 1));
  if (!code || !index || *code > 1'000'000) return std::nullopt;
  Refusal refusal;
  refusal.code = static_cast<int>(*code);
  refusal.index = *index;
  refusal.command = text.substr(open + 1, close - open - 1);
  text.remove_prefix(close + 1);
  refusal.text = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  return refusal;
}

unsigned char byte(char c) { return static_cast<unsigned char>(c); }

// Bytes of the UTF-8 character that `text` begins with; 0: it is none (RFC 3629).
std::size_t character_size(std::string_view text) {
  const unsigned char first = byte(text[0]);
  if (first < 0x80) return 1;
  const std::size_t size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (size == 0 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  const unsigned char second = byte(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F, beyond = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : size;
}

}  // namespace

const std::string* Section::find(std::string_view key) const {
  const auto found =
      std::find_if(pairs.begin(), pairs.end(), [key](const Pair& pair) { return pair.key == key; });
  return found == pairs.end() ? nullptr : &found->value;
}

void Reader::fail(std::string_view expected, std::string_view got) {
  broken_ = "expected " + std::string(expected) + ", got '" + printable(got) + "'";
  pending_.clear();
}

void Reader::feed(std::string_view bytes) {
  while (!bytes.empty() && broken_.empty()) {
    if (binary_left_ > 0) {
      bytes.remove_prefix(take_binary(bytes));
      continue;
    }
    const std::size_t end = bytes.find('\n');
    pending_ += bytes.substr(0, end);
    if (pending_.size() > kLineLimit) return fail("lines of at most 64 KiB", pending_);
    if (end == bytes.npos) return;
    bytes.remove_prefix(end + 1);
    bytes_ += pending_.size() + 1;
    if (bytes_ > kReplyLimit) return fail("an answer of at most 4 MiB", pending_);
    const std::string line = std::exchange(pending_, {});
    take_line(line);
  }
}

std::size_t Reader::take_binary(std::string_view bytes) {
  const std::size_t taken = std::min(binary_left_, bytes.size());
  section_.binary += bytes.substr(0, taken);
  bytes_ += taken;
  binary_left_ -= taken;
  binary_end_ = binary_left_ == 0;
  return taken;
}

void Reader::take_line(std::string_view line) {
  if (version_.empty()) {
    constexpr std::string_view kGreeting = "OK MPD ";
    if (!line.starts_with(kGreeting) || line.size() == kGreeting.size())
      return fail("a music player's greeting (OK MPD and a version)", line);
    version_ = printable(line.substr(kGreeting.size()), 32);
    bytes_ = 0;
    return;
  }
  if (std::exchange(binary_end_, false)) {
    if (!line.empty()) fail("a line break after a picture's bytes", line);
    return;
  }
  if (line == "OK") return end_reply(std::nullopt);
  if (line == "list_OK") return end_section();
  if (line.starts_with("ACK ")) {
    auto refusal = parse_refusal(line.substr(4));
    if (!refusal) return fail("ACK [code@index] {command} text", line);
    return end_reply(std::move(refusal));
  }
  take_pair(line);
}

void Reader::take_pair(std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == line.npos || colon == 0) return fail("key: value, OK or ACK", line);
  if (++pairs_ > kPairLimit) return fail("an answer of at most 100,000 lines", line);
  Pair pair{std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))};
  if (pair.key == "binary") {
    const auto size = whole_number(pair.value);
    if (!size || *size > kReplyLimit || !section_.binary.empty())
      return fail("the size of a picture's part", line);
    binary_left_ = *size;
    binary_end_ = *size == 0;
  }
  section_.pairs.push_back(std::move(pair));
}

void Reader::end_section() {
  listed_ = true;
  reply_.sections.push_back(std::exchange(section_, {}));
}

void Reader::end_reply(std::optional<Refusal> refusal) {
  if (!refusal && !listed_) end_section();
  reply_.refusal = std::move(refusal);
  ready_.push_back(std::exchange(reply_, {}));
  section_ = {};
  listed_ = false;
  bytes_ = pairs_ = 0;
}

std::optional<Reply> Reader::next() {
  if (ready_.empty()) return std::nullopt;
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

std::optional<std::string> command_line(std::string_view command, const std::vector<std::string>& arguments) {
  std::string line(command);
  for (const std::string& argument : arguments) {
    line += " \"";
    for (const char c : argument) {
      if (c == '\n' || c == '\r' || c == '\0') return std::nullopt;
      if (c == '"' || c == '\\') line += '\\';
      line += c;
    }
    line += '"';
  }
  return line;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = character_size(text.substr(at));
    if (out.size() + std::max<std::size_t>(size, 1) > limit) break;
    const unsigned char first = byte(text[at]);
    if (size == 0 || first < 0x20 || first == 0x7F) {
      out += size == 0 ? '?' : ' ';
    } else {
      out += text.substr(at, size);
    }
    at += std::max<std::size_t>(size, 1);
  }
  return at < text.size() ? out + "…" : out;
}

}  // namespace gable::mpd
