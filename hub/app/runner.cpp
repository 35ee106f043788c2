#include "app/runner.hpp"

#include <malloc.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/problems.hpp"
#include "wire/json.hpp"
#include "wire/version.hpp"

namespace gable::hub {

namespace {

// After a start, when what it published may be on its way: soon in a small house, later in a large one.
constexpr std::chrono::milliseconds kStartIsOver[] = {std::chrono::seconds(3), std::chrono::seconds(20),
                                                      std::chrono::seconds(60)};

// Later a storm of messages does the same: it is looked for so often, and is one from so many on.
constexpr std::chrono::seconds kGiveBack{60};
constexpr std::size_t kStorm = 1'000;

// The wall clock may be set; the core asks to be woken by it, so it is looked at again at least this often.
constexpr std::chrono::milliseconds kLongestSleep{30'000};

// Messages that share a transaction when they come faster than they are handled. A transaction costs as much
// as a message; with more than these the first command would wait noticeably for the last of them.
constexpr std::size_t kTogether = 16;

// Messages of a flood that are handled when nobody else has anything to say. As many as are read at once:
// when less arrived than that, nothing more waits in the socket.
constexpr std::size_t kTurn = 16;
// Of a topic that floods, what it said last is handled so often.
constexpr std::chrono::milliseconds kMuffled{100};
constexpr std::chrono::seconds kFloodReport{1};
// A house that starts is loud for some seconds; a flood that leaves nothing out is told of when it lasts
// longer.
constexpr std::chrono::seconds kPatience{5};

// Two figures, since a text that changes is a new message: 60784 becomes 61000.
std::size_t rounded(std::size_t number) {
  std::size_t unit = 1;
  while (number / unit >= 100) unit *= 10;
  return (number + unit / 2) / unit * unit;
}

ProblemNoticed problem_of(const Flood& flood) {
  ProblemNoticed out{.id = problem_id({"flood", flood.source}), .solved = flood.over, .text = {}, .help = {}};
  out.text = clipped(flood.source) + " says about " + std::to_string(rounded(flood.per_second)) +
             " messages a second";
  if (!flood.topic.empty()) {
    out.text += ", most of them on " + clipped(flood.topic) +
                "; of those only the last of each tenth of a second is handled";
  } else {
    out.text += "; they are handled after those of all others";
    if (flood.left_out > 0) out.text += ", and of what waits only the newest of each topic";
  }
  out.help =
      "A device or bridge has gone wrong. Look at what it says (mosquitto_sub), then restart it or take its "
      "power.";
  return out;
}

node::Subscription subscription(const Subscribe& wish) {
  node::Subscription out;
  out.filter = wish.filter;
  out.qos = wish.qos;
  out.retain_handling = wish.if_new   ? node::RetainHandling::send_if_new
                        : wish.stored ? node::RetainHandling::send
                                      : node::RetainHandling::never;
  out.retain_as_published = wish.retain_as_published;
  out.no_local = wish.no_local;
  return out;
}

}  // namespace

Runner::Runner(Parts parts) : p_(std::move(parts)), gate_(std::string(p_.topics.root())) {
  p_.loop.on_idle([this] { idle(); });
  p_.loop.every(kGiveBack, [this] {
    if (std::exchange(heard_, 0) >= kStorm) malloc_trim(0);
  });
}

void Runner::turn(const std::function<void(Turn&)>& work) {
  Turn now{p_.loop.clock().now(), effects_};
  work(now);
  perform();
  arm();
}

// The loop calls idle() when its queue is empty, so at rest nothing waits.
void Runner::collect(const std::function<void(Turn&)>& work) {
  Turn now{p_.loop.clock().now(), effects_};
  work(now);
  if (++collected_ < kTogether) return;
  perform();
  arm();
}

void Runner::restore(const House& house) {
  turn([&](Turn& now) {
    // Devices first, since entities belong to them; desired last, since commands need both.
    for (const auto table : {Table::device, Table::entity, Table::state, Table::helper, Table::problem,
                             Table::tombstone, Table::setting, Table::seen, Table::desired, Table::rule}) {
      const auto rows = p_.store.load(table, [&](std::string_view key, std::string_view json) {
        p_.core.restore(now, table, std::string(key), std::string(json));
      });
      // A hub that began without what it knew would write over it.
      if (!rows) throw std::runtime_error("what was stored cannot be read: " + rows.error().message());
    }
    p_.core.start(now, house);
    now.out.journal.emplace_back(R"({"t":")" + wire::format_time(now.now) + R"(","k":"start"})");
  });
}

void Runner::on_connected(const node::Connected& event) {
  info();
  turn([&](Turn& now) {
    p_.core.handle(
        BrokerConnected{.session_present = event.session_present, .protocol_version = event.protocol_version},
        now);
  });
}

void Runner::on_disconnected(const node::Disconnected& event) {
  turn([&](Turn& now) { p_.core.handle(BrokerLost{event.text}, now); });
}

void Runner::on_message(const node::Message& message) {
  ++heard_;
  ++arrived_;
  MessageIn event{.topic = message.topic,
                  .payload = message.payload,
                  .retained = message.retain,
                  .response_topic = message.response_topic,
                  .correlation = message.correlation,
                  .repeated = message.repeated};
  if (!gate_.hold(event, p_.loop.clock().steady())) return hear(event);
  watch_flood();
  if (!gate_.full()) return;
  if (const auto oldest = gate_.next()) hear(*oldest);
}

void Runner::hear(const MessageIn& message) {
  collect([&](Turn& now) { p_.core.handle(message, now); });
}

void Runner::drain() {
  const std::size_t turn = arrived_ < kTurn ? kTurn : 1;
  for (std::size_t i = 0; i < turn; ++i) {
    const auto message = gate_.next();
    if (!message) return;
    hear(*message);
  }
}

void Runner::watch_flood() {
  if (muffled_timer_ == 0 && gate_.muffles()) {
    muffled_timer_ = p_.loop.after(kMuffled, [this] {
      muffled_timer_ = 0;
      hear_muffled();
    });
  }
  if (flood_timer_ == 0 && gate_.floods()) {
    flood_timer_ = p_.loop.after(kFloodReport, [this] {
      flood_timer_ = 0;
      tell_floods();
    });
  }
}

void Runner::hear_muffled() {
  for (const auto& message : gate_.latest(p_.loop.clock().steady())) hear(message);
  watch_flood();
}

void Runner::tell_floods() {
  for (const auto& flood : gate_.report(p_.loop.clock().steady())) {
    if (flood.over && flood.left_out > 0) {
      p_.log(LogLevel::warning, clipped(flood.source) + " said too much for " +
                                    std::to_string(flood.lasts.count()) + " s; " +
                                    std::to_string(flood.left_out) + " messages of it were left out");
    }
    if (flood.over || flood.left_out > 0 || flood.lasts >= kPatience) notice(problem_of(flood));
  }
  watch_flood();
}

void Runner::notice(ProblemNoticed problem) {
  turn([&](Turn& now) { p_.core.handle(std::move(problem), now); });
}

void Runner::end(const ProcessEnded& ended) {
  turn([&](Turn& now) { p_.core.handle(ended, now); });
}

void Runner::reload(const House& house) {
  turn([&](Turn& now) { p_.core.handle(HouseChanged{house}, now); });
}

void Runner::load_rules(rules::RuleFolder folder, rules::Enforcement house_wide,
                        std::vector<rules::RuleReport> reports) {
  turn([&](Turn& now) {
    p_.core.handle(RulesChanged{.rules = std::make_shared<rules::RuleSet>(std::move(folder.rules)),
                                .macros = std::move(folder.macros),
                                .house_wide = house_wide,
                                .reports = std::move(reports)},
                   now);
  });
}

void Runner::answer(const EdgeRequest& request, const wire::ResponseDoc& response) {
  node::Message message;
  message.topic = request.response_topic;
  message.payload = wire::to_json(wire::encode(response));
  message.expiry_seconds = 60;
  message.correlation = request.correlation;
  p_.session.publish(std::move(message));
}

void Runner::send(Publish& publish) {
  node::Message message;
  message.topic = std::move(publish.topic);
  message.payload = std::move(publish.payload);
  message.retain = publish.retained;
  message.expiry_seconds = publish.expiry_seconds;
  message.response_topic = std::move(publish.response_topic);
  message.correlation = std::move(publish.correlation);
  message.qos = publish.qos;
  p_.session.publish(std::move(message));
}

// Of several rows under one key only the last counts: a command that ended among these messages leaves none.
void Runner::drop_superseded() {
  auto& saves = effects_.saves;
  std::set<std::pair<Table, std::string_view>> later;
  std::vector<bool> superseded(saves.size());
  for (std::size_t i = saves.size(); i-- > 0;) {
    superseded[i] = !later.emplace(saves[i].table, saves[i].key).second;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < saves.size(); ++i) {
    if (superseded[i]) continue;
    if (kept != i) saves[kept] = std::move(saves[i]);
    ++kept;
  }
  saves.erase(saves.begin() + static_cast<std::ptrdiff_t>(kept), saves.end());
}

void Runner::perform() {
  if (collected_ > 1) drop_superseded();
  collected_ = 0;
  for (auto& save : effects_.saves) {
    if (save.json.empty())
      p_.store.erase(save.table, std::move(save.key));
    else
      p_.store.put(save.table, std::move(save.key), std::move(save.json));
  }
  p_.store.commit();
  for (auto& command : effects_.commands) send(command);
  if (!effects_.unsubscribes.empty()) p_.session.unsubscribe(effects_.unsubscribes);
  if (!effects_.subscribes.empty()) {
    std::vector<node::Subscription> wishes;
    std::transform(effects_.subscribes.begin(), effects_.subscribes.end(), std::back_inserter(wishes),
                   subscription);
    p_.session.subscribe(std::move(wishes));
  }
  for (auto& publish : effects_.publishes) send(publish);
  if (effects_.status) {
    p_.session.set_status(effects_.status->status, effects_.status->reason);
    // A start needs several times the memory of what stays, and the C library would keep it.
    if (effects_.status->status == wire::ParticipantStatus::online) {
      for (const auto after : kStartIsOver) p_.loop.after(after, [] { malloc_trim(0); });
    }
  }
  for (auto& line : effects_.journal) p_.journal.append(std::move(line).json());
  for (const auto& line : effects_.log) p_.log(line.level, line.text);
  auto requests = std::move(effects_.requests);
  auto processes = std::move(effects_.processes);
  effects_.clear();
  for (auto& process : processes) p_.start(std::move(process));
  for (auto& request : requests) p_.request(std::move(request));
}

void Runner::arm() {
  const auto next = p_.core.next_deadline();
  const Time now = p_.loop.clock().now();
  const Time wanted = next ? *next : Time::max();
  if (timer_ != 0 && wanted == timer_at_) return;
  if (timer_ != 0) p_.loop.cancel(timer_);
  timer_at_ = wanted;
  const auto sleep = next ? std::clamp<Duration>(*next - now, Duration{0}, kLongestSleep) : kLongestSleep;
  timer_ = p_.loop.after(sleep, [this] {
    timer_ = 0;
    turn([this](Turn& due) { p_.core.handle(DeadlineReached{}, due); });
  });
}

// Commands do not wait for the documents of what caused them.
void Runner::settle() {
  perform();
  turn([this](Turn& now) { p_.core.flush(now); });
}

void Runner::idle() {
  settle();
  if (gate_.waits()) {
    drain();
    settle();
    p_.loop.post_now([] {});  // the rest after what has arrived meanwhile
  }
  arrived_ = 0;
  p_.journal.flush(p_.loop.clock().now());
}

void Runner::info() {
  wire::InfoDoc doc;
  doc.program = "gable-hub";
  doc.version = wire::kVersion;
  doc.extra.append("tree", 1);
  node::Message message;
  message.topic = p_.topics.hub(wire::TopicKind::hub_info);
  message.payload = wire::to_json(wire::encode(doc));
  message.retain = true;
  p_.session.publish(std::move(message));
}

}  // namespace gable::hub
