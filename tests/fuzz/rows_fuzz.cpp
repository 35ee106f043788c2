// Rows of the hub's store: whatever stands in them, the hub starts, says only what may be published, and what
// it stores then it can read. The input is a row a line: the table's number, a space, the key, a space, JSON.

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/core.hpp"
#include "fuzz_target.hpp"
#include "wire/topic.hpp"

namespace {

using gable::fuzz::is_text;
using gable::fuzz::require;
namespace hub = gable::hub;
namespace wire = gable::wire;
using hub::Table;

// In the order in which the runner restores them.
constexpr std::array kTables = {Table::device,  Table::entity,    Table::state,   Table::helper,
                                Table::problem, Table::tombstone, Table::setting, Table::desired,
                                Table::rule,    Table::seen};
using Rows = std::map<std::pair<std::size_t, std::string>, std::string>;

class Utc final : public hub::ZoneRules {
 public:
  [[nodiscard]] std::chrono::seconds offset(wire::Time) const override { return std::chrono::seconds(0); }
};

Rows rows_of(std::string_view text) {
  Rows rows;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t space = line.find(' ', 2);
    if (line.size() < 4 || line[1] != ' ' || space == line.npos) continue;
    const auto table = static_cast<std::size_t>(line[0] - '0');
    if (table >= kTables.size()) continue;
    rows[{table, std::string(line.substr(2, space - 2))}] = line.substr(space + 1);
  }
  return rows;
}

// One process on these rows: it starts, connects, and lives until nothing is due any more, or for a while.
class Life {
 public:
  explicit Life(Rows& rows) : rows_(rows), core_({.root = "gable", .session = "h1"}, zone_) {}

  void live() {
    turn([&](hub::Turn& now) {
      for (const auto& [place, json] : Rows(rows_))
        core_.restore(now, kTables.at(place.first), place.second, json);
      core_.start(now, {});
    });
    turn([&](hub::Turn& now) {
      core_.handle(hub::RulesChanged{.rules = std::make_shared<gable::rules::RuleSet>()}, now);
    });
    turn([&](hub::Turn& now) {
      core_.handle(hub::BrokerConnected{.session_present = false, .protocol_version = 5}, now);
    });
    constexpr int kTurns = 30;
    for (int i = 0; i < kTurns; ++i) {
      if (const std::string token = std::exchange(barrier_, {}); !token.empty())
        turn([&](hub::Turn& now) {
          core_.handle(hub::MessageIn{.topic = "gable/client/hub/sync", .payload = token}, now);
        });
      const auto next = core_.next_deadline();
      if (!next) break;
      now_ = std::max(now_, *next);
      turn([&](hub::Turn& now) { core_.handle(hub::DeadlineReached{}, now); });
    }
  }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  template <class Work>
  void turn(const Work& work) {
    hub::Effects out;
    hub::Turn now{now_, out};
    work(now);
    core_.flush(now);
    for (auto& save : out.saves) check(save);
    for (const auto* list : {&out.commands, &out.publishes}) {
      for (const auto& publish : *list) check(publish);
    }
    for (auto& line : out.journal) {
      const std::string json = std::move(line).json();
      require(static_cast<bool>(wire::parse_object(json, kAny)), "a line of the journal is an object");
    }
    for (const auto& line : out.log) {
      if (line.text.find(" left out: ") != std::string::npos) ++left_out_;
    }
  }

  void check(hub::Save& save) {
    const auto table =
        static_cast<std::size_t>(std::find(kTables.begin(), kTables.end(), save.table) - kTables.begin());
    if (save.json.empty()) return void(rows_.erase({table, save.key}));
    require(static_cast<bool>(wire::parse_object(save.json, kAny)), "a row is an object");
    rows_[{table, save.key}] = save.json;
  }

  void check(const hub::Publish& publish) {
    require(wire::valid_topic_name(publish.topic), "a topic is one");
    require(is_text(publish.payload), "a payload is text");
    if (publish.topic == "gable/client/hub/sync") barrier_ = publish.payload;
  }

  static constexpr wire::JsonLimits kAny{std::size_t{64} * 1024 * 1024, 512, 4'000'000};
  Rows& rows_;
  Utc zone_;
  hub::Core core_;
  wire::Time now_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  std::string barrier_;
  std::size_t left_out_ = 0;
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Rows rows = rows_of(gable::fuzz::text_of(data, size));
  const Rows given = rows;
  Life(rows).live();
  // What was given and is still there may be left out again; what the hub wrote may not.
  for (const auto& [place, json] : given) {
    if (const auto found = rows.find(place); found != rows.end() && found->second == json) rows.erase(found);
  }
  Life second(rows);
  second.live();
  require(second.left_out() == 0, "the hub can read what it stored");
  return 0;
}
