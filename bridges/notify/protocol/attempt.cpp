// Pure: no clock, thread or socket.
#include "protocol/attempt.hpp"

#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::notify {

namespace {

std::string with_text(std::string words, const Attempt& attempt) {
  if (!attempt.text.empty()) words += " (" + shown(attempt.text, 200) + ")";
  return words;
}

// What is the same for both protocols; nothing when the server has answered.
std::optional<Judgement> without_answer(const Attempt& attempt) {
  switch (attempt.failure) {
    case Failure::none:
      return std::nullopt;
    case Failure::unreachable:
      return Judgement{Verdict::away, with_text("the server cannot be reached", attempt), {}};
    case Failure::untrusted:
      return Judgement{
          Verdict::refused, with_text("the server's certificate is not to be trusted", attempt), {}};
    case Failure::refused:
      return Judgement{Verdict::refused, with_text("the server refuses user and password", attempt), {}};
    case Failure::cut:
    case Failure::cancelled:
      break;
  }
  if (attempt.handed_over)
    return Judgement{
        Verdict::unknown,
        with_text("the connection ended before the server confirmed; it may have been delivered", attempt),
        {}};
  return Judgement{Verdict::away, with_text("the connection ended before all was sent", attempt), {}};
}

}  // namespace

std::string shown(std::string_view text, std::size_t limit) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  const bool utf8 = wire::valid_utf8(text);
  std::string out(utf8 ? wire::utf8_prefix(text, limit) : text.substr(0, limit));
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
    if (byte >= 0x80 && !utf8) c = '?';
  }
  return out.size() < text.size() ? out + "…" : out;
}

Judgement judge_http(const Attempt& attempt) {
  if (auto judgement = without_answer(attempt)) return std::move(*judgement);
  const int status = attempt.status;
  const std::string said = with_text("the server answers " + std::to_string(status), attempt);
  if (status >= 200 && status < 300) return {Verdict::delivered, {}, {}};
  if (status == 401 || status == 403) return {Verdict::refused, said, {}};
  if (status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501 && status != 505))
    return {Verdict::again, said, attempt.after};
  return {Verdict::never, said, {}};
}

Judgement judge_mail(const Attempt& attempt) {
  if (auto judgement = without_answer(attempt)) return std::move(*judgement);
  const int status = attempt.status;
  const std::string said = with_text("the mail server answers " + std::to_string(status), attempt);
  if (status >= 200 && status < 300) return {Verdict::delivered, {}, {}};
  if (status == 535 || status == 530 || status == 534 || status == 538) return {Verdict::refused, said, {}};
  if (status >= 400 && status < 500) return {Verdict::again, said, {}};
  return {Verdict::never, said, {}};
}

}  // namespace gable::notify
