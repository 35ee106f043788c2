#pragma once
// The other documents of the tree as plain structs, with their decoding and encoding. Unknown keys are
// ignored; a wrong type is an error that names the key. Times that cannot be read are errors too.

#include <optional>
#include <string>
#include <vector>

#include "wire/result_type.hpp"
#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::wire {

// bridge/<b>/status and hub/status: birth and last will are this one document.
enum class ParticipantStatus { starting, online, degraded, offline };
std::string_view to_string(ParticipantStatus status);

struct StatusDoc {
  ParticipantStatus status = ParticipantStatus::offline;
  std::string session;  // new for every process start
  std::optional<Time> since;
  std::string reason;  // for degraded and offline
};
Result<StatusDoc> decode_status(const Object& document);
Object encode(const StatusDoc& doc);

inline constexpr std::string_view kBridgeSchema = "bridge/1";

// bridge/<b>/info and hub/info
struct InfoDoc {
  std::string program, version, protocol;
  std::string schema = std::string(kBridgeSchema);
  Object extra;  // anything else worth saying; keys at the top level
};
Result<InfoDoc> decode_info(const Object& document);
Object encode(const InfoDoc& doc);

// bridge/<b>/inventory: every device the bridge has. `complete` is false while it is still finding them.
struct InventoryDoc {
  std::int64_t rev = 0;
  bool complete = false;
  std::vector<std::string> devices;
};
Result<InventoryDoc> decode_inventory(const Object& document);
Object encode(const InventoryDoc& doc);

// bridge/<b>/link/<device>
enum class LinkStatus { online, offline, sleeping };
std::string_view to_string(LinkStatus status);
struct LinkDoc {
  LinkStatus status = LinkStatus::online;
  std::string reason;
  std::optional<Time> last_seen;
  std::optional<double> signal;   // dBm
  std::optional<double> battery;  // %
};
Result<LinkDoc> decode_link(const Object& document);
Object encode(const LinkDoc& doc);

// result/<domain>/<object_id> and bridge/<b>/result/<device>
enum class CommandStatus { accepted, done, failed, rejected, timeout, superseded, expired };
std::string_view to_string(CommandStatus status);
constexpr bool is_final(CommandStatus status) { return status != CommandStatus::accepted; }
struct ResultDoc {
  std::string id;
  CommandStatus status = CommandStatus::done;
  std::optional<ErrorCode> code;
  std::string reason;
  std::string
      entity;  // key of the entity within its device, or entity id when answering for an area; may be empty
  std::optional<Duration> took;
  std::optional<Time> at;
};
Result<ResultDoc> decode_result(const Object& document);
Object encode(const ResultDoc& doc);

// availability/<domain>/<object_id>
enum class Availability { unknown, online, stale, offline };
std::string_view to_string(Availability availability);
struct AvailabilityDoc {
  Availability status = Availability::unknown;
  std::string reason;
  std::optional<Time> since;
};
Result<AvailabilityDoc> decode_availability(const Object& document);
Object encode(const AvailabilityDoc& doc);

// problem/<id>
enum class Severity { info, warning, error };
std::string_view to_string(Severity severity);
struct ProblemDoc {
  Severity severity = Severity::warning;
  std::string text;  // what is wrong
  std::string help;  // what to do next; may be empty
  std::optional<Time> since;
};
Result<ProblemDoc> decode_problem(const Object& document);
Object encode(const ProblemDoc& doc);

// hub/request/<method> and bridge/<b>/request/<method>: any object; `_id` correlates for MQTT 3.1.1.
// The answer, on response/<method> or the response topic.
struct ResponseDoc {
  std::string id;
  bool ok = true;
  Value data;
  std::optional<ErrorCode> code;
  std::string reason;
};
Result<ResponseDoc> decode_response(const Object& document);
Object encode(const ResponseDoc& doc);

// hub/health and bridge/<b>/health
struct HealthDoc {
  Duration uptime{};
  std::int64_t messages_in = 0, messages_out = 0, reconnects = 0, errors = 0;
  std::int64_t queue = 0, queue_peak = 0, queue_limit = 0;
  std::int64_t resident_kib = 0;     // VmRSS
  std::int64_t longest_turn_us = 0;  // longest single event since the last document
  std::optional<Time> at;
};
Result<HealthDoc> decode_health(const Object& document);
Object encode(const HealthDoc& doc);

}  // namespace gable::wire
