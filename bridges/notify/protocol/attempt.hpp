#pragma once
// Pure: no clock, thread or socket.
// What the end of an attempt means: whether the message was taken, and whether trying again could deliver it
// twice.

#include <optional>
#include <string>
#include <string_view>

#include "protocol/outbox.hpp"

namespace gable::notify {

enum class Failure {
  none,         // the server has answered
  unreachable,  // no address, no connection, no encryption
  untrusted,    // the certificate is not the server's
  refused,      // user and password are not accepted
  cut,          // the connection ended or went silent
  cancelled,    // we end
};

// How an attempt over HTTP or SMTP ended.
struct Attempt {
  Failure failure = Failure::none;
  bool handed_over = false;     // all of the message has left us
  int status = 0;               // of HTTP; SMTP's last reply; 0: none
  std::string text;             // the library's or the server's words
  std::optional<Moment> after;  // Retry-After
};

struct Judgement {
  Verdict verdict = Verdict::unknown;
  std::string reason;  // for people; empty when delivered
  std::optional<Moment> after;
};

// A text from outside for people: valid UTF-8 on one line, cut after `limit` bytes at most.
std::string shown(std::string_view text, std::size_t limit);

Judgement judge_http(const Attempt& attempt);
Judgement judge_mail(const Attempt& attempt);

}  // namespace gable::notify
