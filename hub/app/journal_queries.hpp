#pragma once
// history, logbook, why, trace and shadow, answered from the journal. Any thread.

#include <span>
#include <string_view>

#include "app/journal_reader.hpp"
#include "core/effects.hpp"
#include "wire/domains.hpp"

namespace gable::hub {

[[nodiscard]] bool is_journal_query(std::string_view method);
// Every request that the hub knows, for "did you mean".
[[nodiscard]] std::span<const std::string_view> request_names();

// history {"entity","from","to","limit"} → {"entity","points":[{"t","state","a"}],"more"}: the latest
// `limit`,
//         oldest first
// logbook {"entity","from","to","limit"} → {"lines":[…],"more"}: the journal's lines, newest first
// why     {"entity"} → {"entity","chain":[…]}: its last change, then what led to it: commands, runs of rules
//         (k trace), the changes that triggered them
// trace   {"rule","from","to","limit","run"} → {"rule","traces":[…],"more","now"}: newest first
// shadow  {"rule","from","to"} → {"rules":[…],"differences":[…]}: what rules in shadow decided, and what
// happened `from` and `to`: RFC 3339, or "-24h", "-30m", "-7d" before `now`. Errors: malformed,
// unknown_entity.
[[nodiscard]] wire::Result<wire::Value> journal_query(const JournalReader& reader, const EdgeRequest& request,
                                                      Time now);

}  // namespace gable::hub
