#include "protocol/arp_walk.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace gable::presence {

namespace {

// Address of the card, and the state (RFC 4293) or type (RFC 1213) of the row.
const std::array<Oid, 2> kPhysical = {Oid{1, 3, 6, 1, 2, 1, 4, 35, 1, 4}, Oid{1, 3, 6, 1, 2, 1, 4, 35, 1, 7}};
const std::array<Oid, 2> kMedia = {Oid{1, 3, 6, 1, 2, 1, 4, 22, 1, 2}, Oid{1, 3, 6, 1, 2, 1, 4, 22, 1, 4}};
constexpr std::size_t kColumnLength = 10;

constexpr std::int64_t kReachable = 1;  // ipNetToPhysicalState
constexpr std::int64_t kUnknown = 6;
constexpr std::int64_t kInvalid = 2;  // ipNetToMediaType

bool below(const Oid& oid, const Oid& column) {
  return oid.size() > column.size() && std::equal(column.begin(), column.end(), oid.begin());
}

std::optional<Ip> address(const Oid& numbers, std::size_t from) {
  ByteList bytes;
  for (std::size_t i = from; i < numbers.size(); ++i) {
    if (numbers[i] > 255) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(numbers[i]));
  }
  return ip_of(bytes);
}

// Interface and four bytes; or interface, type, length and the bytes.
std::optional<Ip> address_of(const Oid& index, bool old_table) {
  if (old_table) return index.size() == 5 ? address(index, 1) : std::nullopt;
  if (index.size() < 4 || index[2] != index.size() - 3) return std::nullopt;
  return address(index, 3);
}

// `stale` means that the router has not heard of it lately, which is no sighting.
bool proves_presence(std::optional<std::int64_t> state, bool old_table) {
  if (!state) return true;
  return old_table ? *state != kInvalid : *state == kReachable || *state == kUnknown;
}

}  // namespace

ArpWalk::ArpWalk(std::string community, std::int32_t first_request)
    : community_(std::move(community)), request_(first_request), after_(kPhysical.begin(), kPhysical.end()) {}

ByteList ArpWalk::request() const { return encode_get_bulk(community_, request_, after_, repetitions_); }

ArpWalk::Step ArpWalk::fail(std::string problem) {
  problem_ = std::move(problem);
  return Step::failed;
}

ArpWalk::Step ArpWalk::smaller() {
  if (repetitions_ <= 1) return fail(snmp_error_words(1));
  repetitions_ /= 2;
  return Step::more;
}

bool ArpWalk::take_value(std::size_t column, const SnmpValue& value) {
  const Oid& name = (old_table_ ? kMedia : kPhysical)[column];
  if (value.kind == SnmpValue::Kind::nothing || !below(value.oid, name)) return false;
  if (value.oid <= after_[column]) return false;
  after_[column] = value.oid;
  Row& row = rows_[Oid(value.oid.begin() + kColumnLength, value.oid.end())];
  if (column == 0 && value.kind == SnmpValue::Kind::octets) row.mac = mac_of(value.octets);
  if (column == 1 && value.kind == SnmpValue::Kind::integer) row.state = value.number;
  return true;
}

ArpWalk::Step ArpWalk::next_table() {
  if (old_table_ || !rows_.empty()) return Step::done;
  old_table_ = true;
  after_.assign(kMedia.begin(), kMedia.end());
  return Step::more;
}

ArpWalk::Step ArpWalk::take(Bytes datagram) {
  const auto response = decode_response(datagram);
  if (!response || response->request != request_) return Step::ignored;
  request_ = request_ == std::numeric_limits<std::int32_t>::max() ? 1 : request_ + 1;
  if (response->error == 1) return smaller();
  // A router without the newer table may say so in the manner of version 1.
  if (response->error == 2) return old_table_ ? Step::done : next_table();
  if (response->error != 0) return fail(snmp_error_words(response->error));
  if (response->values.empty()) return fail("its answer is empty");
  bool ended = false;
  for (std::size_t i = 0; i < response->values.size(); ++i) {
    const std::size_t column = i % after_.size();
    const SnmpValue& value = response->values[i];
    // A state that is missing is no end: the cards' addresses decide.
    const bool taken = take_value(column, value);
    if (column == 0 && !taken) ended = true;
    if (rows_.size() > kArpRowLimit) return fail("it has more than 20,000 rows");
  }
  return ended ? next_table() : Step::more;
}

std::vector<Sighting> ArpWalk::sightings() const {
  std::vector<Sighting> out;
  for (const auto& [index, row] : rows_) {
    if (!row.mac || !names_a_card(*row.mac) || !proves_presence(row.state, old_table_)) continue;
    out.push_back(Sighting{row.mac, address_of(index, old_table_), {}});
  }
  return out;
}

}  // namespace gable::presence
