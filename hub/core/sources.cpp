#include "core/sources.hpp"

namespace gable::hub {

namespace {

// Domains whose entities have nothing to report until something happens.
bool may_be_silent(const Entity& entity) {
  return entity.description->assumed_state || entity.description->domain->state_kind == wire::StateKind::time;
}

Verdict offline(std::string reason) { return {Availability::offline, std::move(reason)}; }

}  // namespace

std::optional<Time> stale_at(const Entity& entity) {
  if (!entity.description->expected_interval || !entity.state.known) return std::nullopt;
  return entity.state.last_reported + *entity.description->expected_interval;
}

Verdict judge(const Entity& entity, const Device& device, const Bridge* bridge, Time now) {
  using wire::ParticipantStatus;
  if (bridge == nullptr || !bridge->status_known) {
    return {Availability::unknown, "nothing heard of bridge " + device.bridge + " yet"};
  }
  const auto& status = bridge->status;
  const std::string why = status.reason.empty() ? "" : ": " + status.reason;
  if (bridge->newer_schema) return offline("bridge " + device.bridge + " speaks a newer schema");
  if (status.status == ParticipantStatus::offline)
    return offline("bridge " + device.bridge + " is offline" + why);
  if (status.status == ParticipantStatus::degraded) {
    return offline("bridge " + device.bridge + " has lost its devices" + why);
  }
  if (!device.present) return offline("bridge " + device.bridge + " no longer lists the device");
  if (device.link_known && device.link.status == wire::LinkStatus::offline) {
    return offline(device.link.reason.empty() ? "the device does not answer" : device.link.reason);
  }
  if (!device.reported && !may_be_silent(entity)) {
    return {Availability::unknown, status.status == ParticipantStatus::starting
                                       ? "bridge " + device.bridge + " is starting"
                                       : "the device has not reported yet"};
  }
  if (const auto limit = stale_at(entity); limit && *limit <= now) {
    return {Availability::stale, "no report for " + wire::format_duration(now - entity.state.last_reported) +
                                     ", expected every " +
                                     wire::format_duration(*entity.description->expected_interval)};
  }
  return {Availability::online, ""};
}

}  // namespace gable::hub
