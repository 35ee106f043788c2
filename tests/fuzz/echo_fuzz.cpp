// Answers to pings: with the IP header of a raw socket, and without.

#include "fuzz_target.hpp"
#include "protocol/icmp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace presence = gable::presence;
  constexpr presence::EchoToken kToken = {'t', 'o', 'k', 'e', 'n', '1', '2', '3'};
  for (const bool header : {false, true}) {
    const auto ip = presence::decode_echo_reply(kToken, {data, size}, header);
    gable::fuzz::require(!ip || !ip->v6, "whoever answers has an address of version 4");
    gable::fuzz::require(!ip || size >= (header ? 40U : 20U), "an answer is whole");
  }
  return 0;
}
