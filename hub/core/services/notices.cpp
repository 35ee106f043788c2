#include "core/services/notices.hpp"

#include "wire/utf8.hpp"

namespace gable::hub {

namespace {

constexpr std::string_view kPrefix = "notification_";
constexpr std::size_t kTextLimit = 4'000;

std::string key_of(const std::string& id) { return std::string(kPrefix) + wire::slugify(id).substr(0, 100); }

}  // namespace

// Small numbers are used again: every problem that was ever solved stays known to the store.
std::string Notices::free_id() const {
  std::size_t number = 1;
  while (problems_.active(std::string(kPrefix) + std::to_string(number))) ++number;
  return std::string(kPrefix) + std::to_string(number);
}

rules::ServiceOutcome Notices::run(Turn& turn, const ServiceRequest& request) {
  const std::string id = field_text(request.data, "notification_id");
  if (request.service == "dismiss_all") {
    problems_.solve_all(turn, std::string(kPrefix));
    return done();
  }
  if (request.service == "dismiss") {
    if (id.empty()) return refused("persistent_notification.dismiss needs notification_id");
    problems_.solve(turn, key_of(id));
    return done();
  }
  if (request.service != "create" && request.domain == "persistent_notification")
    return refused("there is no service " + request.name() + "; there are create, dismiss and dismiss_all");
  if (!request.data.contains("message")) return refused(request.name() + " needs message");
  const std::string title = field_text(request.data, "title"), message = field_text(request.data, "message");
  problems_.raise(
      turn, id.empty() ? free_id() : key_of(id),
      {.severity = wire::Severity::info,
       .text = wire::shortened(title.empty() ? message : title + ": " + message, kTextLimit),
       .help = "A notice of " + request.asker.context.by + "; persistent_notification.dismiss removes it.",
       .since = {}});
  return done();
}

bool Notices::restore(const std::string& key, const wire::Object& row) {
  if (!key.starts_with(kPrefix)) return false;
  auto problem = wire::decode_problem(row);
  if (!problem) return false;
  problems_.restore(key, std::move(*problem));
  return true;
}

}  // namespace gable::hub
