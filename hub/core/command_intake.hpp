#pragma once
// Commands as people and programs send them: set/…, set/area/… and call/… become commands to entities. What
// cannot be understood is answered, never guessed (design section 2, rule 2).

#include <string>

#include "core/command_desk.hpp"
#include "core/event.hpp"
#include "core/services/service_desk.hpp"

namespace gable::hub {

class CommandIntake {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Problems& problems;
    CommandDesk& desk;
    ServiceDesk& services;
  };
  explicit CommandIntake(Parts parts) : p_(parts) {}

  // Until start-up is complete every command is answered `rejected, code: starting`.
  void set_ready(bool ready) { ready_ = ready; }
  // On MQTT 5 a set retain flag is a live message whose sender keeps it by mistake; on 3.1.1 it is an old
  // one.
  void set_protocol(int version) { protocol_ = version; }

  // set, set_area and call topics. `topic` views into message.topic.
  void on_message(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message);
  // Below set/ or call/, but no entity, area or service can be named so.
  void on_bad_topic(Turn& turn, const MessageIn& message);
  // The asker of a message: origin, id, where the answer goes.
  [[nodiscard]] Asker asker_of(const MessageIn& message, const wire::Object* document) const;

 private:
  bool clear_retained(Turn& turn, const MessageIn& message);
  void set_entity(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message);
  void set_area(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message);
  void call(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message);

  Parts p_;
  bool ready_ = false;
  int protocol_ = 5;
};

}  // namespace gable::hub
