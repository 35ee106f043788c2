#include "deliveries.hpp"

#include <algorithm>

#include "signature.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::notify {

namespace {

using wire::Object, wire::Value;

Object data_of(const Message& message) {
  auto data = message.data.empty() ? wire::Result<Object>(Object{}) : wire::parse_object(message.data);
  return data ? std::move(*data) : Object{};
}

std::string text_of(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

Delivery post(const TargetConfig& target, const Object& body) {
  Delivery out;
  out.url = target.url;
  out.body = wire::to_json(body);
  out.user = target.user;
  out.password = target.password;
  out.ca_file = target.ca_file;
  // Without Expect: the body follows at once.
  out.headers = {"Content-Type: application/json", "Expect:"};
  return out;
}

bool voice_name(std::string_view text) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-+";
  return !text.empty() && text.size() <= 32 && text.front() != '-' &&
         text.find_first_not_of(kAllowed) == text.npos;
}

}  // namespace

wire::Result<Message> read_message(const Object& data, const TargetConfig& target) {
  Message message;
  message.text = text_of(data, "message");
  message.title = text_of(data, "title");
  const std::size_t limit = target.kind == Kind::speech ? kSpokenLimit : kTextLimit;
  if (message.text.empty() && message.title.empty())
    return wire::Error{wire::ErrorCode::malformed, "there is nothing to say: message is empty", "message"};
  if (message.text.size() + message.title.size() > limit)
    return wire::Error{wire::ErrorCode::too_large,
                       "a message for " + target.id + " has at most " + std::to_string(limit) + " bytes",
                       "message"};
  if (const Value* more = data.find("data"); more != nullptr && more->as_object() != nullptr) {
    message.data = wire::to_json(*more->as_object());
    if (message.data.size() > kDataLimit)
      return wire::Error{wire::ErrorCode::too_large, "data has at most 8 KiB", "data"};
  }
  return message;
}

Delivery mail_of(const Message& message, const TargetConfig& target) {
  Mail mail;
  mail.from = target.from;
  mail.to = target.to;
  mail.subject = message.title.empty() ? target.subject : message.title;
  mail.text = message.text;
  mail.id = message.id;
  mail.date = std::chrono::duration_cast<std::chrono::seconds>(message.at).count();
  Delivery out;
  out.url = target.url;
  out.body = compose(mail);
  out.user = target.user;
  out.password = target.password;
  out.ca_file = target.ca_file;
  out.encrypted = target.encrypted;
  out.mail_from = target.from.address;
  for (const MailAddress& to : target.to) out.mail_to.push_back(to.address);
  return out;
}

Delivery webhook_of(const Message& message, const TargetConfig& target) {
  Object body{{"id", message.id},
              {"target", target.id},
              {"message", message.text},
              {"time", wire::format_time(wire::Time(message.at))}};
  if (!message.title.empty()) body.set("title", message.title);
  if (!message.data.empty()) body.set("data", data_of(message));
  Delivery out = post(target, body);
  if (!target.secret.empty())
    out.headers.push_back(target.header + ": sha256=" + hmac_sha256(target.secret, out.body));
  return out;
}

Delivery ntfy_of(const Message& message, const TargetConfig& target) {
  Object body{{"topic", target.topic}, {"message", message.text}};
  if (!message.title.empty()) body.set("title", message.title);
  const Object data = data_of(message);
  const Value* priority = data.find("priority");
  if (priority != nullptr && priority->as_int() != nullptr)
    body.set("priority", std::clamp<std::int64_t>(*priority->as_int(), 1, 5));
  const Value* tags = data.find("tags");
  if (tags != nullptr && tags->as_list() != nullptr) body.set("tags", *tags);
  if (const std::string click = text_of(data, "click"); !click.empty()) body.set("click", click);
  Delivery out = post(target, body);
  // ntfy's access tokens go without a user.
  if (target.user.empty() && !target.password.empty())
    out.headers.push_back("Authorization: Bearer " + target.password);
  return out;
}

Speech speech_of(const Message& message, const TargetConfig& target, std::string path) {
  Speech speech{message.text.empty() ? message.title : message.text, target.voice, target.speed,
                std::move(path)};
  const Object data = data_of(message);
  if (const std::string language = text_of(data, "language"); voice_name(language)) speech.voice = language;
  const Value* options = data.find("options");
  if (options == nullptr || options->as_object() == nullptr) return speech;
  if (const std::string voice = text_of(*options->as_object(), "voice"); voice_name(voice))
    speech.voice = voice;
  const Value* speed = options->as_object()->find("speed");
  if (speed != nullptr && speed->is_number())
    speech.speed = static_cast<int>(std::clamp(speed->number_or(150), 80.0, 450.0));
  return speech;
}

Object play_call(const TargetConfig& target, const std::string& url, bool announce) {
  Object data{{"media_content_id", url}, {"media_content_type", "music"}};
  if (announce) {
    data.set("announce", true);
    if (target.volume) data.set("extra", Object{{"volume", *target.volume}});
  }
  return {{"target", Object{{"entity_id", target.player}}}, {"data", std::move(data)}};
}

}  // namespace gable::notify
