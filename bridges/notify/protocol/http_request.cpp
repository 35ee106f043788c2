// Pure: no clock, thread or socket.
#include "protocol/http_request.hpp"

#include <algorithm>

namespace gable::notify {

namespace {

bool visible(char c) { return c > 0x20 && c < 0x7F; }

std::string_view words_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    default:
      return "Bad Request";
  }
}

}  // namespace

ParsedHead parse_head(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == bytes.npos) return {bytes.size() >= kHeadLimit ? HeadState::wrong : HeadState::incomplete, {}};
  const std::string_view line = bytes.substr(0, bytes.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t second = first == line.npos ? line.npos : line.find(' ', first + 1);
  if (second == line.npos || end >= kHeadLimit) return {HeadState::wrong, {}};
  const std::string_view method = line.substr(0, first), target = line.substr(first + 1, second - first - 1);
  const std::string_view version = line.substr(second + 1);
  const bool letters = std::all_of(method.begin(), method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool clean = std::all_of(target.begin(), target.end(), visible);
  if (method.empty() || method.size() > 16 || !letters || target.empty() || target.front() != '/' || !clean ||
      (version != "HTTP/1.1" && version != "HTTP/1.0"))
    return {HeadState::wrong, {}};
  return {HeadState::complete, {std::string(method), std::string(target.substr(0, target.find('?')))}};
}

std::string answer_head(int status, std::size_t length, std::string_view type) {
  return "HTTP/1.1 " + std::to_string(status) + " " + std::string(words_of(status)) +
         "\r\nContent-Type: " + std::string(type) + "\r\nContent-Length: " + std::to_string(length) +
         "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
}

}  // namespace gable::notify
