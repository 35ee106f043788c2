#include "presence_bridge.hpp"

#include <algorithm>
#include <utility>

namespace gable::presence {

namespace {

using namespace std::chrono_literals;

// A router that refuses us is not asked more often than this.
constexpr auto kRetryMin = 1s;
constexpr auto kRetryMax = 5min;

std::string person_device(const PersonSpec& person) { return "person_" + person.id; }

std::string_view state_word(Whereabouts where) { return where == Whereabouts::home ? "home" : "not_home"; }

PresenceOptions options_of(const PresenceConfig& config) {
  PresenceOptions options;
  options.devices = config.devices;
  options.people = config.people;
  options.sources = source_count(config);
  options.release_grace = config.release_grace;
  return options;
}

}  // namespace

PresenceBridge::PresenceBridge(bridge::Bridge& bridge, PresenceConfig config)
    : bridge_(bridge),
      loop_(bridge.loop()),
      config_(std::move(config)),
      presence_(options_of(config_)),
      descriptors_(loop_),
      said_devices_(config_.devices.size()),
      said_people_(config_.people.size()) {
  announce();
  Sources sources = make_sources(loop_, descriptors_, config_, [this] { return presence_.addresses(); });
  pings_ = sources.pings;
  std::uint32_t seed = static_cast<std::uint32_t>(now().count());
  for (auto& source : sources.all) {
    slots_.push_back(Slot{std::move(source), node::Backoff(kRetryMin, kRetryMax, ++seed)});
  }
  for (SourceIndex i = 0; i < slots_.size(); ++i) listen(i);
  starting_ = loop_.after(0ms, [this] {
    starting_ = 0;
    for (SourceIndex i = 0; i < slots_.size(); ++i) open(i);
  });
  looking_ = loop_.every(config_.interval, [this] { look(); });
  bridge_.on_refresh([this] { look(); });
}

PresenceBridge::~PresenceBridge() {
  for (Slot& slot : slots_) {
    loop_.cancel(slot.retry);
    slot.source->close();
  }
  for (const node::TimerId timer : {looking_, leaving_, starting_, knocking_}) loop_.cancel(timer);
}

Moment PresenceBridge::now() const {
  return std::chrono::duration_cast<Moment>(loop_.clock().steady().time_since_epoch());
}

void PresenceBridge::announce() {
  for (DeviceIndex i = 0; i < config_.devices.size(); ++i) {
    bridge::Entity tracker("device_tracker");
    tracker.named(config_.device_names[i]).suggest_id(config_.devices[i].id);
    bridge_.add(config_.devices[i].id, tracker);
  }
  for (std::size_t i = 0; i < config_.people.size(); ++i) {
    bridge::Entity person("person");
    person.named(config_.person_names[i]).suggest_id(config_.people[i].id);
    bridge_.add(person_device(config_.people[i]), person);
  }
}

// ── the sources ──

void PresenceBridge::listen(SourceIndex index) {
  SourceEvents& events = slots_[index].source->events;
  events.works = [this, index] { works(index); };
  events.lost = [this, index](const std::string& reason) { lost(index, reason); };
  events.seen = [this, index](const std::vector<Sighting>& sightings) { seen(index, sightings); };
  events.looked = [this, index] {
    presence_.source_looked(index, now());
    update();
  };
  events.leases = [this, index](const std::vector<Lease>& leases) { this->leases(index, leases); };
}

void PresenceBridge::open(SourceIndex index) {
  slots_[index].retry = 0;
  slots_[index].source->open();
}

void PresenceBridge::works(SourceIndex index) {
  Slot& slot = slots_[index];
  if (slot.works) return;
  if (!slot.problem.empty()) bridge_.log(bridge::LogLevel::info, slot.source->name() + " is back");
  slot.works = slot.tried = true;
  slot.problem.clear();
  slot.backoff.reset();
  presence_.source_works(index, now());
  update();
}

void PresenceBridge::lost(SourceIndex index, const std::string& reason) {
  Slot& slot = slots_[index];
  if (slot.retry != 0) return;
  slot.source->close();
  const std::string problem = slot.source->name() + ": " + reason;
  // One line for each loss and for each new reason; attempts that end alike are in the status.
  if (problem != slot.problem) bridge_.log(bridge::LogLevel::warning, problem + "; trying again");
  slot.problem = problem;
  slot.works = false;
  slot.tried = true;
  presence_.source_lost(index);
  slot.retry = loop_.after(slot.backoff.next(), [this, index] { open(index); });
  update();
}

void PresenceBridge::seen(SourceIndex index, const std::vector<Sighting>& sightings) {
  const bool stirs = presence_.somebody_stirs(sightings);
  presence_.seen(index, sightings, now());
  update();
  if (stirs) knock();
}

void PresenceBridge::leases(SourceIndex index, const std::vector<Lease>& leases) {
  const auto wall = std::chrono::duration_cast<std::chrono::seconds>(loop_.clock().now().time_since_epoch());
  presence_.leases(index, leases, wall.count(), now());
  update();
}

// Asks at once whether somebody has come, at most once a second.
void PresenceBridge::knock() {
  if (knocking_ != 0 || pings_ == nullptr) return;
  knocking_ = loop_.after(1s, [this] { knocking_ = 0; });
  for (const Slot& slot : slots_) {
    if (slot.works && slot.source.get() == pings_) pings_->look();
  }
}

void PresenceBridge::look() {
  for (Slot& slot : slots_) {
    if (slot.works) slot.source->look();
  }
}

// ── the tree ──

void PresenceBridge::update() {
  // Before each source has been tried once, nobody can say who cannot be seen.
  if (!std::all_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.tried; })) return;
  report_status();
  for (DeviceIndex i = 0; i < config_.devices.size(); ++i) report_device(i);
  for (std::size_t i = 0; i < config_.people.size(); ++i) report_person(i);
  loop_.cancel(std::exchange(leaving_, 0));
  const auto deadline = presence_.deadline(now());
  if (!deadline) return;
  leaving_ = loop_.after(*deadline - now(), [this] {
    leaving_ = 0;
    look();
  });
}

