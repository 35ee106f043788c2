// Decoding and encoding of the tree's documents. Pure; any thread.
#include "wire/documents.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include "wire/entity_id.hpp"

namespace gable::wire {

namespace {

template <class Enum>
struct Word {
  Enum value;
  std::string_view text;
};

constexpr std::array kParticipantWords{Word<ParticipantStatus>{ParticipantStatus::starting, "starting"},
                                       Word<ParticipantStatus>{ParticipantStatus::online, "online"},
                                       Word<ParticipantStatus>{ParticipantStatus::degraded, "degraded"},
                                       Word<ParticipantStatus>{ParticipantStatus::offline, "offline"}};

constexpr std::array kLinkWords{Word<LinkStatus>{LinkStatus::online, "online"},
                                Word<LinkStatus>{LinkStatus::offline, "offline"},
                                Word<LinkStatus>{LinkStatus::sleeping, "sleeping"}};

constexpr std::array kCommandWords{Word<CommandStatus>{CommandStatus::accepted, "accepted"},
                                   Word<CommandStatus>{CommandStatus::done, "done"},
                                   Word<CommandStatus>{CommandStatus::failed, "failed"},
                                   Word<CommandStatus>{CommandStatus::rejected, "rejected"},
                                   Word<CommandStatus>{CommandStatus::timeout, "timeout"},
                                   Word<CommandStatus>{CommandStatus::superseded, "superseded"},
                                   Word<CommandStatus>{CommandStatus::expired, "expired"}};

constexpr std::array kAvailabilityWords{
    Word<Availability>{Availability::unknown, "unknown"}, Word<Availability>{Availability::online, "online"},
    Word<Availability>{Availability::stale, "stale"}, Word<Availability>{Availability::offline, "offline"}};

constexpr std::array kSeverityWords{Word<Severity>{Severity::info, "info"},
                                    Word<Severity>{Severity::warning, "warning"},
                                    Word<Severity>{Severity::error, "error"}};

constexpr auto kErrorCodes = [] {
  constexpr std::size_t kCount = static_cast<std::size_t>(ErrorCode::refused) + 1;
  std::array<ErrorCode, kCount> codes{};
  for (std::size_t i = 0; i < kCount; ++i) codes[i] = static_cast<ErrorCode>(i);
  return codes;
}();

template <class Enum, std::size_t N>
std::string_view word_of(const std::array<Word<Enum>, N>& words, Enum value) {
  for (const Word<Enum>& word : words) {
    if (word.value == value) return word.text;
  }
  return words.front().text;
}

// Reads the keys of one document into fields and keeps the first error. A key that is missing or null leaves
// the field as it is, unless it is required.
class Fields {
 public:
  explicit Fields(const Object& document) : document_(document) {}

  Fields& require(std::string_view key) {
    const Value* value = document_.find(key);
    if (value == nullptr || value->is_null()) fail(ErrorCode::malformed, "the key is missing", key);
    return *this;
  }

  Fields& string(std::string_view key, std::string& out) {
    const Value* value = present(key);
    if (value == nullptr) return *this;
    const std::string* text = value->as_string();
    if (text == nullptr) return wrong_type(key, "a string", *value);
    out = *text;
    return *this;
  }

  Fields& boolean(std::string_view key, bool& out) {
    const Value* value = present(key);
    if (value == nullptr) return *this;
    if (value->as_bool() == nullptr) return wrong_type(key, "true or false", *value);
    out = *value->as_bool();
    return *this;
  }

  // A count: whole and not negative.
  Fields& count(std::string_view key, std::int64_t& out) {
    const Value* value = present(key);
    if (value == nullptr) return *this;
    const std::int64_t* number = value->as_int();
    if (number == nullptr) return wrong_type(key, "an integer", *value);
    if (*number < 0) return fail(ErrorCode::out_of_range, "must not be negative", key);
    out = *number;
    return *this;
  }

