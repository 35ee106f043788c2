// The formats of recordings that `gable replay` reads.

#include "gable/house_lines.hpp"
#include "gable/recording.hpp"
#include "gable/replay_lines.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

namespace {

using rules::simulation::Observed;
using wire::Value;

constexpr std::string_view kUnavailable = "unavailable";

std::string text_of(const wire::Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

std::optional<wire::Time> time_of(const wire::Object& line) { return wire::parse_time(text_of(line, "t")); }

std::string state_text(const Value& value) { return value.is_null() ? "unknown" : wire::plain_text(value); }

// Date, time, area, sensor, value.
class HouseDecoder final : public LineDecoder {
 public:
  explicit HouseDecoder(const PlayMap& map) : map_(map) {}

  std::optional<ReplayLine> decode(std::string_view line) override {
    const auto event = parse_house_line(line);
    if (!event) return std::nullopt;
    const auto [found, is_new] = names_.try_emplace(event->key());
    if (is_new) found->second = map_.apply("binary_sensor." + event->name());
    ReplayLine out;
    Observed& observed = out.observed;
    observed.at = event->at;
    observed.entity = found->second;
    observed.state = event->on ? "on" : "off";
    // It reports what has changed: before its first line a sensor was the other way.
    out.before = event->on ? "off" : "on";
    if (is_new && observed.entity.starts_with("binary_sensor."))
      observed.attributes.set("device_class", device_class_of(event->sensor, event->door));
    return out;
  }

 private:
  const PlayMap& map_;
  std::map<std::string, std::string, std::less<>> names_;
};

// What `gable record` wrote: states of the hub, and messages of anybody else.
class RecordingDecoder final : public LineDecoder {
 public:
  RecordingDecoder(const PlayMap& map, const std::string& root) : map_(map), topics_(root) {}

  std::optional<ReplayLine> decode(std::string_view line) override {
    auto recorded = decode_recorded(line);
    if (!recorded) return std::nullopt;
    const std::string topic = map_.apply(recorded->message.topic);
    ReplayLine out;
    out.observed.at = recorded->at;
    const auto parsed = topics_.parse(topic);
    if (!parsed) {
      if (topic.starts_with(std::string(topics_.root()) + "/")) return std::nullopt;
      out.observed.message = rules::MqttMessage{topic, std::move(recorded->message.payload),
                                                recorded->message.qos, recorded->message.retain};
      return out;
    }
    out.observed.entity = std::string(parsed->domain) + "." + std::string(parsed->name);
    if (parsed->kind == wire::TopicKind::state) return state(recorded->message.payload, std::move(out));
    if (parsed->kind == wire::TopicKind::availability)
      return availability(recorded->message.payload, std::move(out));
    return std::nullopt;
  }

 private:
  struct Last {
    std::string state = "unknown";
    wire::Object attributes;
    bool offline = false;
  };

  std::optional<ReplayLine> state(const std::string& payload, ReplayLine out) {
    Last& last = last_[out.observed.entity];
    if (payload.empty()) return out;
    const auto document = wire::parse_object(payload);
    const Value* value = document ? document->find("state") : nullptr;
    if (value == nullptr) return std::nullopt;
    last.state = state_text(*value);
    for (const auto& [key, old] : last.attributes) {
      if (!document->contains(key)) out.observed.attributes.set(key, Value());
    }
    last.attributes = {};
    for (const auto& [key, member] : *document) {
      if (key == "state" || key.starts_with('_')) continue;
      last.attributes.set(key, member);
      out.observed.attributes.set(key, member);
    }
    out.observed.state = last.offline ? std::string(kUnavailable) : last.state;
    // What is retained is as it was when the recording began.
    out.before = out.observed.state;
    return out;
  }

  std::optional<ReplayLine> availability(const std::string& payload, ReplayLine out) {
    const auto document = wire::parse_object(payload);
    if (!document) return std::nullopt;
    Last& last = last_[out.observed.entity];
    last.offline = text_of(*document, "status") == "offline";
    out.observed.state = last.offline ? std::string(kUnavailable) : last.state;
    return out;
  }

  const PlayMap& map_;
  wire::TopicTree topics_;
  std::map<std::string, Last, std::less<>> last_;
};

// The hub's journal. Events that rules fired then are not repeated: today's rules fire their own.
class JournalDecoder final : public LineDecoder {
 public:
  explicit JournalDecoder(const PlayMap& map) : map_(map) {}

  std::optional<ReplayLine> decode(std::string_view line) override {
    const std::string_view kind = kind_of(line);
    if (kind != "change" && kind != "availability" && kind != "event") return std::nullopt;
    const auto object = wire::parse_object(line, wire::kDocumentLimits);
    const auto at = object ? time_of(*object) : std::nullopt;
    if (!at) return std::nullopt;
    ReplayLine out;
    out.observed.at = *at;
    out.observed.entity = map_.apply(text_of(*object, "e"));
    if (out.observed.entity.empty()) return std::nullopt;
    if (kind == "event") return event(*object, std::move(out));
    return kind == "change" ? change(*object, std::move(out)) : availability(*object, std::move(out));
  }

 private:
  struct Last {
    std::string state = "unknown";
    bool offline = false;
  };

  // Most lines of a journal need not be parsed to be passed over.
  static std::string_view kind_of(std::string_view line) {
    constexpr std::string_view kKey = R"("k":")";
    const std::size_t at = line.find(kKey);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + kKey.size());
    return rest.substr(0, rest.find('"'));
  }

