#include "engine/triggers/board.hpp"

#include <algorithm>

#include "engine/triggers/watch.hpp"
#include "template/house/state_object.hpp"
#include "wire/topic.hpp"

namespace gable::rules {

namespace {

constexpr std::string_view kEveryEvent = "*";
constexpr std::string_view kShared = "$share/";

bool is_pattern(std::string_view filter) {
  return filter.find_first_of("+#") != filter.npos || filter.starts_with(kShared);
}

// What a filter is compared with: of "$share/group/filter" the last part (MQTT 5, 4.8.2).
std::string_view compared(std::string_view filter) {
  if (!filter.starts_with(kShared)) return filter;
  const std::size_t slash = filter.find('/', kShared.size());
  return slash == filter.npos ? std::string_view() : filter.substr(slash + 1);
}

void sort_once(Watches& watches) {
  if (watches.size() < 2) return;
  std::sort(watches.begin(), watches.end(), [](const auto& a, const auto& b) {
    return a->order() != b->order() ? a->order() < b->order() : a.get() < b.get();
  });
  watches.erase(std::unique(watches.begin(), watches.end()), watches.end());
}

}  // namespace

void Board::add(Subject subject, std::string_view name, std::shared_ptr<Watch> watch) {
  Index& index = indexes_[static_cast<std::size_t>(subject)];
  const auto [entry, is_new] = index.try_emplace(std::string(name));
  entry->second.push_back(std::move(watch));
  if (subject != Subject::topic || !is_new) return;
  if (is_pattern(name)) wildcards_.emplace_back(name);
  surroundings_.subscribe(std::string(name));
}

void Board::remove(Subject subject, std::string_view name, const Watch& watch) {
  Index& index = indexes_[static_cast<std::size_t>(subject)];
  const auto entry = index.find(name);
  if (entry == index.end()) return;
  std::erase_if(entry->second, [&watch](const auto& each) { return each.get() == &watch; });
  if (!entry->second.empty()) return;
  index.erase(entry);
  if (subject != Subject::topic) return;
  std::erase(wildcards_, name);
  surroundings_.unsubscribe(std::string(name));
}

bool Board::any(Subject subject, std::string_view name) const {
  return index(subject).find(name) != index(subject).end();
}

void Board::collect(Subject subject, std::string_view name, Watches& out) const {
  const Index& all = index(subject);
  if (all.empty()) return;
  const auto entry = all.find(name);
  if (entry != all.end()) out.insert(out.end(), entry->second.begin(), entry->second.end());
}

Watches Board::listeners(Subject subject, std::string_view name) const {
  Watches out;
  collect(subject, name, out);
  sort_once(out);
  return out;
}

Watches Board::listeners_of_entity(std::string_view entity) const {
  Watches out;
  collect(Subject::entity, entity, out);
  if (any(Subject::domain)) collect(Subject::domain, jinja::domain_of(entity), out);
  collect(Subject::states, {}, out);
  sort_once(out);
  return out;
}

Watches Board::listeners_of_event(std::string_view type) const {
  Watches out;
  collect(Subject::event, type, out);
  collect(Subject::event, kEveryEvent, out);
  sort_once(out);
  return out;
}

Watches Board::listeners_of_topic(std::string_view topic) const {
  Watches out;
  collect(Subject::topic, topic, out);
  for (const std::string& filter : wildcards_) {
    if (wire::topic_matches(compared(filter), topic)) collect(Subject::topic, filter, out);
  }
  sort_once(out);
  return out;
}

}  // namespace gable::rules
