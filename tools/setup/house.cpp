#include "setup/house.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>

#include "setup/private_files.hpp"

namespace gable::setup {

namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestHost = 253;  // RFC 1035

bool only(std::string_view text, std::string_view extra) {
  return std::all_of(text.begin(), text.end(), [extra](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || extra.find(c) != std::string_view::npos;
  });
}

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// As it stands in a URL.
std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::uint16_t port_of(const std::string& text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) {
    throw SetupError("house.settings: " + text + " is not a port");
  }
  return port;
}

void take(House& house, const std::string& key, const std::string& value) {
  if (key == "root") {
    check_root(value);
    house.root = value;
  } else if (key == "broker_user") {
    house.broker_user = value;
  } else if (key == "port") {
    house.port = port_of(value);
  } else if (key == "page") {
    check_page(value);
    house.page = value;
  } else if (key == "page_port") {
    house.page_port = port_of(value);
  } else if (key == "page_files") {
    house.page_files = value;
  } else if (key == "hosts") {
    house.hosts = words_of(value);
    std::for_each(house.hosts.begin(), house.hosts.end(), check_host);
  } else if (key == "bridges") {
    house.bridges = words_of(value);
    std::for_each(house.bridges.begin(), house.bridges.end(), check_user);
  } else if (key == "people") {
    house.people = words_of(value);
    std::for_each(house.people.begin(), house.people.end(), check_user);
  }
}

}  // namespace

std::string House::url(const std::string& user) const {
  return "mqtts://" + user + "@" + bracketed(hosts.front()) + ":" + std::to_string(port);
}

std::string House::page_url() const {
  const std::string end = ":" + std::to_string(page_port);
  return page == "everywhere" ? "https://" + bracketed(hosts.front()) + end : "http://127.0.0.1" + end;
}

bool load(House& house) {
  const std::string text = read_text(house.file("house.settings"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (line.empty() || line.front() == '#') continue;
    if (equals == std::string::npos) throw SetupError("house.settings: no = in the line " + line);
    take(house, line.substr(0, equals), line.substr(equals + 1));
  }
  return !text.empty();
}

void save(const House& house) {
  write_private(house.file("house.settings"),
                "# Written by gable setup and gable enroll, which read it again.\nroot=" + house.root +
                    "\nbroker_user=" + house.broker_user + "\nport=" + std::to_string(house.port) +
                    "\nhosts=" + joined(house.hosts) + "\nbridges=" + joined(house.bridges) +
                    "\npeople=" + joined(house.people) + "\npage=" + house.page + "\npage_port=" +
                    std::to_string(house.page_port) + "\npage_files=" + house.page_files + "\n");
}

void check_user(const std::string& name) {
  if (name.empty() || name.size() > kLongestName || !only(name, "_-") || name.front() == '-') {
    throw SetupError("'" + name + "' cannot be a user: take a–z, 0–9, _ and -, at most 64 characters");
  }
  if (name == kHubUser) throw SetupError("'hub' is the hub's own user: take another name");
}

void check_host(const std::string& name) {
  if (is_address(name)) return;
  const bool fits = !name.empty() && name.size() <= kLongestHost && only(name, std::string(kUpper) + "-.");
  if (!fits || name.front() == '-' || name.front() == '.') {
    throw SetupError("'" + name + "' is neither a host name nor an address");
  }
}

void check_root(const std::string& name) {
  if (name.empty() || name.size() > kLongestName || !only(name, std::string(kUpper) + "_-")) {
    throw SetupError("'" + name + "' cannot be the root: one topic level of A–Z, a–z, 0–9, _ and -");
  }
}

void check_page(const std::string& word) {
  if (word == "here" || word == "everywhere" || word == "off") return;
  throw SetupError("--page takes here, everywhere or off, not '" + word + "'");
}

void check_page_files(const std::string& folder) {
  const std::filesystem::path path = folder;
  const bool one_line = std::none_of(folder.begin(), folder.end(), [](char c) { return c >= 0 && c < ' '; });
  if (path.is_absolute() && one_line && std::filesystem::is_regular_file(path / "index.html")) return;
  throw SetupError("'" + folder +
                   "' is not the built page: tools/dashboard/build.sh makes it and prints where");
}

bool is_address(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 || inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

void add_missing(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const std::string& word : more) {
    if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
  }
}

}  // namespace gable::setup
