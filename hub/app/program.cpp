#include "app/program.hpp"

#include <csignal>
#include <memory>

#include "app/edge_actions.hpp"
#include "app/edge_requests.hpp"
#include "app/journal.hpp"
#include "app/rule_loader.hpp"
#include "app/runner.hpp"
#include "app/store_lock.hpp"
#include "app/store_sqlite.hpp"
#include "app/zone_database.hpp"
#include "core/rules/rule_listing.hpp"
#include "node/arguments.hpp"
#include "node/broker_url.hpp"
#include "node/config_tree.hpp"
#include "node/health.hpp"
#include "node/id_source.hpp"
#include "node/logging.hpp"
#include "node/mosquitto_port.hpp"
#include "node/service_manager.hpp"
#include "node/signals.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

constexpr std::chrono::seconds kHealthPeriod{30};
// Unacknowledged publishes. libmosquitto looks through all of them at each acknowledgement, and what waits
// meanwhile in the session gives way to a later document of its topic.
constexpr std::size_t kInFlight = 20;
constexpr std::size_t kTurnsBeforeFlush =
    64;  // events handled before retained documents are rendered at the latest

node::LogLevel level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return node::LogLevel::debug;
    case LogLevel::info:
      return node::LogLevel::info;
    case LogLevel::warning:
      return node::LogLevel::warning;
    case LogLevel::error:
      return node::LogLevel::error;
  }
  return node::LogLevel::info;
}

class Program {
 public:
  explicit Program(const ProgramOptions& options)
      : options_(options),
        config_(read_configuration(files_, options.config, options.overrides)),
        loop_(clock_, config_.limits.queue),
        signals_(loop_, [this](int signal) { on_signal(signal); }),
        lock_(config_.state_dir),
        zone_(config_.house.info.time_zone),
        store_({.folder = config_.state_dir}),
        journal_({.folder = config_.state_dir + "/journal",
                  .days = config_.journal.days,
                  .bytes = config_.journal.megabytes * 1024 * 1024},
                 clock_.now()),
        session_id_(ids_.next()),
        topics_(config_.root),
        core_({.root = config_.root, .session = session_id_}, zone_),
        session_(loop_, port_, session_options(), handlers()),
        requests_(loop_, config_.state_dir + "/journal",
                  [this](const EdgeRequest& request, const wire::ResponseDoc& response) {
                    runner_->answer(request, response);
                  }),
        actions_(loop_, [this](const ProcessEnded& ended) { runner_->end(ended); }),
        service_(loop_),
        health_(loop_, session_),
        rules_(loop_, config_.rules, options.blueprints,
               [this](ReadRules read, std::uint64_t number) { take_rules(std::move(read), number); }) {}

  int run();

 private:
  node::SessionOptions session_options();
  node::Session::Handlers handlers();
  void make_runner();
  void watch_edges();
  void on_signal(int signal);
  wire::Result<wire::Object> reload();
  void take_rules(ReadRules read, std::uint64_t number);
  void answer_with_rules(EdgeRequest request, wire::Object answer);
  void publish_health();
  void publish_log();
  void say_opened() const;

  ProgramOptions options_;
  node::SystemClock clock_;
  node::RandomIds ids_;
  node::DiskFiles files_;
  HubConfig config_;
  node::Loop loop_;
  node::Signals signals_;  // before any thread
  StateLock lock_;
  ZoneDatabase zone_;
  SqliteStore store_;
  Journal journal_;
  std::string session_id_;
  wire::TopicTree topics_;
  Core core_;
  node::MosquittoPort port_{loop_};
  node::Session session_;
  EdgeRequests requests_;
  EdgeActions actions_;
  node::ServiceManager service_;
  node::Health health_;
  std::unique_ptr<Runner> runner_;
  RuleLoader rules_;
  // Requests that are answered when the rules have been read again, each with the number of that reading.
  struct Waiting {
    std::uint64_t number;
    EdgeRequest request;
    wire::Object answer;  // beside what the rules became
  };
  std::vector<Waiting> waiting_;
  int exit_status_ = node::kExitOk;
};

node::SessionOptions Program::session_options() {
  node::SessionOptions out;
  out.connect = config_.broker;
  out.connect.client_id = config_.root == "gable" ? "gable-hub" : config_.root + "-hub";
  out.status_topic = topics_.hub(wire::TopicKind::hub_status);
  out.session_id = session_id_;
  out.backoff_max = std::chrono::seconds(5);
  out.backoff_seed = ids_.seed();
  out.inflight_limit = kInFlight;
  out.confirm_subscriptions = false;  // StartUp does
  return out;
}

