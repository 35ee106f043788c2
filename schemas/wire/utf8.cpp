#include "wire/utf8.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::wire {

namespace {

// A further byte of a character: 10xxxxxx (RFC 3629, 3).
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::string shortened(std::string_view text, std::size_t bytes) {
  std::string out(utf8_prefix(text, bytes));
  if (out.size() < text.size()) out += "…";
  return out;
}

std::string_view utf8_start(std::string_view text) {
  while (!valid_utf8(text)) text.remove_suffix(1);
  return text;
}

std::string mended_utf8(std::string text) {
  if (valid_utf8(text)) return text;
  const std::string_view all = text;
  std::string out;
  for (std::size_t at = 0; at < all.size();) {
    const auto lead = static_cast<unsigned char>(all[at]);
    const std::size_t size = lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    const std::string_view character = all.substr(at, size);
    const bool whole = character.size() == size && valid_utf8(character);
    out += whole ? character : "\xEF\xBF\xBD";
    at += whole ? size : 1;
  }
  return out;
}

std::size_t utf8_length(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

}  // namespace gable::wire
