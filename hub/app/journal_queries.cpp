#include "app/journal_queries.hpp"

#include <algorithm>
#include <charconv>

#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::Object;
using wire::Value;
using Answer = wire::Result<Value>;

constexpr std::size_t kAnswerBytes = 200 * 1024;
constexpr std::size_t kDefaultLimit = 1'000;
constexpr std::size_t kChain = 16;

std::string text_of(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

// "-24h" → 24 hours before now.
wire::Result<std::optional<Time>> moment(const Object& arguments, std::string_view key, Time now) {
  const std::string text = text_of(arguments, key);
  if (text.empty()) return std::optional<Time>();
  if (const auto time = wire::parse_time(text)) return std::optional(*time);
  long long count = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + 1, end, count);
  if (text[0] == '-' && error == std::errc() && rest + 1 == end && count >= 0 && count < 1'000'000) {
    constexpr std::string_view kUnits = "smhd";
    constexpr long long kSeconds[] = {1, 60, 3600, 86'400};
    if (const auto unit = kUnits.find(*rest); unit != std::string_view::npos) {
      return std::optional(now - std::chrono::seconds(count * kSeconds[unit]));
    }
  }
  return Error{ErrorCode::malformed,
               "expected a time such as 2026-11-22T07:30:00Z or -24h, found '" + text + "'",
               std::string(key)};
}

std::string quoted(std::string_view key, std::string_view value) {
  std::string out = "\"" + std::string(key) + "\":";
  wire::append_json_string(value, out);
  return out;
}

wire::Result<JournalQuery> query_of(const Object& arguments, Time now) {
  JournalQuery query;
  const auto from = moment(arguments, "from", now);
  if (!from) return from.error();
  const auto to = moment(arguments, "to", now);
  if (!to) return to.error();
  query.from = *from;
  query.to = *to;
  if (const Value* limit = arguments.find("limit")) {
    query.limit = static_cast<std::size_t>(std::clamp(limit->number_or(kDefaultLimit), 1.0, 100'000.0));
  }
  if (const std::string entity = text_of(arguments, "entity"); !entity.empty()) {
    const auto id = wire::EntityId::parse(entity);
    if (!id) return id.error();
    query.texts.push_back(quoted("e", id->text()));
  }
  return query;
}

Answer history(const JournalReader& reader, const Object& arguments, Time now) {
  auto query = query_of(arguments, now);
  if (!query) return query.error();
  if (query->texts.empty()) return Error{ErrorCode::malformed, R"(expected {"entity":"light.x"})", "entity"};
  query->texts.push_back(quoted("k", "change"));
  query->newest_first = true;  // when not all fit, the latest are wanted
  wire::List points;
  std::size_t bytes = 0;
  const auto scan = reader.scan(*query, [&](std::string_view line) {
    const auto object = wire::parse_object(line);
    if (!object) return true;
    Object point;
    for (const auto& [from, to] :
         {std::pair{"t", "t"}, std::pair{"to", "state"}, std::pair{"a", "a"}, std::pair{"by", "by"}}) {
      if (const Value* value = object->find(from)) point.append(to, *value);
    }
    points.emplace_back(std::move(point));
    bytes += line.size();
    return bytes < kAnswerBytes;
  });
  if (!scan) return scan.error();
  std::reverse(points.begin(), points.end());
  return Value(
      Object{{"entity", text_of(arguments, "entity")}, {"points", std::move(points)}, {"more", scan->more}});
}

Answer logbook(const JournalReader& reader, const Object& arguments, Time now) {
  auto query = query_of(arguments, now);
  if (!query) return query.error();
  query->newest_first = true;
  wire::List lines;
  std::size_t bytes = 0;
  const auto scan = reader.scan(*query, [&](std::string_view line) {
    auto object = wire::parse_object(line);
    if (object) lines.emplace_back(std::move(*object));
    bytes += line.size();
    return bytes < kAnswerBytes;
  });
  if (!scan) return scan.error();
  return Value(Object{{"lines", std::move(lines)}, {"more", scan->more}});
}

// The newest line that holds all of `texts`.
std::optional<Object> newest(const JournalReader& reader, std::vector<std::string> texts) {
  JournalQuery query;
  query.texts = std::move(texts);
  query.newest_first = true;
  query.limit = 1;
  std::optional<Object> found;
  const auto scan = reader.scan(query, [&](std::string_view line) {
    if (auto object = wire::parse_object(line)) found = std::move(*object);
    return false;
  });
  return scan ? found : std::nullopt;
}

Answer why(const JournalReader& reader, const Object& arguments) {
  const auto id = wire::EntityId::parse(text_of(arguments, "entity"));
  if (!id) return id.error();
  auto change = newest(reader, {quoted("e", id->text()), quoted("k", "change")});
  if (!change) return Error{ErrorCode::unknown_entity, "the journal holds no change of " + id->text(), ""};
  wire::List chain;
  std::string cause = text_of(*change, "cause");
  chain.emplace_back(std::move(*change));
  while (!cause.empty() && chain.size() < kChain) {
    auto command = newest(reader, {quoted("id", cause), quoted("k", "command")});
    if (!command) break;
    cause = text_of(*command, "cause");
    chain.emplace_back(std::move(*command));
  }
  return Value(Object{{"entity", id->text()}, {"chain", std::move(chain)}});
}

}  // namespace

bool is_journal_query(std::string_view method) {
  return method == "history" || method == "logbook" || method == "why";
}

std::span<const std::string_view> request_names() {
  static constexpr std::string_view kNames[] = {"bridges",  "entities", "forget", "history", "logbook",
                                                "problems", "refresh",  "reload", "rename",  "why"};
  return kNames;
}

Answer journal_query(const JournalReader& reader, const EdgeRequest& request, Time now) {
  if (request.method == "history") return history(reader, request.arguments, now);
  if (request.method == "logbook") return logbook(reader, request.arguments, now);
  return why(reader, request.arguments);
}

}  // namespace gable::hub
