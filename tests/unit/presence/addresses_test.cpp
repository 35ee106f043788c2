// Addresses and their texts.

#include "protocol/addresses.hpp"

#include <gtest/gtest.h>

namespace gable::presence {
namespace {

std::string mac(std::string_view text) {
  const auto value = parse_mac(text);
  return value ? to_text(*value) : "none";
}

std::string ip(std::string_view text) {
  const auto value = parse_ip(text);
  return value ? to_text(*value) : "none";
}

TEST(Mac, ReadsEverySpelling) {
  for (const char* text : {"02:aa:BB:cc:dd:01", "02-aa-bb-cc-dd-01", "02aa.bbcc.dd01", "02aabbccdd01"})
    EXPECT_EQ(mac(text), "02:aa:bb:cc:dd:01") << text;
  for (const char* text :
       {"", "02:aa:bb:cc:dd", "02:aa:bb:cc:dd:0g", "02:aa-bb:cc:dd:01", "02.aa.bb.cc.dd.01", "02aabbccdd012",
        "02:aa:bb:cc:dd:01 ", "*", "06-02:aa:bb:cc:dd:01"})
    EXPECT_EQ(mac(text), "none") << text;
}

TEST(Mac, GroupsAndNothingAreNoCards) {
  EXPECT_FALSE(names_a_card(Mac{}));
  EXPECT_FALSE(names_a_card(*parse_mac("ff:ff:ff:ff:ff:ff")));
  EXPECT_FALSE(names_a_card(*parse_mac("01:00:5e:00:00:fb")));
  EXPECT_TRUE(names_a_card(*parse_mac("02:aa:bb:cc:dd:01")));
}

TEST(Ip, ReadsVersionFour) {
  EXPECT_EQ(ip("192.168.1.20"), "192.168.1.20");
  EXPECT_EQ(ip("0.0.0.0"), "0.0.0.0");
  for (const char* text :
       {"1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.", ".1.2.3", "1.2.3.4 ", "1,2.3.4", "-1.2.3.4"})
    EXPECT_EQ(ip(text), "none") << text;
}

TEST(Ip, ReadsVersionSix) {
  EXPECT_EQ(ip("fe80::AA:0:1"), "fe80::aa:0:1");
  EXPECT_EQ(ip("::"), "::");
  EXPECT_EQ(ip("::1"), "::1");
  EXPECT_EQ(ip("1::"), "1::");
  EXPECT_EQ(ip("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  EXPECT_EQ(ip("1:0:3:4:5:6:7:8"), "1:0:3:4:5:6:7:8");
  EXPECT_EQ(ip("::ffff:10.0.0.1"), "::ffff:a00:1");
  for (const char* text : {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8",
                           "::1::", "12345::", "g::", "fe80::1%eth0", "1:2:3:4:5:6:7:", "::1.2.3"})
    EXPECT_EQ(ip(text), "none") << text;
}

}  // namespace
}  // namespace gable::presence
