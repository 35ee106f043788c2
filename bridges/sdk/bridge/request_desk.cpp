#include "bridge/request_desk.hpp"

#include <utility>
#include <vector>

#include "wire/domains.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::bridge {

using wire::Error;
using wire::ErrorCode;

void RequestDesk::add_method(std::string method, std::string help) {
  methods_.insert_or_assign(std::move(method), std::move(help));
}

void RequestDesk::on_request(std::string_view method, const node::Message& message) {
  if (!context_.admit(message)) return;
  // An empty request is one without arguments; but an empty retained one is only a topic being cleared.
  if (message.payload.empty() && message.retain) return;
  ReplyRoute route = route_of(message, context_);
  wire::Object arguments;
  const std::string name(method);
  if (!message.payload.empty()) {
    auto document = wire::parse_object(message.payload);
    if (!document) return refuse(name, route, document.error());
    arguments = std::move(*document);
  }
  const auto id = message_id(arguments);
  if (!id) return refuse(name, route, id.error());
  if (!id->empty()) route.id = *id;
  if (name == "methods")
    return answer(name, route, {.id = {}, .ok = true, .data = help(), .code = {}, .reason = {}});
  if (!methods_.contains(name)) {
    std::vector<std::string_view> known;
    for (const auto& [existing, unused] : methods_) known.push_back(existing);
    const std::string_view near = wire::nearest(name, known);
    std::string text = "there is no request \"" + name + "\"";
    if (!near.empty()) text += "; did you mean \"" + std::string(near) + "\"?";
    return refuse(name, route, {ErrorCode::unknown_service, text + " (request/methods lists them)", {}});
  }
  if (under_way_.size() >= kRequestsUnderWay) {
    return refuse(name, route, {ErrorCode::unavailable, "too many requests are under way", {}});
  }
  const Token token = ++last_token_;
  under_way_.emplace(token, UnderWay{name, route, context_.now().steady + kRequestTimeout});
  context_.add(HandleRequest{token, name, std::move(arguments)});
}

void RequestDesk::on_response(const Responded& response) {
  const auto entry = under_way_.find(response.token);
  if (entry == under_way_.end()) return;
  const UnderWay request = std::move(entry->second);
  under_way_.erase(entry);
  answer(request.method, request.route, response.response);
}

void RequestDesk::on_tick() {
  for (auto entry = under_way_.begin(); entry != under_way_.end();) {
    if (entry->second.deadline > context_.now().steady) {
      ++entry;
      continue;
    }
    const UnderWay request = std::move(entry->second);
    entry = under_way_.erase(entry);
    refuse(request.method, request.route,
           {ErrorCode::failed, "no answer within " + wire::format_duration(kRequestTimeout), {}});
  }
}

std::optional<node::Steady> RequestDesk::deadline() const {
  std::optional<node::Steady> first;
  for (const auto& [token, request] : under_way_) {
    if (!first || request.deadline < *first) first = request.deadline;
  }
  return first;
}

wire::Value RequestDesk::help() const {
  wire::Object list{{"methods", "This list"}};
  for (const auto& [method, text] : methods_) list.set(method, text);
  return list;
}

void RequestDesk::refuse(const std::string& method, const ReplyRoute& route, const Error& error) {
  context_.count_error();
  wire::ResponseDoc response;
  response.ok = false;
  response.code = error.code;
  response.reason = error.message();
  answer(method, route, std::move(response));
}

void RequestDesk::answer(const std::string& method, const ReplyRoute& route, wire::ResponseDoc response) {
  response.id = route.id;
  const std::string payload = wire::to_json(wire::encode(response));
  // One answer is enough: the usual topic serves those who named none (design section 2).
  ReplyRoute only = route;
  const std::string usual = context_.topic(wire::TopicKind::bridge_response, method);
  if (only.response_topic.empty()) only.response_topic = usual;
  publish_answer(only.response_topic, payload, only, context_);
}

}  // namespace gable::bridge
