#pragma once
// TCP_NODELAY on sockets that a library has opened and keeps to itself (hub/decisions/0001-tcp-nodelay.md).
// Any thread.

#include <cstdint>
#include <vector>

namespace gable::node {

// Descriptors of this process's TCP sockets whose peer has `port`.
std::vector<int> sockets_to_port(std::uint16_t port);

// Sets the option on each of them; true if there was one and none failed. Does no harm to one that has it.
bool set_tcp_nodelay(std::uint16_t port);

}  // namespace gable::node
