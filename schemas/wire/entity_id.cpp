// Entity ids, device ids and Home Assistant's slugs. Pure; any thread.
#include "wire/entity_id.hpp"

#include <algorithm>
#include <array>

namespace gable::wire {

namespace {

constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestDomain = 64;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_object_id(char c) { return is_lower(c) || is_digit(c) || c == '_'; }

// What a letter becomes in a slug, already in lower case, for U+00A0 to U+017F (Latin-1 Supplement and Latin
// Extended-A), sixteen to a row. A space separates; "" vanishes.
constexpr char32_t kFirstFolded = 0xA0;
// clang-format off
constexpr std::array<std::string_view, 0x180 - 0xA0> kFolded{
    " ", " ", "c ", "ps", " ", "y ", " ", "ss", " ", " c ", "a", " ", " ", "", " r ", " ",  // U+00A0
    "deg", " ", "2", "3", " ", "u", "p", " ", " ", "1", "o", " ", "1 4", "1 2", "3 4", " ",  // U+00B0
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  // U+00C0
    "d", "n", "o", "o", "o", "o", "o", "x", "o", "u", "u", "u", "u", "y", "th", "ss",  // U+00D0
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  // U+00E0
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y",  // U+00F0
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",  // U+0100
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",  // U+0110
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",  // U+0120
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",  // U+0130
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "ng", "ng", "o", "o", "o", "o",  // U+0140
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",  // U+0150
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",  // U+0160
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s"};  // U+0170
// clang-format on

// The next code point of `text`, which is shortened by it. Broken UTF-8 gives U+FFFD, one byte at a time.
char32_t take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  char32_t code = size == 1 ? lead : lead & (0x7FU >> size);
  bool valid = size != 0 && size <= text.size();
  for (std::size_t i = 1; valid && i < size; ++i) {
    valid = (byte(i) & 0xC0U) == 0x80U;
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  text.remove_prefix(valid ? size : 1);
  return valid ? code : U'\uFFFD';
}

// Letters and digits of `code` in lower case; " " separates.
std::string_view folded(char32_t code) {
  if (code >= kFirstFolded && code < kFirstFolded + kFolded.size()) return kFolded[code - kFirstFolded];
  if (code >= 0x300 && code < 0x370) return "";                      // combining accents of decomposed text
  if (code == 0x2018 || code == 0x2019 || code == 0x2BC) return "";  // typographic apostrophes
  return " ";
}

// Collects a slug: runs of separators become one `_`, none at either end.
class SlugWriter {
 public:
  void add(char c) {
    if (!is_lower(c) && !is_digit(c)) {
      separate_ = true;
      return;
    }
    if (separate_ && !slug_.empty()) slug_ += '_';
    separate_ = false;
    slug_ += c;
  }

  std::string take() {
    if (slug_.size() > kLongestId) slug_.resize(kLongestId);
    while (!slug_.empty() && slug_.back() == '_') slug_.pop_back();
    return slug_.empty() ? "unknown" : std::move(slug_);
  }

 private:
  std::string slug_;
  bool separate_ = false;
};

}  // namespace

EntityId::EntityId(std::string_view domain, std::string_view object_id) : dot_(domain.size()) {
  text_.reserve(domain.size() + 1 + object_id.size());
  text_.append(domain).append(1, '.').append(object_id);
}

Result<EntityId> EntityId::parse(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || !valid_domain(text.substr(0, dot)) ||
      !valid_object_id(text.substr(dot + 1))) {
    return Error{ErrorCode::malformed, "not an entity id: expected <domain>.<object_id> of a-z 0-9 _", ""};
  }
  return EntityId(text.substr(0, dot), text.substr(dot + 1));
}

bool valid_domain(std::string_view text) {
  return !text.empty() && text.size() <= kLongestDomain && is_lower(text.front()) &&
         std::all_of(text.begin(), text.end(), is_object_id);
}

bool valid_object_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && std::all_of(text.begin(), text.end(), is_object_id);
}

bool valid_device_id(std::string_view text) {
  const auto allowed = [](char c) {
    return is_object_id(c) || is_upper(c) || c == '.' || c == ':' || c == '-';
  };
  return !text.empty() && text.size() <= kLongestId && std::all_of(text.begin(), text.end(), allowed);
}

std::string slugify(std::string_view name) {
  SlugWriter writer;
  char before = ' ';
  while (!name.empty()) {
    const char first = name.front();
    const char32_t code = take_code_point(name);
    // "1,000" is one number.
    const bool inside_number = code == ',' && is_digit(before) && !name.empty() && is_digit(name.front());
    before = first;
    if (inside_number) continue;
    if (code < 0x80) {
      writer.add(is_upper(first) ? static_cast<char>(first - 'A' + 'a') : first);
      continue;
    }
    for (const char c : folded(code)) writer.add(c);
  }
  return writer.take();
}

}  // namespace gable::wire
