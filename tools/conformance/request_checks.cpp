#include "conformance/checks.hpp"
#include "wire/json.hpp"

namespace gable::conformance {

namespace {

using wire::TopicKind;

std::optional<wire::ResponseDoc> response_in(const Seen& seen) {
  const auto document = wire::parse_object(seen.message.payload);
  if (!document) return {};
  auto response = wire::decode_response(*document);
  if (!response) return {};
  return *response;
}

std::optional<wire::ResponseDoc> ask(Observer& observer, std::string_view method) {
  const std::string id = observer.new_id();
  const std::size_t since = observer.mark();
  observer.publish(TopicKind::bridge_request, method, wire::to_json(wire::Object{{"_id", id}}));
  const auto answer = observer.wait(since, [&](const Seen& seen) {
    if (!seen.known || seen.kind != TopicKind::bridge_response || seen.name != method) return false;
    const auto response = response_in(seen);
    return response && response->id == id;
  });
  return answer ? response_in(*answer) : std::nullopt;
}

void check_refresh(Observer& observer, Report& report) {
  const std::size_t since = observer.mark();
  const auto response = ask(observer, "refresh");
  if (!response) {
    return report.fail("request.refresh",
                       "expected {\"id\": …, \"ok\": true} on response/refresh, nothing came");
  }
  if (!response->ok) return report.fail("request.refresh", "expected ok, it says: " + response->reason);
  report.pass("request.refresh");
  observer.barrier();
  std::vector<std::string> missing;
  for (const auto kind : {TopicKind::bridge_info, TopicKind::bridge_device, TopicKind::bridge_inventory}) {
    const auto same = [kind](const Seen& seen) { return seen.known && seen.kind == kind; };
    // A bridge without devices has nothing but its own documents.
    if (kind == TopicKind::bridge_device && observer.names(kind).empty()) continue;
    if (observer.wait(since, same)) continue;
    missing.push_back("expected " + observer.tree().bridge(kind, observer.options().bridge, "…") +
                      " again, it did not come");
  }
  report.add("request.refresh.documents", missing);
}

}  // namespace

void check_requests(Observer& observer, Report& report) {
  check_refresh(observer, report);
  const auto response = ask(observer, "no_such_request");
  if (!response) {
    report.fail("request.unknown",
                "expected {\"id\": …, \"ok\": false} for a request that does not exist, nothing came");
  } else if (response->ok) {
    report.fail("request.unknown", "a request that does not exist was answered with ok");
  } else {
    report.pass("request.unknown");
  }
}

}  // namespace gable::conformance
