#include "node/broker_url.hpp"

#include <gmock/gmock.h>

namespace gable::test {
namespace {

using node::broker_address;
using node::parse_broker_url;
using testing::HasSubstr;
using testing::Not;

TEST(BrokerUrl, FillsInWhatIsNotSaid) {
  const auto plain = parse_broker_url("mqtt://broker.local");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "broker.local");
  EXPECT_EQ(plain->port, 1883);
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->user, "");
  const auto tls = parse_broker_url("mqtts://10.0.0.2");
  ASSERT_TRUE(tls);
  EXPECT_EQ(tls->port, 8883);
  EXPECT_TRUE(tls->tls);
  const auto bare = parse_broker_url("localhost:1884");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->port, 1884);
}

TEST(BrokerUrl, ReadsUserPasswordAndPort) {
  const auto url = parse_broker_url("mqtt://anna:p%40ss%3Aw%2F%C3%BC@host:1884/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->user, "anna");
  EXPECT_EQ(url->password, "p@ss:w/ü");
  EXPECT_EQ(url->host, "host");
  EXPECT_EQ(url->port, 1884);
  const auto raw = parse_broker_url("mqtt://anna:p@ss@host");
  ASSERT_TRUE(raw);
  EXPECT_EQ(raw->password, "p@ss");
  EXPECT_EQ(raw->host, "host");
}

TEST(BrokerUrl, KnowsIPv6AndCertificates) {
  const auto url = parse_broker_url("mqtts://[fe80::1]:8884?ca=/etc/a%20b.crt&cert=c.crt&key=c.key");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "fe80::1");
  EXPECT_EQ(url->port, 8884);
  EXPECT_EQ(url->tls->ca_file, "/etc/a b.crt");
  EXPECT_EQ(url->tls->certificate_file, "c.crt");
  EXPECT_EQ(url->tls->key_file, "c.key");
  EXPECT_EQ(broker_address(*url), "mqtts://[fe80::1]:8884");
}

TEST(BrokerUrl, NeverShowsThePassword) {
  const auto good = parse_broker_url("mqtt://anna:secret@host");
  ASSERT_TRUE(good);
  EXPECT_EQ(broker_address(*good), "mqtt://host:1883");
  for (const char* bad :
       {"mqtt://anna:secret@", "mqtt://anna:secret%zz@host", "mqtt://anna:secret@host:99999",
        "http://anna:secret@host", "mqtt://anna:secret@ho st"}) {
    const auto url = parse_broker_url(bad);
    ASSERT_FALSE(url) << bad;
    EXPECT_THAT(url.error().text, Not(HasSubstr("secret"))) << bad;
  }
}

TEST(BrokerUrl, SaysWhatIsWrong) {
  const auto text = [](const char* url) {
    const auto parsed = parse_broker_url(url);
    return parsed ? std::string("taken") : parsed.error().text;
  };
  EXPECT_THAT(text("http://host"), HasSubstr("'http://' is not known"));
  EXPECT_THAT(text("mqtt://"), HasSubstr("no host"));
  EXPECT_THAT(text(""), HasSubstr("no host"));
  EXPECT_THAT(text("mqtt://host:0"), HasSubstr("'0' is not a port"));
  EXPECT_THAT(text("mqtt://host:65536"), HasSubstr("not a port"));
  EXPECT_THAT(text("mqtt://host:18x"), HasSubstr("'18x' is not a port"));
  EXPECT_THAT(text("mqtt://::1"), HasSubstr("brackets"));
  EXPECT_THAT(text("mqtt://[::1"), HasSubstr("not closed"));
  EXPECT_THAT(text("mqtt://[::1]x"), HasSubstr("only a port"));
  EXPECT_THAT(text("mqtt://a%2:b@host"), HasSubstr("hexadecimal"));
  EXPECT_THAT(text("mqtt://a%ff:b@host"), HasSubstr("hexadecimal"));
  EXPECT_THAT(text("mqtt://host?ca=x"), HasSubstr("mqtts://"));
  EXPECT_THAT(text("mqtts://host?ca="), HasSubstr("needs a file name"));
  EXPECT_THAT(text("mqtts://host?cafile=x"), HasSubstr("'cafile' is not known"));
  EXPECT_THAT(text("mqtts://host?cert=x"), HasSubstr("both"));
  EXPECT_THAT(text("mqtt://host/path"), HasSubstr("host"));
}

}  // namespace
}  // namespace gable::test
