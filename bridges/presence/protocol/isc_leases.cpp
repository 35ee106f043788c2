#include "protocol/isc_leases.hpp"

#include <charconv>
#include <chrono>
#include <map>
#include <utility>

namespace gable::presence {

namespace {

constexpr std::size_t kWordLimit = 1024;
constexpr int kDepthLimit = 8;

struct Word {
  std::string text;
  bool quoted = false;
  [[nodiscard]] bool is(std::string_view other) const { return !quoted && text == other; }
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Words, quoted texts and the signs ; { } one after the other; # begins a comment.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  // Nothing at the end.
  std::optional<Word> next() {
    skip_space();
    if (rest_.empty()) return std::nullopt;
    if (rest_.front() == '"') return quoted();
    if (is_sign(rest_.front())) {
      const Word sign{std::string(1, rest_.front()), false};
      rest_.remove_prefix(1);
      return sign;
    }
    std::size_t end = 0;
    while (end < rest_.size() && !is_space(rest_[end]) && !is_sign(rest_[end]) && rest_[end] != '"') ++end;
    Word word{std::string(rest_.substr(0, std::min(end, kWordLimit))), false};
    rest_.remove_prefix(end);
    return word;
  }

 private:
  static bool is_sign(char c) { return c == ';' || c == '{' || c == '}'; }

  void skip_space() {
    while (!rest_.empty() && (is_space(rest_.front()) || rest_.front() == '#')) {
      if (rest_.front() == '#') rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      if (!rest_.empty()) rest_.remove_prefix(1);
    }
  }

  // dhcpd writes bytes that are no letters as a backslash and three octal digits.
  Word quoted() {
    Word word{{}, true};
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_.front() != '"') {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\\') c = escaped();
      if (word.text.size() < kWordLimit) word.text += c;
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return word;
  }

  char escaped() {
    unsigned value = 0;
    std::size_t digits = 0;
    while (digits < 3 && digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '7') {
      value = value * 8 + static_cast<unsigned>(rest_[digits++] - '0');
    }
    if (digits > 0) {
      rest_.remove_prefix(digits);
      return static_cast<char>(value & 0xFFU);
    }
    const char c = rest_.empty() ? '\\' : rest_.front();
    if (!rest_.empty()) rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
};

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    if (!out.empty()) out += ':';
    out += kDigits[static_cast<unsigned char>(c) >> 4U];
    out += kDigits[static_cast<unsigned char>(c) & 0xFU];
  }
  return out;
}

// The numbers of "2026/11/22" or "15:04:05".
std::optional<std::array<int, 3>> three_numbers(std::string_view text, char between) {
  std::array<int, 3> out{};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i > 0 && (at == end || *at++ != between)) return std::nullopt;
    const auto done = std::from_chars(at, end, out[i]);
    if (done.ec != std::errc() || out[i] < 0) return std::nullopt;
    at = done.ptr;
  }
  if (at != end) return std::nullopt;
  return out;
}

// "never", "epoch 1795316731", or weekday, date and time of day in UTC.
std::optional<std::int64_t> moment(const std::vector<Word>& words) {
  if (words.size() == 2 && words[1].is("never")) return 0;
  if (words.size() == 3 && words[1].is("epoch")) {
    std::int64_t value = 0;
    const std::string& text = words[2].text;
    const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
    if (done.ec != std::errc() || value < 0) return std::nullopt;
    return value;
  }
  if (words.size() != 4) return std::nullopt;
  const auto date = three_numbers(words[2].text, '/');
  const auto time = three_numbers(words[3].text, ':');
  if (!date || !time || (*date)[0] < 1970 || (*date)[0] > 9999) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year((*date)[0]),
                                        std::chrono::month(static_cast<unsigned>((*date)[1])),
                                        std::chrono::day(static_cast<unsigned>((*date)[2]))};
  if (!day.ok() || (*time)[0] > 23 || (*time)[1] > 59 || (*time)[2] > 60) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return days * 86'400 + (*time)[0] * 3'600 + (*time)[1] * 60 + (*time)[2];
}

struct Block {
  Lease lease;
  bool active = true;  // a server without failover does not say
  bool sound = true;
};

void take_statement(const std::vector<Word>& words, Block& block) {
  if (words.size() < 2) return;
  if (words[0].is("ends")) {
    const auto ends = moment(words);
    if (ends) block.lease.expires = *ends;
    block.sound = block.sound && ends.has_value();
  } else if (words[0].is("binding") && words.size() == 3 && words[1].is("state")) {
    block.active = words[2].is("active");
  } else if (words[0].is("hardware") && words.size() == 3 && words[1].is("ethernet")) {
    block.lease.mac = parse_mac(words[2].text);
  } else if (words[0].is("client-hostname")) {
    block.lease.host_name = normal_host_name(words[1].text);
  } else if (words[0].is("uid")) {
    block.lease.client_id = normal_client_id(words[1].quoted ? hexadecimal(words[1].text) : words[1].text);
  }
}

// What stands between { and its }; false when the text ends before.
bool read_block(Words& words, Block& block) {
  std::vector<Word> statement;
  int depth = 1;
  while (auto word = words.next()) {
    if (word->is("{")) {
      if (++depth > kDepthLimit) return false;
      statement.clear();
    } else if (word->is("}")) {
      if (--depth == 0) return true;
    } else if (word->is(";")) {
      if (depth == 1) take_statement(statement, block);
      statement.clear();
    } else if (statement.size() < 16) {
      statement.push_back(std::move(*word));
    }
  }
  return false;
}

}  // namespace

LeaseReading read_isc_leases(std::string_view content) {
  LeaseReading reading;
  std::map<Ip, Lease> last;
  Words words(content);
  std::vector<Word> before;  // of this statement
  while (auto word = words.next()) {
    if (word->is(";") || word->is("}")) {
      before.clear();
      continue;
    }
    if (!word->is("{")) {
      if (before.size() < 16) before.push_back(std::move(*word));
      continue;
    }
    const bool is_lease = before.size() == 2 && before[0].is("lease");
    const auto ip = is_lease ? parse_ip(before[1].text) : std::nullopt;
    before.clear();
    Block block;
    const bool whole = read_block(words, block);
    if (!is_lease) continue;
    if (!ip || !whole || !block.sound) {
      ++reading.refused;
      continue;
    }
    block.lease.ip = *ip;
    last.erase(*ip);
    if (block.active && last.size() < kLeaseLimit) last.emplace(*ip, std::move(block.lease));
  }
  for (auto& [ip, lease] : last) reading.leases.push_back(std::move(lease));
  return reading;
}

}  // namespace gable::presence
