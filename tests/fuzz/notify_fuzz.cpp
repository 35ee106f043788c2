// What reaches the notify bridge from outside: requests to its file server, mail addresses, texts of messages
// and of servers' answers. A mail has exactly the headers that it should have, whatever is in its subject.

#include <algorithm>

#include "fuzz_target.hpp"
#include "protocol/attempt.hpp"
#include "protocol/http_request.hpp"
#include "protocol/mail.hpp"
#include "wire/json.hpp"

namespace {

using namespace gable::notify;
using gable::fuzz::require;

void check_mail(std::string_view input) {
  const std::string_view first = input.substr(0, input.find('\n'));
  if (const auto address = parse_address(first)) {
    require(address->address.find_first_of("\r\n <>") == std::string::npos, "an address is one word");
    require(address->name.find_first_of("\r\n") == std::string::npos, "a name is one line");
    (void)compose({*address, {*address}, "s", "t", "i", 0});
  }
  const std::string text(input);
  const std::string mail =
      compose({{text.substr(0, 3), "a@b"}, {{"", "c@d"}}, text, text, text, 1'795'358'999});
  const std::size_t end = mail.find("\r\n\r\n");
  require(end != mail.npos, "a mail has a head");
  std::size_t headers = 0, begin = 0;
  for (std::size_t next = 0; begin < end; begin = next + 2) {
    next = mail.find("\r\n", begin);
    require(mail.find('\n', begin) == next + 1, "lines end in CR LF");
    if (mail[begin] != ' ') ++headers;
  }
  require(headers == 9, "no text becomes a header");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = gable::fuzz::text_of(data, size);
  const ParsedHead head = parse_head(input);
  if (head.state == HeadState::complete) {
    require(head.request.path.front() == '/', "a path begins with a slash");
    require(
        std::none_of(head.request.path.begin(), head.request.path.end(), [](char c) { return c <= 0x20; }),
        "a path has no blanks");
  }
  require(head.state != HeadState::incomplete || size < kHeadLimit, "a head has an end");
  check_mail(input);
  const std::string text = shown(input, 100);
  require(gable::wire::valid_utf8(text) && text.size() <= 103, "what is shown is text");
  require(text.find('\n') == text.npos, "on one line");
  return 0;
}