  Fields& number(std::string_view key, std::optional<double>& out) {
    const Value* value = present(key);
    if (value == nullptr) return *this;
    if (!value->is_number()) return wrong_type(key, "a number", *value);
    out = value->number_or(0);
    return *this;
  }

  Fields& time(std::string_view key, std::optional<Time>& out) {
    std::string text;
    if (string(key, text); text.empty() && !empty_string(key)) return *this;
    out = parse_time(text);
    if (!out) fail(ErrorCode::malformed, "not a time like 2026-11-22T00:41:07.120Z", key);
    return *this;
  }

  template <class Enum, std::size_t N>
  Fields& word(std::string_view key, const std::array<Word<Enum>, N>& words, Enum& out) {
    std::string text;
    if (string(key, text); text.empty() && !empty_string(key)) return *this;
    std::string expected;
    for (const Word<Enum>& candidate : words) {
      if (candidate.text == text) {
        out = candidate.value;
        return *this;
      }
      expected.append(expected.empty() ? "expected " : ", ").append(candidate.text);
    }
    return fail(ErrorCode::out_of_range, std::move(expected), key);
  }

  // A code of a later version is not an error: the reason beside it still says what happened.
  Fields& code(std::string_view key, std::optional<ErrorCode>& out) {
    std::string text;
    string(key, text);
    for (const ErrorCode candidate : kErrorCodes) {
      if (to_string(candidate) == text) out = candidate;
    }
    return *this;
  }

  // Whole milliseconds.
  Fields& milliseconds(std::string_view key, std::optional<Duration>& out) {
    if (present(key) == nullptr) return *this;
    std::int64_t ms = 0;
    if (count(key, ms); !error_) out = Duration(ms);
    return *this;
  }

  // Seconds, with a fraction or without.
  Fields& seconds(std::string_view key, Duration& out) {
    std::optional<double> value;
    if (number(key, value); !value) return *this;
    constexpr double kLongest = 1e10;  // three hundred years
    if (*value < 0 || *value > kLongest)
      return fail(ErrorCode::out_of_range, "expected 0 to 1e10 seconds", key);
    out = Duration(std::llround(*value * 1000));
    return *this;
  }

