// A server that may say anything: lines of an input are its messages after a good greeting. Whatever comes,
// the session lives; a description that is made of it can be announced, a state says nothing that its domain
// forbids, and an order never leads to a command without a node.

#include <string>

#include "fuzz_target.hpp"
#include "protocol/plan.hpp"
#include "protocol/server_url.hpp"
#include "protocol/session.hpp"
#include "wire/json.hpp"

namespace {

using gable::fuzz::require;
namespace zwave = gable::zwave;
namespace wire = gable::wire;

void check_orders(const zwave::Node& node, const zwave::Plan& plan) {
  if (!plan.order) return;
  for (const auto& service : plan.description.domain->services) {
    const wire::Object data{{"brightness", 7}, {"position", 50}, {"value", 3}, {"temperature", 20.5}};
    const auto calls = plan.order(node, {std::string(service.name), data});
    if (!calls) continue;
    for (const zwave::Call& call : *calls)
      require(call.arguments.contains("nodeId"), "a command names its node");
  }
}

void check_node(const zwave::Node& node) {
  wire::DeviceDescription device = zwave::describe_device(node, "controller");
  for (const zwave::Plan& plan : zwave::plan_entities(node)) {
    device.entities.emplace_back(plan.key, plan.description);
    check_orders(node, plan);
    if (plan.state) require(wire::valid_utf8(wire::to_json(plan.state(node))), "a state is UTF-8");
  }
  const auto decoded = wire::decode_device(wire::encode(device));
  require(decoded.has_value(), decoded ? "" : decoded.error().message().c_str());
}

void take(zwave::Session& session, std::string_view message) {
  session.receive(message);
  for (const zwave::Output& output : session.take()) {
    const auto* change = std::get_if<zwave::Change>(&output);
    if (change == nullptr) continue;
    const zwave::Node* node = session.network().find(change->node);
    if (node == nullptr) continue;
    for (const zwave::Plan& plan : zwave::plan_entities(*node)) {
      if (plan.events) static_cast<void>(plan.events(*change));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = gable::fuzz::text_of(data, size);
  if (const auto url = zwave::parse_server_url(text)) {
    require(zwave::parse_server_url(url->text()).has_value(), "an address that is written is read again");
  }
  zwave::Session session;
  session.receive(R"({"type":"version","minSchemaVersion":0,"maxSchemaVersion":50})");
  session.receive(R"({"type":"result","success":true,"messageId":"1","result":{}})");
  while (!text.empty()) {
    const auto end = text.find('\n');
    take(session, text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  for (const auto& [id, node] : session.network().nodes()) check_node(node);
  return 0;
}
