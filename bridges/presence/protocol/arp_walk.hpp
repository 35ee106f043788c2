#pragma once
// Reads a router's ARP table by SNMP: first ipNetToPhysicalTable (RFC 4293), which tells whether a neighbour
// answers; where that is empty the older ipNetToMediaTable (RFC 1213), which many routers have alone.
//
// Pure: datagrams in, datagrams out; the owner sends, waits and repeats.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "protocol/sighting.hpp"
#include "protocol/snmp.hpp"

namespace gable::presence {

inline constexpr std::size_t kArpRowLimit = 20'000;

class ArpWalk {
 public:
  // `first_request`: positive; every question has the next number.
  ArpWalk(std::string community, std::int32_t first_request);

  // What to send now; the same again until take() brings it forward.
  [[nodiscard]] ByteList request() const;

  enum class Step {
    ignored,  // no answer to the question: wait on
    more,     // send request()
    done,     // see sightings()
    failed    // see problem()
  };
  Step take(Bytes datagram);

  // Whom the router knows to be there. Of all rows so far.
  [[nodiscard]] std::vector<Sighting> sightings() const;
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct Row {
    std::optional<Mac> mac;
    std::optional<std::int64_t> state;
  };
  Step fail(std::string problem);
  Step smaller();
  // Whether the value belongs to the column and goes on in it.
  bool take_value(std::size_t column, const SnmpValue& value);
  Step next_table();

  const std::string community_;
  std::int32_t request_;
  bool old_table_ = false;
  int repetitions_ = 20;
  std::vector<Oid> after_;   // of each column, what was read last
  std::map<Oid, Row> rows_;  // by index
  std::string problem_;
};

}  // namespace gable::presence
