#include "discovery/topics.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::discovery {

namespace {

bool wild(std::string_view filter) { return filter.find_first_of("+#") != std::string_view::npos; }

// The first level, and `text` without it. `more` is false when that was the last.
std::string_view cut(std::string_view& text, bool& more) {
  const auto slash = text.find('/');
  more = slash != std::string_view::npos;
  const std::string_view level = text.substr(0, slash);
  text = more ? text.substr(slash + 1) : std::string_view();
  return level;
}

bool drop(std::vector<Listener>& listeners, Handle entity) {
  std::erase_if(listeners, [entity](const Listener& l) { return l.entity == entity; });
  return listeners.empty();
}

}  // namespace

bool valid_filter(std::string_view filter) {
  if (filter.empty() || filter.size() > 65'535 || !wire::valid_utf8(filter)) return false;
  std::size_t begin = 0;
  while (begin <= filter.size()) {
    const auto end = std::min(filter.find('/', begin), filter.size());
    const std::string_view level = filter.substr(begin, end - begin);
    if (level.find_first_of("+#") != std::string_view::npos && level.size() != 1) return false;
    if (level == "#" && end != filter.size()) return false;
    begin = end + 1;
  }
  return true;
}

Topics::Topics() : wildcards_(std::make_unique<Level>()) {}
Topics::~Topics() = default;

bool Topics::add(std::string_view filter, Listener listener) {
  if (!wild(filter)) {
    auto found = exact_.find(filter);
    if (found == exact_.end()) found = exact_.emplace(std::string(filter), std::vector<Listener>()).first;
    found->second.push_back(listener);
    return found->second.size() == 1;
  }
  Level* level = wildcards_.get();
  for (bool more = true; more;) {
    const std::string_view name = cut(filter, more);
    if (name == "#") {
      level->rest.push_back(listener);
      return level->rest.size() == 1;
    }
    auto& below = level->below[std::string(name)];
    if (!below) below = std::make_unique<Level>();
    level = below.get();
  }
  level->here.push_back(listener);
  return level->here.size() == 1;
}

bool Topics::remove(std::string_view filter, Handle entity) {
  if (wild(filter)) return remove_below(*wildcards_, filter, entity);
  const auto found = exact_.find(filter);
  if (found == exact_.end() || !drop(found->second, entity)) return false;
  exact_.erase(found);
  return true;
}

// Levels that nobody needs any more go with the last listener.
bool Topics::remove_below(Level& level, std::string_view filter, Handle entity) {
  bool more = false;
  const std::string_view name = cut(filter, more);
  if (name == "#") return !level.rest.empty() && drop(level.rest, entity);
  const auto found = level.below.find(name);
  if (found == level.below.end()) return false;
  Level& below = *found->second;
  const bool gone =
      more ? remove_below(below, filter, entity) : !below.here.empty() && drop(below.here, entity);
  if (below.empty()) level.below.erase(found);
  return gone;
}

// MQTT 5, 4.7: `#` takes the parent level too; no wildcard takes a first level that begins with `$`.
void Topics::collect(const Level& level, std::string_view topic, bool first, std::vector<Listener>& out) {
  const bool system = first && topic.starts_with('$');
  if (!system) out.insert(out.end(), level.rest.begin(), level.rest.end());
  bool more = false;
  const std::string_view name = cut(topic, more);
  const auto step = [&](std::string_view key) {
    const auto found = level.below.find(key);
    if (found == level.below.end()) return;
    if (more) return collect(*found->second, topic, false, out);
    out.insert(out.end(), found->second->here.begin(), found->second->here.end());
    out.insert(out.end(), found->second->rest.begin(), found->second->rest.end());
  };
  step(name);
  if (!system && name != "+") step("+");
}

void Topics::find(std::string_view topic, std::vector<Listener>& out) const {
  const auto found = exact_.find(topic);
  if (found != exact_.end()) out.insert(out.end(), found->second.begin(), found->second.end());
  if (!wildcards_->empty()) collect(*wildcards_, topic, true, out);
}

}  // namespace gable::discovery
