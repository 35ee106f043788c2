#include "conformance/observer.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::conformance {

namespace {

constexpr std::size_t kShown = 160;
constexpr std::size_t kProblems = 5;

}  // namespace

Observer::Observer(Connection& connection, const Options& options)
    : connection_(connection), options_(options), tree_(options.root) {
  const std::string status = tree_.bridge(wire::TopicKind::bridge_status, options.bridge);
  prefix_ = status.substr(0, status.rfind('/') + 1);
}

std::string Observer::new_id() { return "cf-" + options_.token + "-" + std::to_string(++last_id_); }

std::string Observer::reply_topic() const { return tree_.client("conformance", options_.token); }

std::string Observer::forbidden_topic() const { return "gable-conformance/" + options_.token; }

bool Observer::begin() {
  // QoS 0 for what is retained: a broker with default settings cuts off a QoS 1 burst (architecture study,
  // L1).
  if (!connection_.subscribe({{reply_topic() + "/#", 1}, {forbidden_topic(), 1}})) return false;
  if (!connection_.subscribe({{prefix_ + "#", 0, node::RetainHandling::send, true}})) return false;
  if (!barrier()) return false;
  stored_ = seen_.size();
  // From here on nothing may be lost.
  if (!connection_.subscribe({{prefix_ + "#", 1, node::RetainHandling::never, true}})) return false;
  // On MQTT 3.1.1 the second subscription brings everything once more; that is stored, too.
  if (!barrier()) return false;
  if (protocol_version() < 5) stored_ = seen_.size();
  return true;
}

bool Observer::read_one(node::Steady deadline) {
  auto message = connection_.next(deadline);
  if (!message) return false;
  Seen seen;
  const auto topic = tree_.parse(message->topic);
  seen.known = topic.has_value();
  if (topic) {
    seen.kind = topic->kind;
    seen.name = std::string(topic->name);
  }
  seen.message = std::move(*message);
  seen_.push_back(std::move(seen));
  return true;
}

bool Observer::barrier() {
  node::Message message;
  message.topic = reply_topic() + "/barrier";
  message.payload = new_id();
  message.qos = 1;
  if (!connection_.publish(message)) return false;
  const auto back = [&message](const Seen& seen) {
    return seen.message.topic == message.topic && seen.message.payload == message.payload;
  };
  return wait(seen_.size(), back).has_value();
}

std::optional<Seen> Observer::wait(std::size_t since, const Filter& filter, node::Steady deadline) {
  for (std::size_t next = since;; ++next) {
    if (next >= seen_.size() && !read_one(deadline)) return {};
    if (filter(seen_[next])) return seen_[next];
  }
}

std::optional<Seen> Observer::wait(std::size_t since, const Filter& filter) {
  return wait(since, filter, patience());
}

std::size_t Observer::count(std::size_t since, const Filter& filter) const {
  const auto begin = seen_.begin() + static_cast<std::ptrdiff_t>(std::min(since, seen_.size()));
  return static_cast<std::size_t>(std::count_if(begin, seen_.end(), filter));
}

const std::string* Observer::latest(wire::TopicKind kind, std::string_view name) const {
  for (auto seen = seen_.rbegin(); seen != seen_.rend(); ++seen) {
    if (!seen->known || seen->kind != kind || seen->name != name) continue;
    return seen->message.payload.empty() ? nullptr : &seen->message.payload;
  }
  return nullptr;
}

std::vector<std::string> Observer::names(wire::TopicKind kind) const {
  std::vector<std::string> names;
  for (const Seen& seen : seen_) {
    if (!seen.known || seen.kind != kind || latest(kind, seen.name) == nullptr) continue;
    if (std::find(names.begin(), names.end(), seen.name) == names.end()) names.push_back(seen.name);
  }
  return names;
}

void Observer::publish(wire::TopicKind kind, std::string_view name, std::string payload) {
  node::Message message;
  message.topic = tree_.bridge(kind, options_.bridge, name);
  message.payload = std::move(payload);
  message.expiry_seconds = 30;
  publish(message);
}

void Observer::publish(const node::Message& message) { connection_.publish(message); }

std::optional<wire::ResultDoc> result_in(const Seen& seen) {
  const auto document = wire::parse_object(seen.message.payload);
  if (!document) return {};
  auto result = wire::decode_result(*document);
  if (!result) return {};
  return *result;
}

Observer::Filter result_of(std::string_view device, std::string_view id, bool final_only) {
  return [device = std::string(device), id = std::string(id), final_only](const Seen& seen) {
    if (!seen.known || seen.kind != wire::TopicKind::bridge_result || seen.name != device) return false;
    const auto result = result_in(seen);
    return result && (id.empty() || result->id == id) && (!final_only || wire::is_final(result->status));
  };
}

void Report::add(std::string name, const std::vector<std::string>& problems) {
  if (problems.empty()) return pass(std::move(name));
  std::string words;
  for (std::size_t i = 0; i < std::min(problems.size(), kProblems); ++i) {
    words += (words.empty() ? "" : "; ") + problems[i];
  }
  if (problems.size() > kProblems) words += "; and " + std::to_string(problems.size() - kProblems) + " more";
  fail(std::move(name), std::move(words));
}

std::string shown(std::string_view payload) {
  if (!wire::valid_utf8(payload)) return "(not UTF-8)";
  std::string text;
  for (const char c : payload.substr(0, kShown)) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  // A character that was cut in two.
  while (!wire::valid_utf8(text)) text.pop_back();
  return payload.size() > kShown ? text + "…" : text;
}

}  // namespace gable::conformance
