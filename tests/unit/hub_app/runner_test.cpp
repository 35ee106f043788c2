// In which order what was decided leaves the hub: saved, then commanded; documents and explanations after
// that.

#include "app/runner.hpp"

#include <gmock/gmock.h>

#include "app/store_memory.hpp"
#include "core_house.hpp"
#include "fake_port.hpp"
#include "language/blueprint.hpp"
#include "language/parse.hpp"
#include "support/fake_clock.hpp"
#include "yaml/loader.hpp"

namespace gable::hub::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* kRule = R"(
automation:
- id: lit
  triggers: {trigger: state, entity_id: binary_sensor.motion, to: "on"}
  actions: {action: light.turn_on, target: {entity_id: light.lamp}}
)";

// What stood at the moment when a line of the journal was written.
struct Seen {
  std::string line;
  std::vector<std::string> topics;  // published until then
};

class NotingJournal final : public JournalPort {
 public:
  explicit NotingJournal(const gable::test::FakePort& port) : port_(port) {}
  void append(std::string_view line) override {
    Seen seen{std::string(line), {}};
    for (const auto& one : port_.published) seen.topics.push_back(one.message.topic);
    lines.push_back(std::move(seen));
  }
  void flush(Time) override {}

  std::vector<Seen> lines;

 private:
  const gable::test::FakePort& port_;
};

class NotingStore final : public StorePort {
 public:
  struct Commit {
    std::vector<Table> tables;
    std::size_t published = 0;  // until then
  };
  explicit NotingStore(const gable::test::FakePort& port) : port_(port) {}
  void put(Table table, std::string key, std::string json) override {
    rows_.put(table, std::move(key), std::move(json));
    tables_.push_back(table);
  }
  void erase(Table table, std::string key) override {
    rows_.erase(table, std::move(key));
    tables_.push_back(table);
  }
  bool commit() override {
    if (!tables_.empty()) committed.push_back({std::exchange(tables_, {}), port_.published.size()});
    return rows_.commit();
  }
  wire::Result<std::size_t> load(Table table, const Row& row) override {
    if (unreadable) return wire::Error{wire::ErrorCode::failed, "disk I/O error", {}};
    return rows_.load(table, row);
  }
  void on_problem(Report report) override { rows_.on_problem(std::move(report)); }

  std::vector<Commit> committed;
  bool unreadable = false;

 private:
  const gable::test::FakePort& port_;
  MemoryStore rows_;
  std::vector<Table> tables_;
};

struct RunnerTest : testing::Test {
  RunnerTest() {
    runner.restore({});
    const auto document = rules::yaml::parse("rules.yaml", kRule);
    rules::RuleFolder folder;
    rules::NoBlueprints none;
    rules::read_document(folder.rules, *document, none);
    runner.load_rules(std::move(folder), rules::Enforcement::live);
    session.start();
    loop.run_pending();
    port.accept();
    loop.run_pending();
    bridge();
    come_to_rest();
    port.clear();
    journal.lines.clear();
  }

  void say(const std::string& topic, const std::string& payload) {
    port.arrive({.topic = "gable/bridge/virtual/" + topic, .payload = payload});
  }

  void bridge() {
    say("info",
        R"({"program":"gable-bridge-virtual","version":"0.1.0","protocol":"virtual","schema":"bridge/1"})");
    say("device/lamp", R"({"schema":"device/1","name":"Lamp","entity":{"domain":"light"}})");
    say("device/motion", R"({"schema":"device/1","name":"Motion","entity":{"domain":"binary_sensor"}})");
    say("state/lamp", R"({"state":"off"})");
    say("state/motion", R"({"state":"off"})");
    say("inventory", R"({"rev":1,"complete":true,"devices":["lamp","motion"]})");
    say("status", R"({"status":"online","session":"b1","since":"2026-11-22T00:00:00.000Z"})");
  }

