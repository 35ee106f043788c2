#pragma once
// A core with a broker's memory around it: what it publishes retained is kept, what it saves can be given to
// the next core. Time stands still until advance().

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/core.hpp"
#include "core/registry.hpp"
#include "wire/json.hpp"

namespace gable::hub::test {

class Utc final : public ZoneRules {
 public:
  [[nodiscard]] std::chrono::seconds offset(Time) const override { return std::chrono::seconds(0); }
};

class CoreHouse {
 public:
  explicit CoreHouse(House house = {});

  // Connects and runs start-up with what the broker holds: retained messages, then the barrier.
  void connect(int protocol = 5, bool session_present = false);
  // A connection whose retained messages the test delivers itself; end it with barrier().
  void connect_only(int protocol = 5, bool session_present = false);
  void barrier();
  void lose_broker();
  // Another process on the same store and broker.
  void restart(House house = {});

  // A message arrives. Retained ones of bridges are kept, as a broker does.
  void device(const std::string& topic, const std::string& payload);  // below gable/bridge/
  void send(const std::string& topic, const std::string& payload, const std::string& response_topic = "",
            const std::string& correlation = "", bool retained = false);
  // A retained message of anybody; what the hub subscribes to because of it is delivered at once.
  void keep(const std::string& topic, const std::string& payload);
  // Anything else that the core can be told.
  void handle(const Event& event);
  // The rules of one file, which is all that there are now.
  void load_rules(const std::string& yaml);
  void advance(Duration time);

  // Announces bridge `virtual`: info, one device, its state, inventory and status online.
  void lamp();

  // What was published since the last call, as "topic payload", oldest first.
  std::vector<std::string> take();
  // The retained document as an object; empty when there is none.
  [[nodiscard]] wire::Object retained(const std::string& topic) const;
  [[nodiscard]] std::string field(const std::string& topic, const std::string& key) const;
  // The payloads published on a topic since the last take().
  [[nodiscard]] std::vector<wire::Object> said(const std::string& topic) const;
  [[nodiscard]] std::vector<std::string> problems() const;

  std::map<std::string, std::string> broker;  // retained
  std::map<std::pair<Table, std::string>, std::string> store;
  std::vector<std::string> journal;
  std::vector<Publish> published;  // since the last take()
  std::vector<Subscribe> subscribed;
  std::optional<wire::StatusDoc> status;
  Time now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);
  std::unique_ptr<Core> core;

 private:
  void perform(Effects& effects);
  void turn(const std::function<void(Turn&)>& work);
  void deliver();
  int starts_ = 0;
  Utc zone_;
  std::string barrier_;
  std::size_t served_ = 0;  // of `subscribed`
};

}  // namespace gable::hub::test
