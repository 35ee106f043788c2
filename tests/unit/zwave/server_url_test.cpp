// The server's address, and the configuration that names it.

#include "protocol/server_url.hpp"

#include <gtest/gtest.h>

#include "node/config_reader.hpp"
#include "zwave_config.hpp"

namespace gable::zwave {
namespace {

TEST(ServerUrl, is_read_and_written) {
  for (const std::string text : {"ws://127.0.0.1:3000", "ws://zwave.home:3001/api", "ws://[::1]:3000"}) {
    const auto url = parse_server_url(text);
    ASSERT_TRUE(url.has_value()) << text;
    EXPECT_EQ(url->text(), text);
  }
  EXPECT_EQ(parse_server_url("ws://host")->port, "3000");
  EXPECT_EQ(parse_server_url("ws://[fe80::1%eth0]")->host, "fe80::1%eth0");
}

TEST(ServerUrl, that_is_none_is_refused_in_words) {
  for (const std::string text :
       {"", "host", "http://host:1", "wss://host", "ws://", "ws://:3000", "ws://host:0", "ws://host:70000",
        "ws://host:3a", "ws://::1:3000", "ws://[::1", "ws://[::1]x", "ws://ho st", "ws://host/a b"}) {
    const auto url = parse_server_url(text);
    ASSERT_FALSE(url.has_value()) << text;
    EXPECT_NE(url.error().text.find("ws://HOST:PORT"), std::string::npos) << text;
  }
  EXPECT_FALSE(parse_server_url("ws://" + std::string(600, 'a')).has_value());
}

ZwaveConfig read(const std::string& yaml, const std::string& server = {}) {
  return read_zwave_config(node::parse_config("zwave.yaml", yaml).root, server);
}

TEST(ZwaveConfig, has_defaults_and_is_checked) {
  EXPECT_EQ(read_zwave_config({}).server.text(), "ws://127.0.0.1:3000");
  EXPECT_TRUE(read_zwave_config({}).entities.parameters);
  const ZwaveConfig config =
      read("server: ws://a:1\nparameters: no\nstatistics: no\nstatistics_interval: 5min\n");
  EXPECT_EQ(config.server.text(), "ws://a:1");
  EXPECT_FALSE(config.entities.parameters || config.entities.statistics);
  EXPECT_EQ(config.statistics_interval, std::chrono::minutes(5));
  EXPECT_EQ(read("server: ws://a:1\n", "ws://b:2").server.text(), "ws://b:2");
  for (const std::string yaml : {"sever: ws://a:1\n", "server: a\n", "server: [1]\n",
                                 "statistics_interval: 0s\n", "parameters: maybe\n"}) {
    EXPECT_THROW(read(yaml), node::ConfigError) << yaml;
  }
  EXPECT_THROW(read("", "b"), node::ConfigError);
}

}  // namespace
}  // namespace gable::zwave
