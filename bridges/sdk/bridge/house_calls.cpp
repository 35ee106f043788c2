#include "bridge/house_calls.hpp"

#include <utility>
#include <vector>

#include "wire/documents.hpp"
#include "wire/json.hpp"

namespace gable::bridge {

namespace {

// Longer than the hub waits for most devices.
constexpr std::chrono::seconds kPatience{20};
// A call that could not be handed over meanwhile is not wanted any more.
constexpr std::uint32_t kExpirySeconds = 15;
constexpr std::size_t kCallsUnderWay = 64;

}  // namespace

HouseCalls::~HouseCalls() {
  for (const auto& [number, call] : waiting_) engine_.loop().cancel(call.timer);
}

void HouseCalls::make(const std::string& service, const Object& document, Then then) {
  const std::size_t dot = service.find('.');
  if (dot == std::string::npos) return then({false, "'" + service + "' is no service", {}});
  if (waiting_.size() >= kCallsUnderWay) return then({false, "too many calls are under way", {}});
  node::Message message;
  message.topic = engine_.tree().call(service.substr(0, dot), service.substr(dot + 1));
  message.payload = wire::to_json(document);
  message.expiry_seconds = kExpirySeconds;
  // Without MQTT 5 there is no answer to wait for.
  if (engine_.protocol_version() < 5) {
    engine_.publish(std::move(message));
    return then({true, {}, {}});
  }
  const std::uint64_t number = ++last_;
  message.response_topic = engine_.tree().client(engine_.bridge(), "answer");
  message.correlation = std::to_string(number);
  if (!std::exchange(listening_, true)) engine_.listen(message.response_topic);
  const auto late = [this, number] {
    end(number, {false, "the hub does not answer; is it there?", wire::ErrorCode::unavailable});
  };
  waiting_.emplace(number, Waiting{message.topic, std::move(then), engine_.loop().after(kPatience, late)});
  engine_.publish(std::move(message));
}

bool HouseCalls::take(const node::Message& message) {
  if (!listening_ || message.topic != engine_.tree().client(engine_.bridge(), "answer")) return false;
  for (const auto& [number, call] : waiting_) {
    if (message.correlation != std::to_string(number)) continue;
    const auto document = wire::parse_object(message.payload);
    const auto result =
        document ? wire::decode_result(*document) : wire::Result<wire::ResultDoc>(document.error());
    if (!result) {
      end(number, {false, "the hub's answer makes no sense: " + result.error().message(), {}});
    } else if (wire::is_final(result->status)) {
      const bool done = result->status == wire::CommandStatus::done;
      const std::string reason =
          result->reason.empty() ? std::string(to_string(result->status)) : result->reason;
      end(number, {done, done ? std::string() : reason, result->code});
    }
    break;
  }
  return true;
}

void HouseCalls::refused(const std::string& topic, const std::string& reason) {
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, call] : waiting_) {
    if (call.topic == topic) numbers.push_back(number);
  }
  for (const std::uint64_t number : numbers)
    end(number, {false, "the broker does not let this bridge write " + topic + " (" + reason + ")",
                 wire::ErrorCode::refused});
}

void HouseCalls::end(std::uint64_t number, const CallOutcome& outcome) {
  const auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  const Waiting call = std::move(found->second);
  waiting_.erase(found);
  engine_.loop().cancel(call.timer);
  call.then(outcome);
}

}  // namespace gable::bridge
