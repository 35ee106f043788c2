#include "gable/check_broker.hpp"

#include "gable/client.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kPatience{5'000};
// Other brokers may send retained messages a little after what was published since.
constexpr Milliseconds kGrace{150};

}  // namespace

Probe::Probe(const Context& context)
    : context_(context),
      base_(wire::TopicTree(context.root)
                .client(context.connect.user.empty() ? "check" : context.user, context.run_id) +
            "/") {}

std::string Probe::client_id(std::string_view rest) const {
  return "gable-check-" + context_.run_id + std::string(rest);
}

std::unique_ptr<Link> Probe::open(const Wishes& wishes, node::Connected* greeting) {
  node::ConnectOptions options = context_.connect;
  options.client_id = wishes.client_id.empty() ? client_id(std::to_string(++last_)) : wishes.client_id;
  options.clean_start = wishes.clean_start;
  options.session_expiry_seconds = wishes.session_expiry;
  options.will = wishes.will;
  options.will_delay_seconds = wishes.will_delay;
  auto link = std::make_unique<Link>();
  const auto connected = connect(*link, context_, options);
  if (!connected) {
    last_error_ = connected.error().message();
    return nullptr;
  }
  if (greeting != nullptr) *greeting = *connected;
  return link;
}

bool Probe::begin() {
  main_ = open();
  return main_ != nullptr;
}

bool Probe::publish(std::string_view rest, std::string_view payload, bool retain) {
  node::Message message;
  message.topic = topic(rest);
  message.payload = payload;
  message.retain = retain;
  return publish(message);
}

bool Probe::publish(const node::Message& message) {
  return main_->publish(message) && main_->flush(kPatience);
}

std::vector<node::Message> Probe::collect(Link& link) {
  std::vector<node::Message> out;
  const std::string marker = topic("marker/" + std::to_string(++last_));
  if (!link.subscribe({{marker}})) return out;
  link.publish({.topic = marker, .payload = "1"});
  node::Steady until = in(kPatience);
  while (auto message = link.next(until)) {
    if (message->topic == marker) {
      until = in(kGrace);
    } else {
      out.push_back(std::move(*message));
    }
  }
  return out;
}

std::optional<node::Message> Probe::await(Link& link, const std::string& topic, Milliseconds wait) {
  const auto until = in(wait);
  while (auto message = link.next(until)) {
    if (message->topic == topic) return message;
  }
  return std::nullopt;
}

void Probe::clean_up() {
  const auto link = open();
  if (!link || !link->subscribe({{topic("#")}})) return;
  for (const auto& message : collect(*link)) {
    if (message.retain && !message.payload.empty())
      main_->publish({.topic = message.topic, .payload = "", .retain = true});
  }
  main_->flush(kPatience);
}

}  // namespace gable::cli