void PresenceBridge::report_status() {
  std::string problems;
  for (const Slot& slot : slots_) {
    if (slot.problem.empty()) continue;
    if (!problems.empty()) problems += "; ";
    problems += slot.problem;
  }
  if (problems == problems_) return;
  problems_ = std::move(problems);
  if (problems_.empty()) {
    bridge_.recovered();
  } else {
    bridge_.degraded(problems_);
  }
}

void PresenceBridge::report_device(DeviceIndex index) {
  DeviceView view = presence_.device(index);
  auto& said = said_devices_[index];
  const auto device = bridge_.find(config_.devices[index].id);
  if (!device || said == view) return;
  if (view.where != Whereabouts::unknown) {
    bridge::Object state = {{"state", state_word(view.where)}, {"source_type", "router"}};
    if (config_.publish_addresses) {
      if (view.mac) state.set("mac", to_text(*view.mac));
      if (view.ip) state.set("ip", to_text(*view.ip));
      if (!view.host_name.empty()) state.set("host_name", view.host_name);
    }
    device->report(std::move(state));
  }
  if (view.blind) {
    device->offline("cannot be looked for: " + problems_);
  } else {
    device->online();
  }
  said = std::move(view);
}

void PresenceBridge::report_person(std::size_t index) {
  const PersonView view = presence_.person(index);
  auto& said = said_people_[index];
  const auto device = bridge_.find(person_device(config_.people[index]));
  if (!device || said == view) return;
  if (view.where != Whereabouts::unknown) device->report({{"state", state_word(view.where)}});
  if (view.blind) {
    device->offline("cannot be looked for: " + problems_);
  } else {
    device->online();
  }
  said = view;
}

}  // namespace gable::presence
