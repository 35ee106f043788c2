#pragma once
// What the questions to the journal share: their arguments, and how a line is looked for. Used by
// journal_*.cpp only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/journal_reader.hpp"
#include "wire/value.hpp"

namespace gable::hub {

using Answer = wire::Result<wire::Value>;

inline constexpr std::size_t kAnswerBytes = 200 * 1024;

// Empty when it is missing or no text.
std::string text_of(const wire::Object& object, std::string_view key);
// Null when it is missing or no object.
const wire::Object* object_of(const wire::Object& object, std::string_view key);

// As it stands in a line: "key":"value".
std::string quoted(std::string_view key, std::string_view value);

// from, to and limit of a request. Errors: malformed.
wire::Result<JournalQuery> query_of(const wire::Object& arguments, wire::Time now);

// The lines that `query` asks for, newest first, of an entity under every name that it has had. Empty: of
// all. Errors: malformed (no entity id), failed.
wire::Result<JournalScan> scan_entity(const JournalReader& reader, JournalQuery query, std::string entity,
                                      const JournalReader::Line& line);

// The newest line before `to`, and not before `from`, that holds all of `texts`.
std::optional<wire::Object> newest(const JournalReader& reader, std::vector<std::string> texts,
                                   std::optional<wire::Time> to = std::nullopt,
                                   std::optional<wire::Time> from = std::nullopt);

Answer why(const JournalReader& reader, const wire::Object& arguments);
Answer trace(const JournalReader& reader, const wire::Object& arguments, wire::Time now);
Answer shadow(const JournalReader& reader, const wire::Object& arguments, wire::Time now);

}  // namespace gable::hub
