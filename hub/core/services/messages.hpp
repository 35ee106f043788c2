#pragma once
// Services that say something: mqtt.publish, notify.*, tts.*.

#include "core/event.hpp"
#include "core/services/service_request.hpp"

namespace gable::hub {

// mqtt.publish. What is for the hub itself (set/… and call/… below its root) does not go by way of the
// broker, which would not send it back: `loopback` takes it.
using Loopback = std::function<void(Turn&, const MessageIn&)>;
rules::ServiceOutcome publish_mqtt(Turn& turn, const ServiceRequest& request, std::string_view root,
                                   const Loopback& loopback);

// notify.NAME, notify.send_message, tts.speak and tts.ENGINE_say as the call of notify.send_message to the
// entities of whichever bridge offers them. Errors: unknown_entity, when none does; malformed.
wire::Result<ServiceRequest> as_message(const ServiceRequest& request, const Registry& registry);

}  // namespace gable::hub
