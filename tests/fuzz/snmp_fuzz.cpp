// What a router sends by SNMP: a response, and a walk in which every answer is the same one.

#include "fuzz_target.hpp"
#include "protocol/arp_walk.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace presence = gable::presence;
  using gable::fuzz::require;
  const presence::Bytes datagram(data, size);
  const auto response = presence::decode_response(datagram);
  if (!response) return 0;
  for (const auto& value : response->values) {
    const auto bytes = presence::ber::oid(value.oid);
    presence::ber::Reader reader(bytes);
    const auto content = reader.next(presence::ber::kOid);
    require(content && presence::ber::oid(*content) == value.oid, "a name comes back as it was");
  }
  if (response->request < 1 || response->request > 1'000'000) return 0;
  presence::ArpWalk walk("public", static_cast<std::int32_t>(response->request));
  const auto step = walk.take(datagram);
  require(step != presence::ArpWalk::Step::ignored, "an answer to the question is taken");
  require(walk.take(datagram) == presence::ArpWalk::Step::ignored, "once");
  require((step == presence::ArpWalk::Step::failed) == !walk.problem().empty(), "a failure has a reason");
  require(walk.sightings().size() <= response->values.size(), "a sighting is a row");
  require(presence::ber::Reader(walk.request()).next().has_value(), "the next question is whole");
  return 0;
}
