// SNMP messages and the walk through a router's table, with a router made of rows; and ICMP echo.

#include <gmock/gmock.h>

#include <map>

#include "protocol/arp_walk.hpp"
#include "protocol/icmp.hpp"

namespace gable::presence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Ber, NumbersComeBack) {
  for (const std::int64_t value :
       {0LL, 1LL, 127LL, 128LL, 255LL, 256LL, 32'768LL, 2'147'483'647LL, -1LL, -128LL, -129LL}) {
    const ByteList bytes = ber::integer(value);
    ber::Reader reader{bytes};
    EXPECT_EQ(reader.next_integer(), value);
    EXPECT_TRUE(reader.empty());
  }
  EXPECT_EQ(ber::integer(std::int64_t{128}), (ByteList{2, 2, 0, 128}));
  EXPECT_EQ(ber::integer(std::int64_t{-128}), (ByteList{2, 1, 128}));
}

TEST(Ber, NamesComeBack) {
  const Oid oid{1, 3, 6, 1, 2, 1, 4, 35, 1, 4, 4'294'967'295U, 0, 128};
  const ByteList bytes = ber::oid(oid);
  ber::Reader reader{bytes};
  const auto content = reader.next(ber::kOid);
  ASSERT_TRUE(content);
  EXPECT_EQ(ber::oid(*content), oid);
  EXPECT_FALSE(ber::oid(ByteList{0x2B, 0x86}));                                // open end
  EXPECT_FALSE(ber::oid(ByteList{0x2B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}));  // too large
  EXPECT_FALSE(ber::oid(ByteList(300, 0x01)));
}

TEST(Ber, LengthsAreTakenOnlyWhenAllIsThere) {
  ByteList longer = ber::octets(std::string(200, 'x'));
  EXPECT_EQ(longer[1], 0x81);
  EXPECT_TRUE(ber::Reader(longer).next(ber::kOctets));
  longer.pop_back();
  EXPECT_FALSE(ber::Reader(longer).next());
  for (const ByteList& bad :
       {ByteList{}, ByteList{4}, ByteList{4, 0x80, 0, 0}, ByteList{4, 0x85, 0, 0, 0, 0, 1, 1},
        ByteList{4, 0x84, 0xFF, 0xFF, 0xFF, 0xFF}, ByteList{0x1F, 1, 0}})
    EXPECT_FALSE(ber::Reader(bad).next());
}

TEST(Snmp, AQuestionByteForByte) {
  const ByteList question = encode_get_bulk("public", 1, {Oid{1, 3, 6, 1}}, 10);
  EXPECT_EQ(question, (ByteList{0x30, 0x21, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',  'i',
                                'c',  0xA5, 0x14, 0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x02, 0x01, 0x0A,
                                0x30, 0x09, 0x30, 0x07, 0x06, 0x03, 0x2B, 0x06, 0x01, 0x05, 0x00}));
  EXPECT_FALSE(decode_response(question));
}

// A router: a table of what it answers.
class Router {
 public:
  std::map<Oid, ByteList> rows;  // name → the value, encoded
  std::int64_t error = 0;

  void add(const Oid& column, const Oid& index, ByteList value) {
    Oid name = column;
    name.insert(name.end(), index.begin(), index.end());
    rows[name] = std::move(value);
  }
  void add_physical(std::uint32_t last, std::int64_t state) {
    const Oid index{2, 1, 4, 10, 0, 0, last};
    add({1, 3, 6, 1, 2, 1, 4, 35, 1, 4}, index,
        ber::octets(std::string("\x02\0\0\0\0", 5) + static_cast<char>(last)));
    add({1, 3, 6, 1, 2, 1, 4, 35, 1, 7}, index, ber::integer(state));
  }
  void add_media(std::uint32_t last, std::int64_t type) {
    const Oid index{2, 10, 0, 0, last};
    add({1, 3, 6, 1, 2, 1, 4, 22, 1, 2}, index,
        ber::octets(std::string("\x02\0\0\0\0", 5) + static_cast<char>(last)));
    add({1, 3, 6, 1, 2, 1, 4, 22, 1, 4}, index, ber::integer(type));
  }

  // RFC 3416, 4.2.3.
  [[nodiscard]] ByteList answer(const ByteList& question) const {
    ber::Reader head(ber::Reader(question).next(ber::kSequence).value());
    head.next_integer();
    head.next();
    ber::Reader pdu(head.next(0xA5).value());
    const std::int64_t request = pdu.next_integer().value();
    pdu.next_integer();
    const std::int64_t repetitions = pdu.next_integer().value();
    ber::Reader list(pdu.next(ber::kSequence).value());
    std::vector<Oid> names;
    while (!list.empty())
      names.push_back(*ber::oid(*ber::Reader(*list.next(ber::kSequence)).next(ber::kOid)));
    std::vector<ByteList> bindings;
    for (std::int64_t i = 0; i < repetitions; ++i) {
      for (Oid& name : names) bindings.push_back(next_of(name));
    }
    return response(request, error, bindings);
  }
  static ByteList response(std::int64_t request, std::int64_t error, const std::vector<ByteList>& bindings) {
    const ByteList pdu =
        ber::element(0xA2, {ber::integer(request), ber::integer(error), ber::integer(std::int64_t{0}),
                            ber::element(ber::kSequence, bindings)});
    return ber::element(ber::kSequence, {ber::integer(std::int64_t{1}), ber::octets("public"), pdu});
  }

 private:
  [[nodiscard]] ByteList next_of(Oid& name) const {
    const auto next = rows.upper_bound(name);
    if (next != rows.end()) name = next->first;
    return ber::element(ber::kSequence,
                        {ber::oid(name), next == rows.end() ? ByteList{0x82, 0} : next->second});
  }
};

std::vector<std::string> walk(const Router& router, ArpWalk& walk) {
  for (int i = 0; i < 2'000; ++i) {
    const auto step = walk.take(router.answer(walk.request()));
    if (step == ArpWalk::Step::more) continue;
    if (step != ArpWalk::Step::done) return {"failed: " + walk.problem()};
    std::vector<std::string> out;
    for (const Sighting& sighting : walk.sightings())
      out.push_back(to_text(*sighting.mac) + " " + (sighting.ip ? to_text(*sighting.ip) : "-"));
    return out;
  }
  return {"no end"};
}

TEST(ArpWalk, ReadsWhoAnswersTheRouter) {
  Router router;
  router.add_physical(5, 1);
  router.add_physical(6, 2);  // stale
  router.add_physical(7, 6);  // the router does not know more
  router.add_physical(8, 7);  // asked for, no answer
  ArpWalk reader("public", 1);
  EXPECT_THAT(walk(router, reader), ElementsAre("02:00:00:00:00:05 10.0.0.5", "02:00:00:00:00:07 10.0.0.7"));
}

TEST(ArpWalk, TakesTheOlderTableWhereTheNewOneIsEmpty) {
  Router router;
  router.add_media(5, 3);
  router.add_media(6, 2);  // invalid
  ArpWalk reader("public", 1);
  EXPECT_THAT(walk(router, reader), ElementsAre("02:00:00:00:00:05 10.0.0.5"));
  ArpWalk nobody("public", 1);
  EXPECT_THAT(walk(Router(), nobody), IsEmpty());
}

TEST(ArpWalk, ReadsALongTableInPieces) {
  Router router;
  for (std::uint32_t i = 1; i < 250; ++i) router.add_physical(i, 1);
  ArpWalk reader("public", 2'147'483'640);  // the number of the request wraps on the way
  EXPECT_EQ(walk(router, reader).size(), 249U);
}

TEST(ArpWalk, GivesUpWhatHasNoEnd) {
  ArpWalk circle("public", 1);
  const ByteList same =
      ber::element(ber::kSequence,
                   {ber::oid({1, 3, 6, 1, 2, 1, 4, 35, 1, 4, 1, 1, 4, 1, 2, 3, 4}), ber::octets("abcdef")});
  EXPECT_EQ(circle.take(Router::response(1, 0, {same, same})), ArpWalk::Step::more);
  EXPECT_EQ(circle.take(Router::response(2, 0, {same, same})), ArpWalk::Step::done);
  ArpWalk empty("public", 1);
  EXPECT_EQ(empty.take(Router::response(1, 0, {})), ArpWalk::Step::failed);
  EXPECT_THAT(empty.problem(), HasSubstr("empty"));
}

TEST(ArpWalk, WaitsForItsOwnAnswer) {
  Router router;
  router.add_physical(5, 1);
  ArpWalk reader("public", 7);
  const ByteList answer = router.answer(reader.request());
  EXPECT_EQ(reader.take(Router::response(6, 0, {})), ArpWalk::Step::ignored);
  for (std::size_t size = 0; size < answer.size(); ++size)
    EXPECT_EQ(reader.take(Bytes(answer).first(size)), ArpWalk::Step::ignored) << size;
  EXPECT_EQ(reader.take(answer), ArpWalk::Step::done);
  EXPECT_EQ(reader.take(answer), ArpWalk::Step::ignored);  // the same datagram again
}

TEST(ArpWalk, SaysWhyARouterRefuses) {
  Router router;
  router.error = 16;
  ArpWalk refused("public", 1);
  EXPECT_THAT(walk(router, refused), ElementsAre("failed: it refuses us (authorizationError)"));
  router.error = 1;
  ArpWalk large("public", 1);
  EXPECT_THAT(walk(router, large), ElementsAre(HasSubstr("tooBig")));
}

TEST(Echo, OnlyOurOwnAnswersCount) {
  const EchoToken token{1, 2, 3, 4, 5, 6, 7, 8};
  const Ip ip = *parse_ip("10.0.0.5");
  std::vector<std::uint8_t> packet = encode_echo(token, 513, ip);
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < packet.size(); i += 2) sum += packet[i] * 256U + packet[i + 1];
  EXPECT_EQ((sum & 0xFFFFU) + (sum >> 16U), 0xFFFFU);
  EXPECT_FALSE(decode_echo_reply(token, packet, false));  // the question itself, as 127.0.0.1 shows it
  packet[0] = 0;
  EXPECT_EQ(decode_echo_reply(token, packet, false), ip);
  EXPECT_FALSE(decode_echo_reply({8, 7}, packet, false));
  std::vector<std::uint8_t> raw(20);
  raw[0] = 0x45;
  raw[12] = 10;
  raw[15] = 5;
  raw.insert(raw.end(), packet.begin(), packet.end());
  EXPECT_EQ(decode_echo_reply(token, raw, true), ip);
  raw[15] = 6;  // another one answers in its name
  EXPECT_FALSE(decode_echo_reply(token, raw, true));
  for (std::size_t size = 0; size < raw.size(); ++size)
    EXPECT_FALSE(decode_echo_reply(token, Bytes(raw).first(size), true));
}

}  // namespace
}  // namespace gable::presence
