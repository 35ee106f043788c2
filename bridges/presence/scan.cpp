#include "scan.hpp"

#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "presence_config.hpp"
#include "sources.hpp"
#include "wire/entity_id.hpp"

namespace gable::presence {

namespace {

using namespace std::chrono_literals;

struct Found {
  std::set<Ip> ips;
  std::string host_name, client_id;
  std::set<std::string> seen_by;
};

class Scan {
 public:
  Scan(node::Loop& loop, PresenceConfig config)
      : loop_(loop), config_(std::move(config)), descriptors_(loop_) {
    sources_ = make_sources(loop_, descriptors_, config_, [] { return std::vector<Ip>(); });
  }

  void run() {
    for (const auto& source : sources_.all) {
      listen(*source);
      source->open();
    }
    loop_.after(3s, [this] { loop_.stop(); });
    loop_.run();
    for (const auto& source : sources_.all) source->close();
  }

  void print(std::ostream& out) const {
    for (const std::string& problem : problems_) out << "# " << problem << "\n";
    out << "# " << found_.size()
        << " in the network; keep what is yours, and give it a name and a grace time.\n"
        << "devices:\n";
    std::set<std::string> keys;
    for (const auto& [mac, found] : found_) print(out, mac, found, keys);
    out << std::flush;
  }

 private:
  void listen(Source& source) {
    SourceEvents& events = source.events;
    events.works = [] {};
    events.looked = [] {};
    events.lost = [this, &source](const std::string& reason) {
      source.close();
      problems_.push_back(source.name() + ": " + reason);
    };
    events.seen = [this, &source](const std::vector<Sighting>& sightings) {
      for (const Sighting& sighting : sightings) {
        if (!sighting.mac) continue;
        Found& found = found_[*sighting.mac];
        if (sighting.ip) found.ips.insert(*sighting.ip);
        found.seen_by.insert(source.name());
      }
    };
    events.leases = [this, &source](const std::vector<Lease>& leases) {
      for (const Lease& lease : leases) {
        if (!lease.mac) continue;
        Found& found = found_[*lease.mac];
        found.ips.insert(lease.ip);
        found.host_name = lease.host_name;
        found.client_id = lease.client_id;
        found.seen_by.insert(source.name());
      }
    };
  }

  // Names come from devices: only harmless letters reach the terminal.
  static std::string harmless(const std::string& text) {
    std::string out;
    for (const char c : text) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
      out += plain ? c : '?';
    }
    return out;
  }

  static void print(std::ostream& out, const Mac& mac, const Found& found, std::set<std::string>& keys) {
    std::string key = wire::slugify(found.host_name.empty() ? "device " + to_text(mac) : found.host_name);
    while (!keys.insert(key).second) key += "_2";
    out << "  " << key << ": {mac: " << to_text(mac);
    if (!found.host_name.empty()) out << ", host_name: \"" << harmless(found.host_name) << '"';
    if (!found.client_id.empty()) out << ", client_id: \"" << harmless(found.client_id) << '"';
    out << "}  #";
    for (const Ip& ip : found.ips) out << " " << to_text(ip);
    // The second digit of a private address is 2, 6, a or e: it changes, and another sign is needed.
    if ((mac.bytes[0] & 2U) != 0) out << "; a private address, which may change";
    for (const std::string& source : found.seen_by) out << "; " << source;
    out << "\n";
  }

  node::Loop& loop_;
  const PresenceConfig config_;
  Descriptors descriptors_;
  Sources sources_;
  std::map<Mac, Found> found_;
  std::vector<std::string> problems_;
};

}  // namespace

int scan(bridge::Bridge& bridge) {
  PresenceConfig config = read_presence_config(bridge.config(), true);
  config.ping = false;  // nothing is listed whom one could ask
  Scan scan(bridge.loop(), std::move(config));
  scan.run();
  scan.print(std::cout);
  return 0;
}

}  // namespace gable::presence
