// Which words are addresses.

#include "template/callables/addresses.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "template/callables/text_pieces.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

// Letters, digits and "_" of any script, and the signs of `more`; from `least` to `most` characters.
bool is_made_of(std::string_view text, std::string_view more, std::size_t least, std::size_t most) {
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size(); ++size) {
    const char32_t c = unicode::next(text, at);
    const bool extra = c < 0x80 && more.find(static_cast<char>(c)) != std::string_view::npos;
    if (!extra && c != '_' && !unicode::is_alnum(c)) return false;
  }
  return size >= least && size <= most;
}

bool is_digits(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_top_domain(std::string_view lower) {
  constexpr std::size_t kMost = 63;
  constexpr std::string_view kForeign = "xn--";
  if (lower.starts_with(kForeign)) return is_made_of(lower.substr(kForeign.size()), "%", 2, kMost - 4);
  return lower.size() >= 2 && lower.size() <= kMost &&
         std::ranges::all_of(lower, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_known_domain(std::string_view lower) {
  constexpr std::array<std::string_view, 8> kDomains{"com", "net", "int", "edu", "gov", "org", "info", "mil"};
  return std::ranges::find(kDomains, lower) != kDomains.end();
}

bool is_number_address(std::string_view host) {
  constexpr std::size_t kGroup = 4;
  if (host.starts_with('[') && host.ends_with(']')) {
    const Pieces groups = split_at(host.substr(1, host.size() - 2), ":", -1);
    return groups.size() > 2 && groups.size() <= 9 && std::ranges::all_of(groups, [](std::string_view group) {
             return group.size() <= kGroup && std::ranges::all_of(group, [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                    });
           });
  }
  const Pieces groups = split_at(host, ".", -1);
  return groups.size() == 4 &&
         std::ranges::all_of(groups, [](std::string_view g) { return is_digits(g, 3); });
}

// Without ":port" at the end.
std::string_view without_port(std::string_view host) {
  constexpr std::size_t kMost = 5;
  const std::size_t colon = host.rfind(':');
  const bool is_port = colon != std::string_view::npos && is_digits(host.substr(colon + 1), kMost);
  return is_port ? host.substr(0, colon) : host;
}

}  // namespace

bool is_web_address(std::string_view word) {
  const std::string lower = unicode::lower(word);
  std::string_view host = lower;
  bool has_scheme = false;
  bool has_prefix = false;
  for (const std::string_view prefix : {"https://", "http://", "www."}) {
    if (!host.starts_with(prefix)) continue;
    host.remove_prefix(prefix.size());
    has_prefix = true;
    has_scheme = prefix.front() == 'h';
    break;
  }
  host = host.substr(0, host.find_first_of("/?#"));
  if (has_scheme && (is_number_address(host) || is_number_address(without_port(host)))) return true;
  Pieces labels = split_at(without_port(host), ".", -1);
  const std::string_view top = labels.back();
  labels.pop_back();
  const auto all_labels = [&labels](std::size_t least, std::size_t most) {
    return std::ranges::all_of(labels, [=](std::string_view l) { return is_made_of(l, "%-", least, most); });
  };
  constexpr std::size_t kLabel = 63;
  if (has_prefix) return is_top_domain(top) && all_labels(1, lower.size());
  return !labels.empty() && is_known_domain(top) && all_labels(2, kLabel);
}

bool is_mail_address(std::string_view word) {
  const std::size_t at = word.rfind('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view domain = word.substr(at + 1);
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  return is_made_of(domain.substr(0, unicode::end_of(domain, 0)), "", 1, 1) &&
         is_made_of(domain.substr(0, dot), ".-", 1, domain.size()) &&
         is_made_of(domain.substr(dot + 1), "", 1, domain.size());
}

bool is_scheme(std::string_view text) {
  for (int slashes = 0; slashes < 2 && text.ends_with('/'); ++slashes) text.remove_suffix(1);
  if (!text.ends_with(':')) return false;
  text.remove_suffix(1);
  return is_made_of(text, ".+-", 2, text.size());
}

}  // namespace gable::rules::jinja