  std::optional<ReplayLine> change(const wire::Object& line, ReplayLine out) {
    const Value* to = line.find("to");
    if (to == nullptr) return std::nullopt;
    Last& last = last_[out.observed.entity];
    last.state = state_text(*to);
    out.observed.state = last.offline ? std::string(kUnavailable) : last.state;
    out.observed.by = text_of(line, "by");
    if (const Value* attributes = line.find("a"); attributes != nullptr && attributes->as_object() != nullptr)
      out.observed.attributes = *attributes->as_object();
    const Value* from = line.find("from");
    out.before = from == nullptr ? last.state : state_text(*from);
    return out;
  }

  std::optional<ReplayLine> availability(const wire::Object& line, ReplayLine out) {
    Last& last = last_[out.observed.entity];
    last.offline = text_of(line, "to") == "offline";
    out.observed.state = last.offline ? std::string(kUnavailable) : last.state;
    out.observed.by = text_of(line, "reason");
    return out;
  }

  // As the hub tells its rules: a tag, a timer, anything else that a device says.
  static std::optional<ReplayLine> event(const wire::Object& line, ReplayLine out) {
    auto data = std::make_shared<rules::jinja::Dict>();
    data->set("entity_id", out.observed.entity);
    const Value* told = line.find("data");
    const wire::Object* members = told == nullptr ? nullptr : told->as_object();
    std::string type = out.observed.entity.starts_with("tag.") ? "tag_scanned" : "gable_event";
    if (out.observed.entity.starts_with("timer.") && members != nullptr) {
      type = text_of(*members, "event_type");
    } else if (members != nullptr) {
      for (const auto& [key, value] : *members) data->set(key, rules::jinja::from_wire(value));
    }
    out.observed.event = rules::BusEvent{type, rules::jinja::DictPtr(std::move(data)), {}};
    out.observed.entity.clear();
    return out;
  }

  const PlayMap& map_;
  std::map<std::string, Last, std::less<>> last_;
};

}  // namespace

std::unique_ptr<LineDecoder> house_decoder(const ReplayInput& input) {
  return std::make_unique<HouseDecoder>(input.map);
}

std::unique_ptr<LineDecoder> recording_decoder(const ReplayInput& input) {
  return std::make_unique<RecordingDecoder>(input.map, input.root);
}

std::unique_ptr<LineDecoder> journal_decoder(const ReplayInput& input) {
  return std::make_unique<JournalDecoder>(input.map);
}

}  // namespace gable::cli
