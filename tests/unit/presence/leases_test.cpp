// Lease files as servers write them, and as they are when they are cut or wrong.

#include "protocol/leases.hpp"

#include <gmock/gmock.h>

namespace gable::presence {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string text_of(const Lease& lease) {
  return std::to_string(lease.expires) + " " + (lease.mac ? to_text(*lease.mac) : "-") + " " +
         to_text(lease.ip) + " " + lease.host_name + " " + lease.client_id;
}

std::vector<std::string> texts(LeaseFormat format, std::string_view content) {
  std::vector<std::string> out;
  for (const Lease& lease : read_leases(format, content).leases) out.push_back(text_of(lease));
  return out;
}

TEST(Dnsmasq, ReadsBothVersionsOfTheProtocol) {
  EXPECT_THAT(texts(LeaseFormat::dnsmasq,
                    "1795316731 02:aa:bb:cc:dd:01 10.78.0.55 Anna-Phone 01:02:AA:bb:cc:dd:01\n"
                    "0 02:aa:bb:cc:dd:02 10.78.0.56 * *\n"
                    "duid 00:01:00:01:2c:5e\n"
                    "1795316900 12345678 fd00::55 laptop 00:01:00:01:aa\n"),
              ElementsAre("1795316731 02:aa:bb:cc:dd:01 10.78.0.55 anna-phone 01:02:aa:bb:cc:dd:01",
                          "0 02:aa:bb:cc:dd:02 10.78.0.56  ", "1795316900 - fd00::55 laptop 00:01:00:01:aa"));
}

TEST(Dnsmasq, SkipsWhatItCannotRead) {
  const auto reading =
      read_leases(LeaseFormat::dnsmasq,
                  "garbage\n\n-5 02:aa:bb:cc:dd:01 10.0.0.1 a b\n5 02:aa:bb:cc:dd:01 10.0.0.300 a b\n"
                  "99999999999999999999 02:aa:bb:cc:dd:01 10.0.0.1 a b\n"
                  "5 02:aa:bb:cc:dd:01 10.0.0.9 cut");
  EXPECT_EQ(reading.refused, 4U);
  ASSERT_THAT(reading.leases, SizeIs(1));
  EXPECT_EQ(text_of(reading.leases.front()), "5 02:aa:bb:cc:dd:01 10.0.0.9 cut ");
}

TEST(Dnsmasq, HasALimit) {
  std::string content;
  for (int i = 0; i < 21'000; ++i)
    content += "5 02:aa:bb:cc:dd:01 10." + std::to_string(i / 65'536) + "." + std::to_string(i / 256 % 256) +
               "." + std::to_string(i % 256) + " * *\n";
  EXPECT_THAT(read_leases(LeaseFormat::dnsmasq, content).leases, SizeIs(kLeaseLimit));
}

constexpr std::string_view kIsc = R"(# The format of this file is documented in dhcpd.leases(5).
authoring-byte-order little-endian;
lease 10.0.0.5 {
  starts 0 2026/11/22 13:00:00;
  ends 0 2026/11/22 15:00:00;
  binding state active;
  hardware ethernet 02:aa:bb:cc:dd:01;
  uid "\001\002\252\273\"x";
  client-hostname "Anna-Phone.lan";
  set vendor-class-identifier = "a { b; c";
  on expiry { set x = "1"; }
}
lease 10.0.0.6 { ends never; hardware ethernet 02:aa:bb:cc:dd:02; uid 01:02:03; }
lease 10.0.0.7 { ends epoch 1795316731; # Sun Nov 22
  hardware ethernet 02:aa:bb:cc:dd:03; }
lease 10.0.0.6 { binding state free; hardware ethernet 02:aa:bb:cc:dd:02; }
server-duid "\000\001";
)";

TEST(Isc, TakesTheLastWordAboutEachAddress) {
  EXPECT_THAT(texts(LeaseFormat::isc, kIsc),
              ElementsAre("1795359600 02:aa:bb:cc:dd:01 10.0.0.5 anna-phone 01:02:aa:bb:22:78",
                          "1795316731 02:aa:bb:cc:dd:03 10.0.0.7  "));
}

TEST(Isc, SkipsWhatItCannotRead) {
  const auto reading =
      read_leases(LeaseFormat::isc,
                  "lease x { ends never; } lease 10.0.0.1 { ends 0 2026/13/40 00:00:00; }"
                  "lease 10.0.0.2 { ends soon; } lease 10.0.0.3 { ends never; } lease 10.0.0.4 { ends");
  EXPECT_EQ(reading.refused, 4U);
  ASSERT_THAT(reading.leases, SizeIs(1));
  EXPECT_EQ(to_text(reading.leases.front().ip), "10.0.0.3");
  EXPECT_THAT(read_leases(LeaseFormat::isc, std::string(100'000, '{')).leases, IsEmpty());
}

std::string udhcpd(std::uint64_t written, std::uint32_t left, const std::string& name) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>(written >> static_cast<unsigned>(shift) & 0xFFU);
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(left >> static_cast<unsigned>(shift) & 0xFFU);
  out += std::string("\x0A\x00\x00\x05\x02\xAA\xBB\xCC\xDD\x01", 10);
  std::string padded = name;
  padded.resize(22);
  return out + padded;
}

TEST(Udhcpd, ReadsItsRecords) {
  EXPECT_THAT(texts(LeaseFormat::udhcpd, udhcpd(1'795'316'000, 731, "Anna-Phone")),
              ElementsAre("1795316731 02:aa:bb:cc:dd:01 10.0.0.5 anna-phone "));
  EXPECT_THAT(texts(LeaseFormat::udhcpd, ""), IsEmpty());
  const auto cut = read_leases(LeaseFormat::udhcpd, udhcpd(1, 1, "x").substr(0, 43));
  EXPECT_THAT(cut.leases, IsEmpty());
  EXPECT_EQ(cut.refused, 1U);
}

TEST(Names, AreComparedInOneForm) {
  EXPECT_EQ(normal_host_name("Anna-Phone.fritz.box"), "anna-phone");
  EXPECT_EQ(normal_host_name("a b\x01\x7F"), "ab");
  EXPECT_EQ(normal_client_id("01:AA: bb"), "01:aa:bb");
  EXPECT_LE(normal_host_name(std::string(10'000, 'x')).size(), 253U);
}

}  // namespace
}  // namespace gable::presence
