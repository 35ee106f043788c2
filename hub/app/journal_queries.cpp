#include "app/journal_queries.hpp"

#include <algorithm>

#include "app/journal_parts.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Object;
using wire::Time;
using wire::Value;

Answer history(const JournalReader& reader, const Object& arguments, Time now) {
  auto query = query_of(arguments, now);
  if (!query) return query.error();
  const std::string entity = text_of(arguments, "entity");
  if (entity.empty())
    return wire::Error{wire::ErrorCode::malformed, R"(expected {"entity":"light.x"})", "entity"};
  query->texts.push_back(quoted("k", "change"));
  wire::List points;
  std::size_t bytes = 0;
  // Newest first: when not all fit, the latest are wanted.
  const auto scan = scan_entity(reader, *query, entity, [&](std::string_view line) {
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
  return Value(Object{{"entity", entity}, {"points", std::move(points)}, {"more", scan->more}});
}

Answer logbook(const JournalReader& reader, const Object& arguments, Time now) {
  auto query = query_of(arguments, now);
  if (!query) return query.error();
  wire::List lines;
  std::size_t bytes = 0;
  const auto scan = scan_entity(reader, *query, text_of(arguments, "entity"), [&](std::string_view line) {
    auto object = wire::parse_object(line);
    if (object) lines.emplace_back(std::move(*object));
    bytes += line.size();
    return bytes < kAnswerBytes;
  });
  if (!scan) return scan.error();
  return Value(Object{{"lines", std::move(lines)}, {"more", scan->more}});
}

}  // namespace

bool is_journal_query(std::string_view method) {
  return method == "history" || method == "logbook" || method == "why" || method == "trace" ||
         method == "shadow";
}

std::span<const std::string_view> request_names() {
  static constexpr std::string_view kNames[] = {"bridges",  "customize", "enforce", "entities",  "forget",
                                                "history",  "house",     "logbook", "problems",  "refresh",
                                                "reload",   "rename",    "rules",   "rule_text", "shadow",
                                                "snapshot", "template",  "trace",   "why"};
  return kNames;
}

Answer journal_query(const JournalReader& reader, const EdgeRequest& request, Time now) {
  if (request.method == "history") return history(reader, request.arguments, now);
  if (request.method == "logbook") return logbook(reader, request.arguments, now);
  if (request.method == "trace") return trace(reader, request.arguments, now);
  if (request.method == "shadow") return shadow(reader, request.arguments, now);
  return why(reader, request.arguments);
}

}  // namespace gable::hub
