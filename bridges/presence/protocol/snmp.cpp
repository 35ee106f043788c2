#include "protocol/snmp.hpp"

#include <array>

namespace gable::presence {

namespace {

constexpr std::int64_t kVersion2 = 1;
constexpr std::uint8_t kResponse = 0xA2;
constexpr std::uint8_t kGetBulk = 0xA5;
constexpr std::uint8_t kCounter = 0x41;
constexpr std::uint8_t kGauge = 0x42;
constexpr std::uint8_t kNoSuchObject = 0x80;
constexpr std::uint8_t kEndOfView = 0x82;
constexpr std::size_t kValueLimit = 1000;

std::optional<SnmpValue> read_value(Bytes binding) {
  ber::Reader reader(binding);
  const auto name = reader.next(ber::kOid);
  const auto value = reader.next();
  if (!name || !value) return std::nullopt;
  const auto oid = ber::oid(*name);
  if (!oid) return std::nullopt;
  SnmpValue out;
  out.oid = *oid;
  if (value->tag == ber::kInteger || value->tag == kCounter || value->tag == kGauge) {
    const auto number = ber::integer(value->content);
    if (!number) return std::nullopt;
    out.kind = SnmpValue::Kind::integer;
    out.number = *number;
  } else if (value->tag == ber::kOctets) {
    out.kind = SnmpValue::Kind::octets;
    out.octets.assign(value->content.begin(), value->content.end());
  } else if (value->tag == ber::kNull || (value->tag >= kNoSuchObject && value->tag <= kEndOfView)) {
    out.kind = SnmpValue::Kind::nothing;
  }
  return out;
}

}  // namespace

ByteList encode_get_bulk(std::string_view community, std::int32_t request, const std::vector<Oid>& after,
                         int repetitions) {
  std::vector<ByteList> bindings;
  bindings.reserve(after.size());
  for (const Oid& oid : after) {
    bindings.push_back(ber::element(ber::kSequence, {ber::oid(oid), ber::element(ber::kNull, Bytes())}));
  }
  const ByteList pdu = ber::element(
      kGetBulk, {ber::integer(std::int64_t{request}), ber::integer(std::int64_t{0}),
                 ber::integer(std::int64_t{repetitions}), ber::element(ber::kSequence, bindings)});
  return ber::element(ber::kSequence, {ber::integer(kVersion2), ber::octets(community), pdu});
}

std::optional<SnmpResponse> decode_response(Bytes datagram) {
  ber::Reader outer(datagram);
  const auto message = outer.next(ber::kSequence);
  if (!message) return std::nullopt;
  ber::Reader head(*message);
  const auto version = head.next_integer();
  const auto community = head.next(ber::kOctets);
  const auto pdu = head.next(kResponse);
  if (version != kVersion2 || !community || !pdu) return std::nullopt;
  ber::Reader body(*pdu);
  const auto request = body.next_integer();
  const auto error = body.next_integer();
  const auto index = body.next_integer();
  const auto list = body.next(ber::kSequence);
  if (!request || !error || !index || !list) return std::nullopt;
  SnmpResponse response{*request, *error, {}};
  ber::Reader bindings(*list);
  while (!bindings.empty() && response.values.size() < kValueLimit) {
    const auto binding = bindings.next(ber::kSequence);
    if (!binding) return std::nullopt;
    auto value = read_value(*binding);
    if (!value) return std::nullopt;
    response.values.push_back(std::move(*value));
  }
  return response;
}

std::string snmp_error_words(std::int64_t error) {
  switch (error) {
    case 1:
      return "its answer would be too large (tooBig)";
    case 2:
      return "it has no such table (noSuchName)";
    case 6:
      return "it refuses us (noAccess)";
    case 16:
      return "it refuses us (authorizationError)";
    default:
      return "it answers with SNMP error " + std::to_string(error);
  }
}

}  // namespace gable::presence
