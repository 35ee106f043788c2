// trace: the runs of a rule, and the triggers that did not become one.
#include "app/journal_parts.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

constexpr std::int64_t kDefaultRuns = 10;

}  // namespace

Answer trace(const JournalReader& reader, const wire::Object& arguments, wire::Time now) {
  const std::string rule = text_of(arguments, "rule");
  wire::Object wish = arguments;
  if (!wish.contains("limit")) wish.set("limit", kDefaultRuns);
  auto query = query_of(wish, now);
  if (!query) return query.error();
  query->texts = {quoted("k", "trace"), quoted("rule", rule)};
  if (const wire::Value* run = arguments.find("run"); run != nullptr && run->as_int() != nullptr)
    query->texts.push_back("\"run\":" + std::to_string(*run->as_int()) + ",");
  query->newest_first = true;
  wire::List lines;
  std::size_t bytes = 0;
  const auto scan = reader.scan(*query, [&](std::string_view line) {
    auto object = wire::parse_object(line, wire::kDocumentLimits);
    if (object) lines.emplace_back(std::move(*object));
    bytes += line.size();
    return bytes < kAnswerBytes;
  });
  if (!scan) return scan.error();
  // It is in no file, and the journal has never heard of it either.
  if (const std::string why = text_of(arguments, "unknown"); lines.empty() && !why.empty())
    return wire::Error{wire::ErrorCode::unknown_entity, why, ""};
  wire::Object answer{{"rule", rule}, {"traces", std::move(lines)}, {"more", scan->more}};
  if (const wire::Value* present = arguments.find("now")) answer.append("now", *present);
  return wire::Value(std::move(answer));
}

}  // namespace gable::hub
