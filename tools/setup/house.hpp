#pragma once
// What setup remembers of a house between calls, in `house.settings` of its directory: lines of key=value.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gable::setup {

struct House {
  std::filesystem::path directory;  // absolute
  std::string root = "gable";
  std::string broker_user;
  std::uint16_t port = 8883;
  std::string page = "here";         // who reaches the page's listener: here, everywhere or off
  std::uint16_t page_port = 8090;    // of that listener
  std::string page_files;            // what the broker serves there; may be empty
  std::vector<std::string> hosts;    // the first is what others are told
  std::vector<std::string> bridges;  // user names
  std::vector<std::string> people;   // user names

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return directory / name; }
  [[nodiscard]] std::filesystem::path password_file(const std::string& user) const {
    return directory / "passwords" / user;
  }
  // "mqtts://user@house.local:8883"
  [[nodiscard]] std::string url(const std::string& user) const;
  // "https://house.local:8090"; what a browser is told.
  [[nodiscard]] std::string page_url() const;
};

// The user name of the hub.
inline constexpr const char* kHubUser = "hub";

// False if `directory` holds no house yet. Throws SetupError on a file that it cannot read or understand.
bool load(House& house);
void save(const House& house);

// Throw SetupError with the name and the rule that it breaks.
void check_user(const std::string& name);  // a–z, 0–9, _ and -, at most 64, not the hub's
void check_host(const std::string& name);  // a DNS name, an IPv4 or an IPv6 address
void check_root(const std::string& name);  // one topic level of A–Z, a–z, 0–9, _ and -

void check_page(const std::string& word);          // here, everywhere or off
void check_page_files(const std::string& folder);  // absolute, with an index.html in it

// True for 192.168.1.2 and fd00::1, false for a name.
bool is_address(const std::string& host);

// Appends what is not in the list yet.
void add_missing(std::vector<std::string>& list, const std::vector<std::string>& more);

}  // namespace gable::setup
