#pragma once
// Asks the hub and commands entities: a request on the tree, its answer on a private topic, correlated by
// correlation data and by `_id`. With MQTT 3.1.1 the answer is looked for where everybody sees it. One
// command's, on the main thread.

#include <memory>
#include <string>
#include <string_view>

#include "gable/context.hpp"
#include "gable/link.hpp"
#include "wire/documents.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

class Client {
 public:
  // Connected to the broker. Errors: unavailable, refused, with what to do next.
  static wire::Result<std::unique_ptr<Client>> open(const Context& context);

  // hub/request/<method>. Errors: what the hub answered, or unavailable.
  wire::Result<wire::Value> request(std::string_view method, wire::Object arguments,
                                    Milliseconds patience = kPatience);
  // All pages of hub/request/entities.
  wire::Result<wire::List> entities(const wire::Object& filter);
  // The hub's row of one entity. Errors: malformed, unknown_entity, what the hub answered, unavailable.
  wire::Result<wire::Object> entity(const std::string& id);

  // A command and the topic that its result takes where there is no response topic.
  struct Command {
    std::string topic, payload, result_topic;
  };
  // The final result. Errors: unavailable (nobody answers in time).
  wire::Result<wire::ResultDoc> command(const Command& command, Milliseconds patience);

  [[nodiscard]] Link& link() { return link_; }
  [[nodiscard]] const wire::TopicTree& topics() const { return topics_; }

  // A hub that is there may be busy; that there is none is found out much sooner.
  static constexpr Milliseconds kPatience{30'000};

 private:
  explicit Client(const Context& context);

  // The document that answers `id`, among `accept`ed ones. Tells early when there is no hub.
  struct Question {
    std::string topic, payload, public_answer, id;
    bool any_id = false;  // the payload has no place for an id
  };
  using Accept = bool (*)(const wire::Object&);
  wire::Result<wire::Object> ask(const Question& question, Accept accept, Milliseconds patience);
  wire::Result<wire::Object> listen(const Question& question, Accept accept, node::Steady deadline);
  [[nodiscard]] bool answers(const node::Message& message, const Question& question) const;
  wire::Result<int> listen_on(const std::string& filter);
  [[nodiscard]] wire::Error no_hub(const std::string& why) const;

  const Context& context_;
  wire::TopicTree topics_;
  std::string reply_;    // the private answer topic
  std::string barrier_;  // comes back to us after what was retained
  std::vector<std::string> filters_;
  int last_id_ = 0;
  Link link_;
};

// Connects `link`; the error says what to do next.
wire::Result<node::Connected> connect(Link& link, const Context& context,
                                      const node::ConnectOptions& options);

}  // namespace gable::cli
