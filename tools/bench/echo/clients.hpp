#pragma once
// The two echo clients. Each connects, subscribes, prints "ready" and answers until it is ended by a signal.
// They return an exit status only when something is wrong.

#include "answers.hpp"

namespace gable::bench {

// libmosquitto's own loop.
int echo_by_mosquitto(const EchoOptions& options);
// Paho's asynchronous C client, answering from its callback, with TCP_NODELAY put on its socket.
int echo_by_paho(const EchoOptions& options);

}  // namespace gable::bench
