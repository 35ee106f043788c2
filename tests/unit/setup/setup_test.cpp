// `gable setup` and `gable enroll` in a directory of their own: what they make, what they never replace, what
// they refuse. Whether a broker obeys the result is tested in tests/deploy.

#include "setup/setup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "setup/broker_files.hpp"
#include "setup/house.hpp"
#include "setup/private_files.hpp"
#include "wire/json.hpp"

namespace gable::setup {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class SetupTest : public ::testing::Test {
 protected:
  SetupTest() : work_(fs::temp_directory_path()), directory_(work_.path() / "keys") {}

  int set_up(const std::vector<std::string>& people = {}, const std::vector<std::string>& hosts = {}) {
    SetupOptions options;
    options.directory = directory_;
    options.people = people;
    options.hosts = hosts;
    options.yes = true;
    return run_setup(options, out_, err_);
  }
  int enroll(const std::string& host, const std::string& bridge) {
    EnrollOptions options;
    options.directory = directory_;
    options.host = host;
    options.bridge = bridge;
    options.out = work_.path() / "bundle.tar.gz";
    return run_enroll(options, out_, err_);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return read_text(directory_ / name); }

  TemporaryDirectory work_;
  fs::path directory_;
  std::ostringstream out_, err_;
};

TEST_F(SetupTest, makes_everything_private) {
  ASSERT_EQ(set_up({"anna"}), 0) << err_.str();
  EXPECT_EQ(fs::status(directory_).permissions(), fs::perms::owner_all);
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory_)) {
    const fs::perms wanted =
        entry.is_directory() ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write;
    EXPECT_EQ(entry.status().permissions(), wanted) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 12);
}

TEST_F(SetupTest, replaces_nothing_the_second_time) {
  ASSERT_EQ(set_up({"anna"}, {"house.lan"}), 0) << err_.str();
  const std::vector<std::string> names = {"ca.key",         "ca.crt",        "broker.key",
                                          "broker.crt",     "users",         "acl",
                                          "mosquitto.conf", "passwords/hub", "passwords/anna"};
  std::vector<std::string> before;
  for (const std::string& name : names) before.push_back(file(name));
  out_.str("");
  ASSERT_EQ(set_up(), 0) << err_.str();
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(file(names[i]), before[i]) << names[i];
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("kept  user anna"), Not(HasSubstr("made  "))));
}

// The lines of the broker's configuration from the page's listener to the next empty line.
std::string page_lines(const std::string& configuration) {
  const auto at = configuration.find("# The page");
  return at == std::string::npos ? "" : configuration.substr(at, configuration.find("\n\n", at) - at);
}

TEST_F(SetupTest, the_page_is_for_this_machine_unless_it_has_tls) {
  ASSERT_EQ(set_up(), 0) << err_.str();
  EXPECT_THAT(page_lines(file("mosquitto.conf")),
              AllOf(HasSubstr("listener 8090 127.0.0.1\nprotocol websockets"), Not(HasSubstr("http_dir"))));
  SetupOptions options;
  options.directory = directory_;
  options.yes = true;
  options.page = "everywhere";
  options.page_port = 8443;
  options.page_files = (work_.path() / "page").string();
  EXPECT_EQ(run_setup(options, out_, err_), 2) << "no page is there";
  fs::create_directory(work_.path() / "page");
  std::ofstream(work_.path() / "page" / "index.html") << "<!doctype html>";
  ASSERT_EQ(run_setup(options, out_, err_), 0) << err_.str();
  EXPECT_THAT(page_lines(file("mosquitto.conf")),
              AllOf(HasSubstr("listener 8443\n"), HasSubstr("http_dir " + options.page_files),
                    HasSubstr("certfile " + (directory_ / "broker.crt").string())));
  ASSERT_EQ(set_up(), 0) << "it is remembered";
  EXPECT_THAT(page_lines(file("mosquitto.conf")), HasSubstr("listener 8443\n"));
  options.page = "off";
  ASSERT_EQ(run_setup(options, out_, err_), 0);
  EXPECT_EQ(page_lines(file("mosquitto.conf")), "");
  options.page = "somewhere";
  EXPECT_EQ(run_setup(options, out_, err_), 2);
}

TEST_F(SetupTest, a_new_host_changes_the_certificate_and_no_key) {
  ASSERT_EQ(set_up({}, {"house.lan"}), 0);
  const std::string key = file("broker.key"), authority = file("ca.crt"), certificate = file("broker.crt");
  ASSERT_EQ(set_up({}, {"192.168.1.2"}), 0) << err_.str();
  EXPECT_EQ(file("broker.key"), key);
  EXPECT_EQ(file("ca.crt"), authority);
  EXPECT_NE(file("broker.crt"), certificate);
  EXPECT_THAT(file("broker.names"), AllOf(HasSubstr("IP:192.168.1.2"), HasSubstr("DNS:house.lan")));
}

TEST_F(SetupTest, keeps_own_lines_of_the_access_rules) {
  ASSERT_EQ(set_up(), 0);
  std::ofstream(directory_ / "acl", std::ios::app) << "user zigbee2mqtt\ntopic readwrite zigbee2mqtt/#\n";
  ASSERT_EQ(set_up({"ben"}), 0);
  EXPECT_THAT(file("acl"), AllOf(HasSubstr("user ben"), HasSubstr("topic readwrite zigbee2mqtt/#")));
}

TEST_F(SetupTest, no_password_in_clear_where_the_broker_reads) {
  ASSERT_EQ(set_up(), 0);
  std::string password = file("passwords/hub");
  password.pop_back();
  EXPECT_EQ(password.size(), 32U);
  EXPECT_THAT(file("users"), AllOf(HasSubstr("hub:$7$"), Not(HasSubstr(password))));
}