  const Value* present(std::string_view key) const {
    const Value* value = document_.find(key);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  Fields& fail(ErrorCode code, std::string text, std::string_view where) {
    if (!error_) error_ = Error{code, std::move(text), std::string(where)};
    return *this;
  }

  Fields& wrong_type(std::string_view key, std::string_view expected, const Value& got) {
    return fail(ErrorCode::wrong_type,
                std::string("expected ").append(expected).append(", got ").append(got.type_name()), key);
  }

  template <class Doc>
  Result<Doc> finish(Doc doc) {
    if (error_) return std::move(*error_);
    return doc;
  }

 private:
  [[nodiscard]] bool empty_string(std::string_view key) const {
    const Value* value = present(key);
    return value != nullptr && value->as_string() != nullptr && value->as_string()->empty();
  }

  const Object& document_;
  std::optional<Error> error_;
};

void put(Object& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.append(std::string(key), Value(text));
}

void put(Object& out, std::string_view key, const std::optional<Time>& time) {
  if (time) out.append(std::string(key), Value(format_time(*time)));
}

void put(Object& out, std::string_view key, const std::optional<double>& number) {
  if (number) out.append(std::string(key), Value(*number));
}

void put(Object& out, std::string_view key, const std::optional<ErrorCode>& code) {
  if (code) out.append(std::string(key), Value(to_string(*code)));
}

Value seconds_value(Duration duration) {
  if (duration.count() % 1000 == 0) return Value(static_cast<std::int64_t>(duration.count() / 1000));
  return Value(static_cast<double>(duration.count()) / 1000.0);
}

// "bridge/1": a name and a major version that this build knows.
void check_schema(Fields& fields, std::string_view schema) {
  constexpr int kMajor = 1;
  const auto slash = schema.find('/');
  const char* const end = schema.data() + schema.size();
  int major = 0;
  const bool readable = slash != std::string_view::npos && slash > 0 &&
                        std::from_chars(schema.data() + slash + 1, end, major).ptr == end && major > 0;
  if (!readable) {
    fields.fail(ErrorCode::malformed, "expected a name and a major version, such as bridge/1", "schema");
  } else if (major > kMajor) {
    fields.fail(ErrorCode::newer_schema, "only major version 1 is known here", "schema");
  }
}

}  // namespace

std::string_view to_string(ParticipantStatus status) { return word_of(kParticipantWords, status); }
std::string_view to_string(LinkStatus status) { return word_of(kLinkWords, status); }
std::string_view to_string(CommandStatus status) { return word_of(kCommandWords, status); }
std::string_view to_string(Availability availability) { return word_of(kAvailabilityWords, availability); }
std::string_view to_string(Severity severity) { return word_of(kSeverityWords, severity); }

Result<StatusDoc> decode_status(const Object& document) {
  StatusDoc doc;
  Fields fields(document);
  fields.require("status").word("status", kParticipantWords, doc.status);
  fields.string("session", doc.session).time("since", doc.since).string("reason", doc.reason);
  return fields.finish(std::move(doc));
}

Object encode(const StatusDoc& doc) {
  Object out{{"status", to_string(doc.status)}};
  put(out, "session", doc.session);
  put(out, "since", doc.since);
  put(out, "reason", doc.reason);
  return out;
}

Result<InfoDoc> decode_info(const Object& document) {
  InfoDoc doc;
  Fields fields(document);
  fields.require("schema").string("schema", doc.schema);
  fields.require("program").string("program", doc.program).string("version", doc.version);
  fields.string("protocol", doc.protocol);
  check_schema(fields, doc.schema);
  for (const Member& member : document) {
    const bool known = member.key == "schema" || member.key == "program" || member.key == "version" ||
                       member.key == "protocol";
    if (!known) doc.extra.append(member.key, member.value);
  }
  return fields.finish(std::move(doc));
}

Object encode(const InfoDoc& doc) {
  Object out{{"schema", doc.schema}, {"program", doc.program}};
  put(out, "version", doc.version);
  put(out, "protocol", doc.protocol);
  for (const Member& member : doc.extra) out.set(member.key, member.value);
  return out;
}

Result<InventoryDoc> decode_inventory(const Object& document) {
  InventoryDoc doc;
  Fields fields(document);
  fields.count("rev", doc.rev).require("complete").boolean("complete", doc.complete).require("devices");
  const Value* devices = fields.present("devices");
  const List* list = devices == nullptr ? nullptr : devices->as_list();
  if (devices != nullptr && list == nullptr) fields.wrong_type("devices", "a list", *devices);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const std::string where = "devices[" + std::to_string(i) + "]";
    const std::string* device = (*list)[i].as_string();
    if (device == nullptr) {
      fields.wrong_type(where, "a device id", (*list)[i]);
      break;
    }
    if (!valid_device_id(*device)) {
      fields.fail(ErrorCode::malformed, "not a device id: 1 to 128 characters A-Z a-z 0-9 _ . : -", where);
      break;
    }
    doc.devices.push_back(*device);
  }
  return fields.finish(std::move(doc));
}

Object encode(const InventoryDoc& doc) {
  List devices(doc.devices.begin(), doc.devices.end());
  return Object{{"rev", doc.rev}, {"complete", doc.complete}, {"devices", std::move(devices)}};
}

Result<LinkDoc> decode_link(const Object& document) {
  LinkDoc doc;
  Fields fields(document);
  fields.require("status").word("status", kLinkWords, doc.status).string("reason", doc.reason);
  fields.time("last_seen", doc.last_seen).number("signal", doc.signal).number("battery", doc.battery);
  if (doc.battery && (*doc.battery < 0 || *doc.battery > 100)) {
    fields.fail(ErrorCode::out_of_range, "expected 0 to 100 %", "battery");
  }
  return fields.finish(std::move(doc));
}

Object encode(const LinkDoc& doc) {
  Object out{{"status", to_string(doc.status)}};
  put(out, "reason", doc.reason);
  put(out, "last_seen", doc.last_seen);
  put(out, "signal", doc.signal);
  put(out, "battery", doc.battery);
  return out;
}

Result<ResultDoc> decode_result(const Object& document) {
  ResultDoc doc;
  Fields fields(document);
  fields.string("id", doc.id).require("status").word("status", kCommandWords, doc.status);
  fields.code("code", doc.code).string("reason", doc.reason).string("entity", doc.entity);
  fields.milliseconds("took_ms", doc.took).time("_at", doc.at);
  return fields.finish(std::move(doc));
}

Object encode(const ResultDoc& doc) {
  Object out;
  put(out, "id", doc.id);
  out.append("status", to_string(doc.status));
  put(out, "code", doc.code);
  put(out, "reason", doc.reason);
  put(out, "entity", doc.entity);
  if (doc.took) out.append("took_ms", static_cast<std::int64_t>(doc.took->count()));
  put(out, "_at", doc.at);
  return out;
}

Result<AvailabilityDoc> decode_availability(const Object& document) {
  AvailabilityDoc doc;
  Fields fields(document);
  fields.require("status").word("status", kAvailabilityWords, doc.status);
  fields.string("reason", doc.reason).time("since", doc.since);
  return fields.finish(std::move(doc));
}

Object encode(const AvailabilityDoc& doc) {
  Object out{{"status", to_string(doc.status)}};
  put(out, "reason", doc.reason);
  put(out, "since", doc.since);
  return out;
}

Result<ProblemDoc> decode_problem(const Object& document) {
  ProblemDoc doc;
  Fields fields(document);
  fields.require("severity").word("severity", kSeverityWords, doc.severity);
  fields.require("text").string("text", doc.text).string("help", doc.help).time("since", doc.since);
  return fields.finish(std::move(doc));
}

Object encode(const ProblemDoc& doc) {
  Object out{{"severity", to_string(doc.severity)}, {"text", doc.text}};
  put(out, "help", doc.help);
  put(out, "since", doc.since);
  return out;
}

Result<ResponseDoc> decode_response(const Object& document) {
  ResponseDoc doc;
  Fields fields(document);
  fields.string("id", doc.id).require("ok").boolean("ok", doc.ok);
  if (const Value* data = fields.present("data")) doc.data = *data;
  fields.code("code", doc.code).string("reason", doc.reason);
  return fields.finish(std::move(doc));
}

Object encode(const ResponseDoc& doc) {
  Object out;
  put(out, "id", doc.id);
  out.append("ok", doc.ok);
  if (!doc.data.is_null()) out.append("data", doc.data);
  put(out, "code", doc.code);
  put(out, "reason", doc.reason);
  return out;
}

Result<HealthDoc> decode_health(const Object& document) {
  HealthDoc doc;
  Fields fields(document);
  fields.require("uptime").seconds("uptime", doc.uptime);
  fields.count("messages_in", doc.messages_in).count("messages_out", doc.messages_out);
  fields.count("reconnects", doc.reconnects).count("errors", doc.errors);
  fields.count("queue", doc.queue).count("queue_peak", doc.queue_peak).count("queue_limit", doc.queue_limit);
  fields.count("resident_kib", doc.resident_kib).count("longest_turn_us", doc.longest_turn_us);
  fields.time("_at", doc.at);
  return fields.finish(doc);
}

Object encode(const HealthDoc& doc) {
  Object out{{"uptime", seconds_value(doc.uptime)},
             {"messages_in", doc.messages_in},
             {"messages_out", doc.messages_out},
             {"reconnects", doc.reconnects},
             {"errors", doc.errors},
             {"queue", doc.queue},
             {"queue_peak", doc.queue_peak},
             {"queue_limit", doc.queue_limit},
             {"resident_kib", doc.resident_kib},
             {"longest_turn_us", doc.longest_turn_us}};
  put(out, "_at", doc.at);
  return out;
}

}  // namespace gable::wire
