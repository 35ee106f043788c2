#pragma once
// SNMP version 2 with a community (RFC 3416, RFC 1901): one request, one response.
//
// Pure: bytes in, values out. Never throws.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ber.hpp"

namespace gable::presence {

struct SnmpValue {
  enum class Kind { integer, octets, other, nothing };
  Oid oid;
  Kind kind = Kind::other;
  std::int64_t number = 0;  // of an integer
  ByteList octets;          // of octets
};

struct SnmpResponse {
  std::int64_t request = 0;
  std::int64_t error = 0;  // error-status of RFC 3416; 0 is none
  std::vector<SnmpValue> values;
};

// Asks for up to `repetitions` rows after each of `after`.
ByteList encode_get_bulk(std::string_view community, std::int32_t request, const std::vector<Oid>& after,
                         int repetitions);
// Nothing for what is no response of version 2, or is cut. At most 1,000 values are taken.
std::optional<SnmpResponse> decode_response(Bytes datagram);

// For people: "it refuses us (authorizationError)".
std::string snmp_error_words(std::int64_t error);

}  // namespace gable::presence
