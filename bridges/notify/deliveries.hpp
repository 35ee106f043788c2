#pragma once
// What a message is for each kind of target. No state, no I/O.

#include <string>

#include "notify_config.hpp"
#include "protocol/outbox.hpp"
#include "sender.hpp"
#include "speech.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::notify {

inline constexpr std::size_t kTextLimit = 16 * 1024;  // bytes of a message
inline constexpr std::size_t kDataLimit = 8 * 1024;   // of its data, as JSON

// The message that a command asks for. Errors: malformed, too_large.
wire::Result<Message> read_message(const wire::Object& data, const TargetConfig& target);

Delivery mail_of(const Message& message, const TargetConfig& target);
// A JSON object: message, title, data, target, id, time; signed when there is a secret.
Delivery webhook_of(const Message& message, const TargetConfig& target);
// JSON as ntfy takes it; of `data`: priority 1–5, tags, click.
Delivery ntfy_of(const Message& message, const TargetConfig& target);
// Of `data`: language, and options.voice, options.speed. `path`: of the sound.
Speech speech_of(const Message& message, const TargetConfig& target, std::string path);
// The call that has the sound played.
wire::Object play_call(const TargetConfig& target, const std::string& url, bool announce);

}  // namespace gable::notify
