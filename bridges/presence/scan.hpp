#pragma once
// --scan: who is in the network now, as lines for the configuration. It shows everybody, to the person at the
// terminal and to nobody else.

#include "bridge/bridge.hpp"

namespace gable::presence {

// Looks for three seconds, prints, and returns the exit status.
int scan(bridge::Bridge& bridge);

}  // namespace gable::presence
