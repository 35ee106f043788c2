#pragma once
// Pure: no clock, thread or socket.
// As much of HTTP/1.1 as it takes to hand out a few files: the head of a request in, the head of an answer
// out.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gable::notify {

struct HttpRequest {
  std::string method, path;  // as they came: GET, /x.wav (without ?query)
};

inline constexpr std::size_t kHeadLimit = 8 * 1024;

enum class HeadState { incomplete, complete, wrong };
struct ParsedHead {
  HeadState state = HeadState::incomplete;
  HttpRequest request;
};
// The head of a request at the beginning of `bytes`.
ParsedHead parse_head(std::string_view bytes);

// The head of an answer: 200, 404, 405 or 400; every connection is closed behind it.
std::string answer_head(int status, std::size_t length, std::string_view type);

}  // namespace gable::notify