node::Session::Handlers Program::handlers() {
  node::Session::Handlers out;
  out.connected = [this](const node::Connected& event) {
    node::log_info("connected to " + node::broker_address(config_.broker));
    runner_->on_connected(event);
    // Whatever it still refuses it will refuse again.
    runner_->notice({.id = "broker.refused", .solved = true, .text = {}, .help = {}});
    service_.ready("connected to " + node::broker_address(config_.broker));
    publish_health();
  };
  out.disconnected = [this](const node::Disconnected& event, std::chrono::milliseconds retry_in) {
    runner_->on_disconnected(event);
    if (event.fatal) {
      node::log_error("the broker " + node::broker_address(config_.broker) + " refuses us: " + event.text +
                      ". Check user, password and rights (gable setup makes them).");
      exit_status_ = node::kExitFailed;
      return loop_.stop();
    }
    node::log_warning("no broker at " + node::broker_address(config_.broker) + ": " + event.text +
                      "; next try in " + wire::format_duration(retry_in));
    service_.status("waiting for the broker");
  };
  out.message = [this](const node::Message& message) { runner_->on_message(message); };
  out.refused = [this](const std::string& topic, const std::string& reason) {
    health_.count_error();
    runner_->notice(
        {.id = "broker.refused",
         .text = "The broker refused " + topic + ": " + reason,
         .help = "Check the hub's rights (ACL) and the broker's limits; gable broker-check says more."});
  };
  // Too old by the time that there was a broker again: nobody's fault, and nothing to mend.
  out.dropped = [](const std::string& topic, const std::string& reason) {
    node::log_warning("not sent: " + topic + ": " + reason);
  };
  out.notice = [](const std::string& text) { node::log_warning(text); };
  return out;
}

void Program::make_runner() {
  runner_ = std::make_unique<Runner>(
      Runner::Parts{.loop = loop_,
                    .session = session_,
                    .core = core_,
                    .store = store_,
                    .journal = journal_,
                    .topics = topics_,
                    .log = [](LogLevel level, const std::string& text) { node::log(level_of(level), text); },
                    .request = [this](EdgeRequest request) { requests_.take(std::move(request)); },
                    .start = [this](EdgeAction action) { actions_.start(std::move(action)); }});
}

void Program::watch_edges() {
  store_.on_problem([this](const StoreProblem& problem) {
    loop_.post_now([this, problem] {
      runner_->notice(
          {.id = "store.save",
           .solved = problem.solved,
           .text = problem.text,
           .help = "Free disk space; automations go on, but a restart would forget what came since."});
    });
  });
  journal_.on_problem([this](const JournalProblem& problem) {
    loop_.post_now([this, problem] {
      runner_->notice({.id = "journal.write",
                       .solved = problem.solved,
                       .text = problem.text,
                       .help = "Free disk space; history has a gap meanwhile."});
    });
  });
  requests_.add_late("reload", [this](EdgeRequest request) {
    auto read = reload();
    if (!read) return requests_.answer(request, read.error());
    answer_with_rules(std::move(request), std::move(*read));
  });
  requests_.add_slow("rule_text", [folder = config_.rules](const EdgeRequest& request) {
    return rule_text(folder, request.arguments);
  });
  requests_.add_late("enforce", [this](EdgeRequest request) {
    wire::Object answer;
    for (const auto* key : {"rule", "mode"}) {
      if (const wire::Value* value = request.arguments.find(key)) answer.append(key, *value);
    }
    answer.append("house", to_string(config_.rules_mode));
    answer_with_rules(std::move(request), std::move(answer));
  });
  loop_.every(kHealthPeriod, [this] { publish_health(); });
}