  // Everything that was sent is acknowledged and barriers come back, until nothing more follows.
  void come_to_rest() {
    for (int quiet = 0; quiet < 3; ++quiet) {
      clock.advance(6s);
      loop.run_pending();
      for (const auto& one : port.published) {
        if (one.message.topic == "gable/client/hub/sync") port.arrive(one.message);
      }
      port.grant_subscribes();
      port.acknowledge_publishes();
      loop.run_pending();
    }
  }

  [[nodiscard]] const Seen* written(const std::string& kind) const {
    for (const Seen& seen : journal.lines) {
      if (seen.line.find("\"k\":\"" + kind + "\"") != std::string::npos) return &seen;
    }
    return nullptr;
  }

  gable::test::FakeClock clock;
  node::Loop loop{clock};
  gable::test::FakePort port;
  wire::TopicTree topics{"gable"};
  Utc zone;
  Core core{{.root = "gable", .session = "h1"}, zone};
  node::Session session{loop,
                        port,
                        {.session_id = "h1"},
                        {.connected = [this](const node::Connected& event) { runner.on_connected(event); },
                         .message = [this](const node::Message& message) { runner.on_message(message); }}};
  NotingStore store{port};
  NotingJournal journal{port};
  Runner runner{{.loop = loop,
                 .session = session,
                 .core = core,
                 .store = store,
                 .journal = journal,
                 .topics = topics,
                 .log = [](LogLevel, const std::string&) {},
                 .request = [](const EdgeRequest&) {},
                 .start = [](const EdgeAction&) {}}};
};

TEST_F(RunnerTest, CommandsWaitNeitherForDocumentsNorForWhatExplainsThem) {
  say("state/motion", R"({"state":"on"})");
  loop.run_pending();
  std::vector<std::string> sent;
  for (const auto& one : port.published) sent.push_back(one.message.topic);
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(sent.front(), "gable/bridge/virtual/set/lamp");
  EXPECT_THAT(sent, testing::Contains("gable/state/binary_sensor/motion"));
  const Seen* trace = written("trace");
  ASSERT_NE(trace, nullptr);
  EXPECT_THAT(trace->topics, testing::Contains("gable/bridge/virtual/set/lamp"));
  EXPECT_THAT(trace->line, HasSubstr(R"("rule":"automation.lit")"));
}

TEST_F(RunnerTest, WhatWasDecidedIsStoredBeforeTheCommandLeaves) {
  store.committed.clear();
  say("state/motion", R"({"state":"on"})");
  loop.run_pending();
  ASSERT_FALSE(store.committed.empty());
  const NotingStore::Commit& first = store.committed.front();
  EXPECT_THAT(first.tables, testing::IsSupersetOf({Table::state, Table::desired}));
  EXPECT_EQ(first.published, 0U);
  // When the rule ran last is of interest to nobody who carries out the command.
  EXPECT_THAT(first.tables, testing::Not(testing::Contains(Table::rule)));
  EXPECT_THAT(store.committed.back().tables, testing::Contains(Table::rule));
}

TEST_F(RunnerTest, WhatAFloodHasToSayWaitsForEverybodyElse) {
  for (int i = 0; i < 8'000; ++i) say("state/nobody" + std::to_string(i), "1");
  say("state/motion", R"({"state":"on"})");
  port.arrive({.topic = "gable/set/light/lamp", .payload = "off"});
  loop.run_pending();
  std::vector<std::string> commands;
  for (const auto& one : port.published) {
    if (one.message.topic == "gable/bridge/virtual/set/lamp") commands.push_back(one.message.payload);
  }
  EXPECT_THAT(commands, testing::ElementsAre(HasSubstr("turn_off"), HasSubstr("turn_on")));
}

// Overwriting it would be worse than a hub that is started again until it can be read.
TEST_F(RunnerTest, WhatCannotBeReadIsNotForgotten) {
  store.unreadable = true;
  EXPECT_THROW(runner.restore({}), std::runtime_error);
}

}  // namespace
}  // namespace gable::hub::test
