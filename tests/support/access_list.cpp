#include "support/access_list.hpp"

#include <optional>
#include <stdexcept>

#include "wire/topic.hpp"

namespace gable::test {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Cuts the first word off `rest`.
std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest = trimmed(rest.substr(end));
  return word;
}

// Nothing when a pattern names what this client has not.
std::optional<std::string> filled(std::string filter, std::string_view user, std::string_view client_id) {
  for (const auto& [mark, value] : {std::pair{"%u", user}, std::pair{"%c", client_id}}) {
    for (auto at = filter.find(mark); at != std::string::npos; at = filter.find(mark, at + value.size())) {
      if (value.empty()) return std::nullopt;
      filter.replace(at, 2, value);
    }
  }
  return filter;
}

}  // namespace

AccessList::AccessList(std::string_view text) {
  std::string user;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.front() != '#') add_line(line, user);
  }
}

void AccessList::add_line(std::string_view line, std::string& user) {
  auto rest = line;
  const auto kind = take_word(rest);
  if (kind == "user") {
    user = rest;
    return;
  }
  if (kind != "topic" && kind != "pattern") throw std::invalid_argument("ACL: " + std::string(line));
  Rule rule{kind == "pattern", user, Access::readwrite, {}};
  auto filter = rest;
  const auto access = take_word(filter);
  if (access == "read")
    rule.access = Access::read;
  else if (access == "write")
    rule.access = Access::write;
  else if (access == "deny")
    rule.access = Access::deny;
  else if (access != "readwrite")
    filter = rest;
  rule.filter = filter;
  rules_.push_back(std::move(rule));
}

bool AccessList::allows(bool write, std::string_view user, std::string_view client_id,
                        std::string_view topic) const {
  bool granted = false;
  for (const auto& rule : rules_) {
    if (!rule.pattern && rule.user != user) continue;
    const auto filter = rule.pattern ? filled(rule.filter, user, client_id) : rule.filter;
    if (!filter || !wire::topic_matches(*filter, topic)) continue;
    if (rule.access == Access::deny) return false;
    granted = granted || rule.access == Access::readwrite || (rule.access == Access::write) == write;
  }
  return granted;
}

bool AccessList::may_read(std::string_view user, std::string_view client_id, std::string_view topic) const {
  return allows(false, user, client_id, topic);
}

bool AccessList::may_write(std::string_view user, std::string_view client_id, std::string_view topic) const {
  return allows(true, user, client_id, topic);
}

}  // namespace gable::test
