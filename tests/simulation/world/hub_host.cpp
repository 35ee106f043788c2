#include "world/hub_host.hpp"

#include <utility>

#include "app/runner.hpp"
#include "core/registry.hpp"
#include "wire/json.hpp"
#include "world/rules.hpp"

namespace gable::sim {

namespace {

class Utc final : public hub::ZoneRules {
 public:
  [[nodiscard]] std::chrono::seconds offset(wire::Time) const override { return std::chrono::seconds(0); }
};

class SimJournal final : public hub::JournalPort {
 public:
  explicit SimJournal(std::function<void(std::string_view)> line) : line_(std::move(line)) {}
  void append(std::string_view line) override { line_(line); }
  void flush(wire::Time) override {}

 private:
  std::function<void(std::string_view)> line_;
};

std::string text_of(const wire::Object& object, std::string_view key) {
  const auto* value = object.find(key);
  return value == nullptr ? std::string() : wire::plain_text(*value);
}

}  // namespace

// As hub/app/program.cpp puts it together, without what needs a machine: files, signals, health.
struct HubHost::Process {
  Process(HubHost& host, const std::string& session_id)
      : loop(host.clock_),
        journal([&host](std::string_view line) { host.note_line(line); }),
        topics("gable"),
        core({.root = "gable", .session = session_id}, zone),
        port(host.broker_, host.fuse_, host.watch()),
        session(loop, port, options(session_id, host.starts_), handlers()),
        runner({.loop = loop,
                .session = session,
                .core = core,
                .store = host.disk_,
                .journal = journal,
                .topics = topics,
                .log =
                    [&host](hub::LogLevel level, const std::string& text) {
                      if (level >= hub::LogLevel::warning) host.history_.note("hub says " + text);
                    },
                .request = [](const hub::EdgeRequest&) {},
                .start = [](const hub::EdgeAction&) {}}) {
    host.disk_.on_problem([this](const hub::StoreProblem& problem) {
      loop.post_now([this, problem] {
        runner.notice({.id = "store.save", .solved = problem.solved, .text = problem.text, .help = {}});
      });
    });
  }

  node::SessionOptions options(const std::string& session_id, unsigned seed) const {
    node::SessionOptions out;
    out.connect.client_id = "gable-hub";
    out.status_topic = topics.hub(wire::TopicKind::hub_status);
    out.session_id = session_id;
    out.backoff_max = std::chrono::seconds(5);
    out.backoff_seed = seed;
    return out;
  }

  node::Session::Handlers handlers() {
    node::Session::Handlers out;
    out.connected = [this](const node::Connected& event) { runner.on_connected(event); };
    out.disconnected = [this](const node::Disconnected& event, std::chrono::milliseconds) {
      runner.on_disconnected(event);
    };
    out.message = [this](const node::Message& message) { runner.on_message(message); };
    out.refused = [this](const std::string& topic, const std::string& reason) {
      runner.notice(
          {.id = "broker.refused", .text = "The broker refused " + topic + ": " + reason, .help = {}});
    };
    out.dropped = [](const std::string&, const std::string&) {};  // too old, as in the hub's program
    return out;
  }

  node::Loop loop;
  Utc zone;
  SimJournal journal;
  wire::TopicTree topics;
  hub::Core core;
  SimPort port;
  node::Session session;
  hub::Runner runner;
};

HubHost::HubHost(const WorldTime& time, gable::test::MemoryBroker& broker, History& history)
    : time_(time), broker_(broker), history_(history), disk_(time, fuse_), clock_(time) {}

HubHost::~HubHost() {
  if (process_) process_->port.die();
}

void HubHost::start() {
  ++starts_;
  history_.hub_starts.push_back(time_.now());
  history_.note("hub starts, " + std::to_string(starts_));
  process_ = std::make_unique<Process>(*this, "h" + std::to_string(starts_));
  constexpr std::size_t kTurnsBeforeFlush = 64;
  process_->loop.set_batch(kTurnsBeforeFlush);
  process_->runner.restore(make_house());
  process_->runner.load_rules({make_rules(), nullptr}, rules::Enforcement::live);
  process_->session.start();
}

bool HubHost::run() { return process_ && !frozen && process_->loop.run_pending() > 0; }

std::optional<Steady> HubHost::next_timer() const {
  if (!process_ || frozen) return std::nullopt;
  return process_->loop.next_timer();
}

void HubHost::died() {
  if (process_) process_->port.die();
  process_.reset();
  if (disk_.full()) history_.unsaved_lost = true;
  disk_.process_died();
  fuse_.put_out();
  frozen = false;
  history_.hub_crashes.push_back(time_.now());
}

SimPort::Watch HubHost::watch() {
  SimPort::Watch out;
  out.published = [this](const node::Message& message) {
    history_.note("hub > " + message.topic + " " + message.payload);
    note_said(message, false);
    if (!message.topic.starts_with("gable/bridge/")) return;
    if (const auto document = wire::parse_object(message.payload))
      history_.sent.insert(text_of(*document, "_id"));
  };
  out.acknowledged = [this](const node::Message& message, bool) { note_said(message, true); };
  out.received = [this](const node::Message& message) {
    history_.note("hub < " + message.topic + " " + message.payload);
  };
  out.connected = [this](const node::Connected& event) {
    history_.note(std::string("hub connected") + (event.session_present ? ", session kept" : ""));
    history_.hub_connections.push_back(time_.now());
    if (!event.session_present) history_.fresh_sessions.push_back(time_.now());
  };
  out.disconnected = [this] { history_.note("hub disconnected"); };
  return out;
}

void HubHost::note_said(const node::Message& message, bool answered) {
  if (message.topic != "sim/mark" && message.topic != "gable/client/anna/answer") return;
  // Each time that such a wish comes, if the broker delivers it twice.
  if (message.payload.find(R"("status":"rejected")") != std::string::npos) return;
  const auto [found, first] =
      history_.said.try_emplace(message.topic + " " + message.payload, History::Said{.process = starts_});
  History::Said& said = found->second;
  if (answered) {
    said.answered = true;
  } else if (!first && (said.answered || said.process != starts_)) {
    ++said.needless;
  }
}

void HubHost::note_line(std::string_view text) {
  history_.note("hub writes " + std::string(text));
  const auto names = [text](std::string_view kind) { return text.find(kind) != std::string_view::npos; };
  // Most lines are of other kinds, and a sixth of a seed's time went into reading them.
  if (!names("command") && !names("result") && !names("change") && !names("event")) return;
  const auto line = wire::parse_object(text, wire::kDocumentLimits);
  if (!line) return history_.note("hub writes what is no JSON");
  const std::string kind = text_of(*line, "k"), entity = text_of(*line, "e"), id = text_of(*line, "id");
  if (kind == "command") ++history_.commanded[id];
  if (kind == "result") history_.ended[id].push_back(text_of(*line, "status"));
  if (kind == "change") history_.changes.emplace_back(entity, text_of(*line, "to"));
  if (kind != "event") return;
  const auto* data = line->find("data");
  const auto* number =
      data == nullptr || data->as_object() == nullptr ? nullptr : data->as_object()->find("n");
  if (number == nullptr || number->as_int() == nullptr) return;
  for (auto& press : history_.presses) {
    if (press.number == *number->as_int()) ++press.heard;
  }
}

}  // namespace gable::sim
