#pragma once
// --scan: what the server knows, for people.

#include "bridge/bridge.hpp"

namespace gable::zwave {

// Connects to the server that the command line or the configuration names, and prints its nodes. Gives the
// exit status: 0, or 1 when there is no server.
int scan(bridge::Bridge& bridge);

}  // namespace gable::zwave
