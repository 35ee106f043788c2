#include "app/journal_parts.hpp"

#include <algorithm>
#include <charconv>

#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::Object;
using wire::Time;
using wire::Value;

constexpr std::size_t kDefaultLimit = 1'000;
constexpr std::size_t kNames = 8;  // of one entity that are gone back through

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

}  // namespace

std::string text_of(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

const Object* object_of(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? nullptr : value->as_object();
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
  query.limit = kDefaultLimit;
  if (const Value* limit = arguments.find("limit")) {
    query.limit = static_cast<std::size_t>(std::clamp(limit->number_or(kDefaultLimit), 1.0, 100'000.0));
  }
  return query;
}

wire::Result<JournalScan> scan_entity(const JournalReader& reader, JournalQuery query, std::string entity,
                                      const JournalReader::Line& line) {
  query.newest_first = true;
  if (entity.empty()) return reader.scan(query, line);
  const auto id = wire::EntityId::parse(entity);
  if (!id) return id.error();
  JournalScan all;
  query.texts.emplace_back();
  for (std::size_t names = 0; names < kNames; ++names) {
    query.texts.back() = quoted("e", entity);
    const auto scan = reader.scan(query, line);
    if (!scan) return scan.error();
    all.lines += scan->lines;
    all.more = scan->more;
    query.limit -= scan->lines;
    if (all.more) break;
    const auto renamed = newest(reader, {quoted("k", "rename"), quoted("to", entity)}, query.to);
    const auto at = renamed ? wire::parse_time(text_of(*renamed, "t")) : std::nullopt;
    if (!at || (query.from && *at < *query.from)) break;
    query.to = *at;
    entity = text_of(*renamed, "e");
  }
  return all;
}

std::optional<Object> newest(const JournalReader& reader, std::vector<std::string> texts,
                             std::optional<Time> to, std::optional<Time> from) {
  JournalQuery query;
  query.from = from;
  query.to = to;
  query.texts = std::move(texts);
  query.newest_first = true;
  query.limit = 1;
  std::optional<Object> found;
  const auto scan = reader.scan(query, [&](std::string_view line) {
    if (auto object = wire::parse_object(line, wire::kDocumentLimits)) found = std::move(*object);
    return false;
  });
  return scan ? found : std::nullopt;
}

}  // namespace gable::hub
