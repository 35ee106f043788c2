#pragma once
// `gable broker-check`: tries on the broker, below one private topic, what hub and bridges rely on. One
// command's, on the main thread.

#include <memory>
#include <string>
#include <vector>

#include "gable/context.hpp"
#include "gable/link.hpp"

namespace gable::cli {

enum class Verdict {
  good,
  lesser,  // works, with less
  bad,
};

struct Check {
  std::string name;
  Verdict verdict = Verdict::good;
  std::string detail;  // what was seen
  std::string advice;  // what to set; empty when good
};

class Probe {
 public:
  explicit Probe(const Context& context);

  // A connection of its own; null when the broker refuses it. Errors are in last_error().
  struct Wishes {
    std::string client_id;  // empty: a new one
    bool clean_start = true;
    std::uint32_t session_expiry = 0;
    std::optional<node::Message> will;
    std::uint32_t will_delay = 0;
  };
  std::unique_ptr<Link> open(const Wishes& wishes, node::Connected* greeting = nullptr);
  std::unique_ptr<Link> open() { return open(Wishes{}); }

  // A topic below our private one.
  [[nodiscard]] std::string topic(std::string_view rest) const { return base_ + std::string(rest); }
  [[nodiscard]] std::string client_id(std::string_view rest) const;
  // Publishes at QoS 1 through the main connection, retained or not, and waits for the acknowledgement.
  bool publish(std::string_view rest, std::string_view payload, bool retain = false);
  bool publish(const node::Message& message);
  // What `link` has been sent until now: until a message of ours has come back through it.
  std::vector<node::Message> collect(Link& link);
  // The first message on topic(rest) within `wait`.
  static std::optional<node::Message> await(Link& link, const std::string& topic, Milliseconds wait);

  [[nodiscard]] Link& main() { return *main_; }
  [[nodiscard]] bool is_5() const { return main_->version() >= 5; }
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const std::string& last_error() const { return last_error_; }
  // Connects the main connection; false with last_error().
  bool begin();
  // Deletes what is retained below our topic.
  void clean_up();

 private:
  const Context& context_;
  std::string base_;
  std::string last_error_;
  int last_ = 0;
  std::unique_ptr<Link> main_;
};

// Each appends its rows. check_rights() gives false when nothing else can be tried.
bool check_rights(Probe& probe, std::vector<Check>& out);
void check_retained(Probe& probe, std::vector<Check>& out);
void check_options(Probe& probe, std::vector<Check>& out);
void check_topics(Probe& probe, std::vector<Check>& out);
void check_latency(Probe& probe, std::vector<Check>& out);
void check_queue(Probe& probe, std::vector<Check>& out);
void check_sessions(Probe& probe, std::vector<Check>& out);
void check_wills(Probe& probe, std::vector<Check>& out);
void check_expiry(Probe& probe, std::vector<Check>& out);

}  // namespace gable::cli
