#include "gable/replay_hub.hpp"

#include <algorithm>

#include "gable/client.hpp"
#include "gable/entity_text.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kJournalPatience{30'000};
constexpr double kPage = 20'000;  // lines; the hub also bounds the bytes of an answer

struct Page {
  std::vector<std::string> lines;  // newest first
  std::string oldest;              // time of the last of them
  bool more = false;
};

wire::Result<Page> page_of(Client& client, wire::Time from, wire::Time to) {
  const auto answer = client.request(
      "logbook", {{"from", wire::format_time(from)}, {"to", wire::format_time(to)}, {"limit", kPage}},
      kJournalPatience);
  if (!answer) return answer.error();
  Page page;
  const wire::Object* object = answer->as_object();
  const wire::Value* lines = object == nullptr ? nullptr : object->find("lines");
  if (lines == nullptr || lines->as_list() == nullptr)
    return wire::Error{wire::ErrorCode::malformed, "the hub's answer has no lines", ""};
  for (const wire::Value& line : *lines->as_list()) {
    if (line.as_object() == nullptr) continue;
    page.oldest = text_at(*line.as_object(), "t");
    page.lines.push_back(wire::to_json(line));
  }
  const wire::Value* more = object->find("more");
  page.more = more != nullptr && more->bool_or(false);
  return page;
}

// Of the oldest moment of a page there may be more lines on the next one: all of them come from there.
void drop_oldest(Page& page) {
  const std::string begin = R"({"t":")" + page.oldest + '"';
  while (!page.lines.empty() && page.lines.back().starts_with(begin)) page.lines.pop_back();
}

wire::Result<std::map<std::string, KnownState>> entities_today(Client& client) {
  const auto rows = client.entities({});
  if (!rows) return rows.error();
  std::map<std::string, KnownState> out;
  for (const wire::Value& each : *rows) {
    if (each.as_object() == nullptr) continue;
    const wire::Object& row = *each.as_object();
    KnownState& state = out[text_at(row, "entity_id")];
    state.state = text_at(row, "state");
    const wire::Value* attributes = row.find("attributes");
    if (attributes != nullptr && attributes->as_object() != nullptr)
      state.attributes = *attributes->as_object();
    if (const auto since = wire::parse_time(text_at(row, "last_changed"))) state.since = *since;
  }
  return out;
}

}  // namespace

wire::Result<HubStretch> stretch_of_hub(const Context& context, wire::Time from, wire::Time to) {
  auto client = Client::open(context);
  if (!client) return client.error();
  HubStretch out;
  for (bool more = true; more;) {
    auto page = page_of(**client, from, to);
    if (!page) return page.error();
    more = page->more;
    if (more) {
      drop_oldest(*page);
      const auto oldest = wire::parse_time(page->oldest);
      if (page->lines.empty() || !oldest)
        return wire::Error{wire::ErrorCode::too_large,
                           "the hub hands out only a part of what happened at " + page->oldest +
                               "; give the files of its journal instead",
                           ""};
      to = *oldest + wire::Duration(1);
    }
    out.lines.insert(out.lines.end(), std::make_move_iterator(page->lines.begin()),
                     std::make_move_iterator(page->lines.end()));
  }
  std::reverse(out.lines.begin(), out.lines.end());
  auto today = entities_today(**client);
  if (!today) return today.error();
  out.today = std::move(*today);
  return out;
}

}  // namespace gable::cli