void Program::say_opened() const {
  const StoreOpened& opened = store_.opened();
  if (opened.migrated_from > 0) {
    node::log_info("the store was brought from version " + std::to_string(opened.migrated_from) +
                   "; a copy is " + opened.copy);
  }
  if (!opened.moved_aside.empty()) {
    node::log_error("the store was damaged (" + opened.damage + ") and is now " + opened.moved_aside +
                    "; beginning anew");
  }
  runner_->notice(
      {.id = "store.lost",
       .solved = opened.moved_aside.empty(),
       .text = "The database of the house was lost (" + opened.damage + "): the hub has begun anew",
       .help =
           "What was in it is " + opened.moved_aside +
           "…; put a backup of gable.db in its place while the hub is stopped. Devices and rules are read "
           "again; names that people gave, values of helpers and rules that were switched off are gone."});
  if (!opened.torn.empty()) {
    node::log_warning(
        "the end of what was saved last cannot be read, as after a loss of power; it is kept as " +
        opened.torn);
  }
  if (!opened.left_over.empty()) {
    node::log_error("what an earlier process saved cannot be carried over into the database yet: " +
                    opened.left_over);
  }
  for (const auto& warning : config_.warnings) node::log_warning(warning);
}

void Program::publish_log() {
  node::set_log_hook(node::LogLevel::warning, [this](node::LogLevel level, std::string_view text) {
    wire::Object line{
        {"level", node::to_string(level)}, {"text", text}, {"_at", wire::format_time(clock_.now())}};
    loop_.post_now([this, payload = wire::to_json(line)] {
      if (!session_.connected()) return;
      node::Message message;
      message.topic = topics_.hub(wire::TopicKind::hub_log);
      message.payload = payload;
      message.expiry_seconds = 60;
      session_.publish(std::move(message));
    });
  });
}

int Program::run() {
  make_runner();
  watch_edges();
  runner_->restore(config_.house);
  say_opened();
  take_rules(rules_.read_first(), 0);
  loop_.set_batch(kTurnsBeforeFlush);
  publish_log();
  session_.start();
  loop_.run();
  runner_->finish();
  service_.stopping();
  node::set_log_hook(node::LogLevel::off, {});
  session_.stop("stopped");
  journal_.append(R"({"t":")" + wire::format_time(clock_.now()) + R"(","k":"stop"})");
  journal_.flush(clock_.now());
  return exit_status_;
}

void Program::on_signal(int signal) {
  if (signal != SIGHUP) return loop_.stop();
  if (const auto outcome = reload(); !outcome)
    return node::log_error("not reloaded: " + outcome.error().message());
  rules_.read_again();
}

wire::Result<wire::Object> Program::reload() {
  try {
    HubConfig fresh = read_configuration(files_, options_.config, options_.overrides);
    zone_.set(fresh.house.info.time_zone);
    config_.house = fresh.house;
    config_.rules_mode = fresh.rules_mode;
    runner_->reload(config_.house);
    node::log_info("configuration read again");
    return wire::Object{{"entities", static_cast<std::int64_t>(config_.house.helpers.size())}};
  } catch (const std::exception& error) {  // whatever is wrong with the files, the house goes on as it is
    return wire::Error{wire::ErrorCode::malformed, error.what(), ""};
  }
}

void Program::answer_with_rules(EdgeRequest request, wire::Object answer) {
  const std::uint64_t number = rules_.read_again();
  if (number == 0) return requests_.answer(request, wire::Value(std::move(answer)));
  waiting_.push_back({number, std::move(request), std::move(answer)});
}

void Program::take_rules(ReadRules read, std::uint64_t number) {
  const rules::RuleSet& rules = read.folder.rules;
  const std::size_t count = rules.automations.size() + rules.scripts.size();
  if (!config_.rules.empty()) {
    node::log_info(std::to_string(count) + " automations and scripts read from " + config_.rules);
  }
  runner_->load_rules(std::move(read.folder), config_.rules_mode, std::move(read.reports));
  const auto done = [number](const Waiting& waiting) { return waiting.number <= number; };
  for (Waiting& waiting : waiting_) {
    if (!done(waiting)) continue;
    waiting.answer.append("rules", core_.last_load());
    requests_.answer(waiting.request, wire::Value(std::move(waiting.answer)));
  }
  std::erase_if(waiting_, done);
}

void Program::publish_health() {
  if (!session_.connected()) return;
  wire::HealthDoc doc = health_.take();
  doc.at = clock_.now();
  node::Message message;
  message.topic = topics_.hub(wire::TopicKind::hub_health);
  message.payload = wire::to_json(wire::encode(doc));
  message.retain = true;
  session_.publish(std::move(message));
}

}  // namespace

int run_hub(const ProgramOptions& options) { return Program(options).run(); }

}  // namespace gable::hub