TEST_F(SetupTest, a_run_cut_short_is_completed_with_the_same_password) {
  ASSERT_EQ(set_up(), 0);
  const std::string password = file("passwords/hub");
  fs::remove(directory_ / "users");
  ASSERT_EQ(set_up(), 0) << err_.str();
  EXPECT_EQ(file("passwords/hub"), password);
  EXPECT_THAT(file("users"), HasSubstr("hub:$7$"));
}

TEST_F(SetupTest, half_an_authority_is_not_replaced) {
  ASSERT_EQ(set_up(), 0);
  fs::remove(directory_ / "ca.key");
  EXPECT_EQ(set_up(), 2);
  EXPECT_THAT(err_.str(), HasSubstr("only one is in"));
  EXPECT_FALSE(fs::exists(directory_ / "ca.key"));
}

TEST_F(SetupTest, without_yes_it_only_says_what_it_would_do) {
  SetupOptions options;
  options.directory = directory_;
  EXPECT_EQ(run_setup(options, out_, err_), 3);
  EXPECT_THAT(out_.str(), HasSubstr("--yes"));
  EXPECT_FALSE(fs::exists(directory_));
}

TEST_F(SetupTest, refuses_names_that_would_be_more_than_names) {
  for (const char* name : {"", "hub", "Anna", "a b", "a\nuser b", "a:b", "../x", "+", "#", "-rf"}) {
    err_.str("");
    EXPECT_EQ(set_up({name}), 2) << name;
    EXPECT_THAT(err_.str(), HasSubstr("gable setup: '")) << name;
  }
  for (const char* host : {"", "a,IP:1.2.3.4", "a\nb", "-out", "a b", "../x"}) {
    EXPECT_EQ(set_up({}, {host}), 2) << host;
  }
  EXPECT_EQ(set_up({"virtual"}), 2);  // already a bridge
  EXPECT_FALSE(fs::exists(directory_));
}

TEST_F(SetupTest, speaks_json) {
  SetupOptions options;
  options.directory = directory_;
  options.yes = options.json = true;
  options.bridges = {"lamp"};
  ASSERT_EQ(run_setup(options, out_, err_), 0) << err_.str();
  const auto document = wire::parse_object(out_.str());
  ASSERT_TRUE(document) << document.error().message();
  EXPECT_EQ(document->find("bridges")->as_list()->size(), 1U);
  EXPECT_EQ(document->find("ca_file")->string_or(""), (directory_ / "ca.crt").string());
}

TEST_F(SetupTest, enrolls_into_one_private_bundle) {
  ASSERT_EQ(set_up({}, {"house.lan"}), 0);
  ASSERT_EQ(enroll("attic", "notify"), 0) << err_.str();
  EXPECT_NE(file("acl").find("user notify\n"), std::string::npos);
  ASSERT_EQ(enroll("attic", "knx"), 0) << err_.str();
  const fs::path bundle = work_.path() / "bundle.tar.gz";
  EXPECT_EQ(fs::status(bundle).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  run_program({"tar", "-xzf", bundle.string(), "-C", work_.path().string()});
  const fs::path unpacked = work_.path() / "gable-knx";
  EXPECT_EQ(read_text(unpacked / "ca.crt"), file("ca.crt"));
  EXPECT_EQ(read_text(unpacked / "password"), file("passwords/knx"));
  EXPECT_THAT(read_text(unpacked / "bridge.yaml"), HasSubstr("mqtts://knx@house.lan:8883"));
  EXPECT_THAT(read_text(unpacked / "README.txt"), HasSubstr("gable-bridge@knx"));
  // Again: the same user, the same password.
  const std::string users = file("users");
  ASSERT_EQ(enroll("attic", "knx"), 0);
  EXPECT_EQ(file("users"), users);
}

TEST_F(SetupTest, enrolls_nobody_without_a_house_or_with_a_person_s_name) {
  EXPECT_EQ(enroll("attic", "knx"), 2);
  EXPECT_THAT(err_.str(), HasSubstr("gable setup --yes"));
  ASSERT_EQ(set_up({"anna"}), 0);
  EXPECT_EQ(enroll("attic", "anna"), 2);
  EXPECT_EQ(enroll("-attic", "knx"), 2);
}

TEST(AccessRules, people_are_no_bridges_and_bridges_have_one_line) {
  House house;
  house.root = "villa";
  house.people = {"anna"};
  house.bridges = {"knx", "hue"};
  const std::string rules = access_rules(house, "");
  EXPECT_THAT(rules, HasSubstr("user anna\ntopic deny villa/bridge/anna/#\n"));
  EXPECT_THAT(rules, HasSubstr("\npattern readwrite villa/bridge/%u/#\n"));
  EXPECT_THAT(rules, Not(HasSubstr("knx")));
  EXPECT_THAT(rules, Not(HasSubstr("topic read villa/client")));
  EXPECT_THAT(rules, Not(HasSubstr("play_media")));
  house.bridges.emplace_back("notify");
  EXPECT_THAT(access_rules(house, ""),
              HasSubstr("user notify\ntopic write villa/call/media_player/play_media\n"));
}

TEST(House, addresses_in_urls) {
  House house;
  house.hosts = {"fd00::1"};
  EXPECT_EQ(house.url("hub"), "mqtts://hub@[fd00::1]:8883");
  house.hosts = {"house.local"};
  EXPECT_EQ(house.url("hub"), "mqtts://hub@house.local:8883");
}

}  // namespace
}  // namespace gable::setup
