#pragma once
// One device as the core knows it: description, what was reported, link. Merges reports into complete
// documents. Pure; owned by DeviceBook.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/effects.hpp"
#include "wire/command.hpp"
#include "wire/description.hpp"
#include "wire/documents.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::bridge {

// A value of a report that was not taken.
struct Refusal {
  std::string entity, name;
  wire::Error error;
};

struct ReportOutcome {
  bool publish = false;  // the document changed, or its repetition is due
  std::vector<Refusal> refused;
};

class DeviceRecord {
 public:
  explicit DeviceRecord(wire::DeviceDescription description) : description_(std::move(description)) {}

  [[nodiscard]] const wire::DeviceDescription& description() const { return description_; }
  // Keeps what was reported where it still fits. True: the state document changed.
  bool describe(wire::DeviceDescription description);

  // Null when the device has no such entity.
  [[nodiscard]] const wire::EntityDescription* entity(std::string_view key) const;

  ReportOutcome report(std::string_view entity_key, const wire::Object& state, const Now& now);
  // Takes over what a former run has published, for entities that have not been reported since. True: the
  // document that this run has published grew by it.
  bool adopt(const wire::Object& document);

  // What was last reported for the entity; null when nothing.
  [[nodiscard]] const wire::Object* reported(std::string_view entity_key) const;
  [[nodiscard]] bool has_state() const { return !states_.empty(); }
  // Complete, with `_at` and `_seq`.
  [[nodiscard]] wire::Object state_document() const;
  void published(const Now& now);
  // True when the report would replace a value that changed since the last publication.
  [[nodiscard]] bool overwrites_unsent(std::string_view entity_key, const wire::Object& state) const;

  wire::LinkDoc link;
  bool takes_commands = false;
  std::chrono::milliseconds timeout{};

 private:
  [[nodiscard]] wire::Object& state_of(std::string_view entity_key);
  void note_unsent(std::string_view entity_key, const std::vector<std::string>& names);
  [[nodiscard]] bool repetition_due(const wire::EntityDescription& entity, const Now& now) const;

  wire::DeviceDescription description_;
  std::vector<std::pair<std::string, wire::Object>> states_;  // by entity key, in the order of first reports
  std::int64_t seq_ = 0;
  std::optional<wire::Time> reported_at_;
  std::optional<node::Steady> published_at_;
  std::vector<std::pair<std::string, std::string>> unsent_;  // entity key and name of what changed since then
};

// The present values of one entity, for the command parser. Borrows the record.
class RecordValues final : public wire::CurrentValues {
 public:
  RecordValues(const DeviceRecord& record, std::string_view entity_key)
      : record_(record), entity_key_(entity_key) {}
  [[nodiscard]] const wire::Value* current(std::string_view name) const override;

 private:
  const DeviceRecord& record_;
  std::string_view entity_key_;
};

// Text of the largest state document that a bridge publishes, in bytes.
inline constexpr std::size_t kStateLimit = 64 * 1024;

}  // namespace gable::bridge
