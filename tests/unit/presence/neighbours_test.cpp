// Netlink messages as the kernel writes them, cut and broken ones, and which rows count as sightings.

#include "protocol/neighbours.hpp"

#include <gmock/gmock.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <cstring>

namespace gable::presence {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Message = std::vector<std::uint8_t>;

template <class T>
void append(Message& out, const T& value) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
  out.insert(out.end(), bytes, bytes + sizeof(T));
}

void append_attribute(Message& out, std::uint16_t type, const Message& value) {
  append(out, nlattr{static_cast<std::uint16_t>(sizeof(nlattr) + value.size()), type});
  out.insert(out.end(), value.begin(), value.end());
  out.resize((out.size() + 3) / 4 * 4);
}

Message message(std::uint16_t type, const Message& payload, std::uint16_t flags = 0) {
  Message out;
  append(out, nlmsghdr{static_cast<std::uint32_t>(sizeof(nlmsghdr) + payload.size()), type, flags, 1, 2});
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

struct RowSpec {
  std::uint16_t state = NUD_REACHABLE;
  Message ip = {10, 0, 0, 5};
  Message mac = {2, 0xAA, 0xBB, 0xCC, 0xDD, 1};
  std::uint32_t confirmed = 300;  // hundredths of a second
};

Message row(const RowSpec& spec, std::uint16_t type = RTM_NEWNEIGH) {
  Message payload;
  ndmsg head{};
  head.ndm_family = 2;
  head.ndm_ifindex = 7;
  head.ndm_state = spec.state;
  append(payload, head);
  append_attribute(payload, NDA_DST, spec.ip);
  if (!spec.mac.empty()) append_attribute(payload, NDA_LLADDR, spec.mac);
  Message times;
  append(times, nda_cacheinfo{spec.confirmed, 1, 2, 3});
  append_attribute(payload, NDA_CACHEINFO, times);
  return message(type, payload);
}

TEST(Neighbours, ReadsARow) {
  const auto reading = read_neighbours(row({}));
  ASSERT_THAT(reading.rows, SizeIs(1));
  EXPECT_FALSE(reading.broken);
  const Neighbour& neighbour = reading.rows.front();
  EXPECT_EQ(neighbour.interface, 7);
  EXPECT_EQ(to_text(neighbour.ip), "10.0.0.5");
  const auto sighting = sighting_of(neighbour);
  ASSERT_TRUE(sighting);
  EXPECT_EQ(to_text(sighting->mac.value_or(Mac{})), "02:aa:bb:cc:dd:01");
  EXPECT_EQ(sighting->age, 3s);
}

TEST(Neighbours, OnlyAnswersAreSightings) {
  const auto counts = [](std::uint16_t state) {
    return sighting_of(read_neighbours(row({state})).rows.at(0)).has_value();
  };
  for (const unsigned state : {NUD_REACHABLE, NUD_STALE, NUD_DELAY, NUD_PROBE})
    EXPECT_TRUE(counts(static_cast<std::uint16_t>(state))) << state;
  for (const unsigned state : {NUD_NONE, NUD_INCOMPLETE, NUD_FAILED, NUD_NOARP, NUD_PERMANENT})
    EXPECT_FALSE(counts(static_cast<std::uint16_t>(state))) << state;
  EXPECT_FALSE(sighting_of(read_neighbours(row({}, RTM_DELNEIGH)).rows.at(0)));
  EXPECT_FALSE(sighting_of(read_neighbours(row({.mac = {}})).rows.at(0)));
  EXPECT_FALSE(sighting_of(read_neighbours(row({.mac = {0, 0, 0, 0, 0, 0}})).rows.at(0)));
}

TEST(Neighbours, ReadsADumpToItsEnd) {
  Message dump = row({});
  const Message second = row({.ip = Message(16, 0xFE)});
  dump.insert(dump.end(), second.begin(), second.end());
  const Message done = message(NLMSG_DONE, {0, 0, 0, 0}, NLM_F_DUMP_INTR);
  dump.insert(dump.end(), done.begin(), done.end());
  const auto reading = read_neighbours(dump);
  EXPECT_THAT(reading.rows, SizeIs(2));
  EXPECT_TRUE(reading.done);
  EXPECT_TRUE(reading.interrupted);
  EXPECT_TRUE(reading.rows.at(1).ip.v6);
}

TEST(Neighbours, TellsARefusal) {
  Message payload;
  append(payload, nlmsgerr{-1, {}});
  EXPECT_EQ(read_neighbours(message(NLMSG_ERROR, payload)).error, 1);
}

TEST(Neighbours, WhatIsCutIsBroken) {
  const Message whole = row({});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto reading = read_neighbours(Bytes(whole).first(size));
    EXPECT_TRUE(reading.broken) << size;
    EXPECT_THAT(reading.rows, IsEmpty()) << size;
  }
}

}  // namespace
}  // namespace gable::presence
