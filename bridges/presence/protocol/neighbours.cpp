#include "protocol/neighbours.hpp"

#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace gable::presence {

namespace {

// Times in rtnetlink are in hundredths of a second (USER_HZ) on every architecture that Debian has.
constexpr std::int64_t kMillisecondsPerTick = 10;

// The struct at the beginning of `bytes`, which need not be aligned.
template <class T>
std::optional<T> read_struct(Bytes bytes) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (bytes.size() < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data(), sizeof(T));
  return value;
}

constexpr std::size_t aligned(std::size_t size) { return (size + 3U) & ~std::size_t{3}; }

Bytes rest_of(Bytes bytes, std::size_t size) { return bytes.subspan(std::min(aligned(size), bytes.size())); }

void take_attribute(int type, Bytes value, Neighbour& row, bool& has_ip) {
  if (type == NDA_DST) {
    if (const auto ip = ip_of(value)) row.ip = *ip, has_ip = true;
  } else if (type == NDA_LLADDR) {
    row.mac = mac_of(value);
  } else if (type == NDA_CACHEINFO) {
    if (const auto times = read_struct<nda_cacheinfo>(value)) {
      row.confirmed_ago = std::chrono::milliseconds(times->ndm_confirmed * kMillisecondsPerTick);
    }
  }
}

// False when an attribute does not fit into the message.
bool read_row(Bytes payload, bool deleted, NeighbourReading& reading) {
  const auto head = read_struct<ndmsg>(payload);
  if (!head) return false;
  Neighbour row;
  row.interface = head->ndm_ifindex;
  row.state = head->ndm_state;
  row.deleted = deleted;
  bool has_ip = false;
  Bytes rest = rest_of(payload, sizeof(ndmsg));
  while (!rest.empty()) {
    const auto attribute = read_struct<nlattr>(rest);
    if (!attribute || attribute->nla_len < sizeof(nlattr) || attribute->nla_len > rest.size()) return false;
    const Bytes value = rest.subspan(sizeof(nlattr), attribute->nla_len - sizeof(nlattr));
    take_attribute(attribute->nla_type & NLA_TYPE_MASK, value, row, has_ip);
    rest = rest_of(rest, attribute->nla_len);
  }
  // Tables of bridges have no address of the network; they are not asked for.
  if (has_ip) reading.rows.push_back(row);
  return true;
}

bool read_message(const nlmsghdr& head, Bytes payload, NeighbourReading& reading) {
  if ((head.nlmsg_flags & NLM_F_DUMP_INTR) != 0) reading.interrupted = true;
  switch (head.nlmsg_type) {
    case NLMSG_DONE:
      reading.done = true;
      return true;
    case NLMSG_ERROR: {
      const auto code = read_struct<int>(payload);
      // 0 is an acknowledgement; the smallest integer has no positive one.
      if (code && *code < 0 && *code > -4096) reading.error = -*code;
      return code.has_value();
    }
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
      return read_row(payload, head.nlmsg_type == RTM_DELNEIGH, reading);
    default:
      return true;
  }
}

}  // namespace

NeighbourReading read_neighbours(Bytes datagram) {
  NeighbourReading reading;
  while (!datagram.empty() && !reading.broken) {
    const auto head = read_struct<nlmsghdr>(datagram);
    if (!head || head->nlmsg_len < sizeof(nlmsghdr) || head->nlmsg_len > datagram.size()) {
      reading.broken = true;
      break;
    }
    const Bytes payload = datagram.subspan(sizeof(nlmsghdr), head->nlmsg_len - sizeof(nlmsghdr));
    reading.broken = !read_message(*head, payload, reading);
    datagram = rest_of(datagram, head->nlmsg_len);
  }
  return reading;
}

std::optional<Sighting> sighting_of(const Neighbour& row) {
  constexpr unsigned kAnswered = NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE;
  if (row.deleted || (row.state & kAnswered) == 0 || !row.mac || !names_a_card(*row.mac)) return std::nullopt;
  const bool now = (row.state & NUD_REACHABLE) != 0;
  if (!row.confirmed_ago && !now) return std::nullopt;
  return Sighting{row.mac, row.ip, row.confirmed_ago.value_or(std::chrono::milliseconds(0))};
}

}  // namespace gable::presence
