#pragma once
// What the broker reads: certificates, users, access rules and its configuration. Calling thread.

#include <string>
#include <vector>

#include "setup/house.hpp"

namespace gable::setup {

// What happened, in words for people: file names relative to the directory, or users.
struct Report {
  std::vector<std::string> made, kept;
};

// ca.key and ca.crt (EC P-256, 10 years); never replaced. Throws SetupError.
void make_authority(const House& house, Report& report);

// broker.key and broker.crt for all of the house's hosts. The key is never replaced; the certificate is when
// a host is new or it ends within 30 days. Throws SetupError.
void make_broker_certificate(const House& house, Report& report);

// passwords/<user> in clear for whoever is to have it, and its hash in `users`; never replaced. Throws
// SetupError.
void make_users(const House& house, Report& report);

// The text of `acl`: who may read and write what. `own`: lines that people added below the marker.
std::string access_rules(const House& house, const std::string& own);

// Writes `acl` (keeping the lines below its marker) and `mosquitto.conf`. Throws SetupError.
void write_broker_files(const House& house, Report& report);

// The name of whoever runs this program.
std::string current_user();

// Lets the house's broker_user run the broker: what the broker reads becomes that user's; the CA's key and
// the passwords in clear do not. Last of all, since replaced files belong to the caller. Throws SetupError.
void hand_over(const House& house);

}  // namespace gable::setup
