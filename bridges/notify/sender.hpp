#pragma once
// One delivery over HTTP or SMTP, by libcurl, all of which is in sender.cpp. Blocks: for a worker's thread.

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "protocol/attempt.hpp"

namespace gable::notify {

struct Delivery {
  std::string url;                   // http(s):// or smtp(s)://
  std::string body;                  // of the POST, or the whole mail
  std::vector<std::string> headers;  // "Name: value", of HTTP
  std::string user, password;        // may be empty
  std::string ca_file;               // empty: the system's
  std::string mail_from;             // addresses alone; not empty: a mail
  std::vector<std::string> mail_to;
  bool encrypted = false;  // smtp:// only with STARTTLS
  // Called on the sending thread before the first byte of the body leaves.
  std::function<void()> handing_over;
};

// Ends soon after `stop` has become true.
Attempt send(const Delivery& delivery, const std::atomic<bool>& stop);

}  // namespace gable::notify
