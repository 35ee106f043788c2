#include "engine/runs/run_row.hpp"

#include <array>

#include "engine/runs/row_reader.hpp"
#include "wire/json.hpp"

namespace gable::rules {

namespace {

using wire::List;
using wire::Object;

// What we wrote ourselves is let in at any size that a run can have.
constexpr wire::JsonLimits kRowLimits{std::size_t{64} * 1024 * 1024, 512, 4'000'000};

wire::Value number(std::uint64_t n) { return static_cast<std::int64_t>(n); }
wire::Value moment(const std::optional<Instant>& when) {
  return when ? wire::Value(std::int64_t{when->time_since_epoch().count()}) : wire::Value();
}

Object context_row(const Context& context) {
  return {{"id", context.id}, {"parent", context.parent}, {"user", context.user}};
}

Object scope_row(const Scope& scope) {
  Object row;
  for (const auto& [name, value] : scope.own()) row.set(name, to_row(value));
  return row;
}

Object loop_row(const Loop& loop) {
  Object row{{"round", number(loop.round)}, {"entry", number(loop.entry)}};
  if (loop.rounds) row.set("rounds", number(*loop.rounds));
  List items;
  for (const jinja::Value& item : loop.items) items.push_back(to_row(item));
  if (!items.empty()) row.set("items", std::move(items));
  return row;
}

Object frame_row(const Frame& frame) {
  Object row{
      {"kind", static_cast<int>(frame.kind)}, {"pick", number(frame.pick)}, {"index", number(frame.index)}};
  if (frame.scope) row.set("variables", scope_row(*frame.scope));
  if (frame.loop) row.set("loop", loop_row(*frame.loop));
  return row;
}

Object call_row(const ServiceCall& call) {
  return {{"id", number(call.id)},          {"domain", call.domain},
          {"service", call.service},        {"target", to_row(call.target)},
          {"data", to_row(call.data)},      {"wants_response", call.wants_response},
          {"wait_result", call.wait_result}};
}

Object wait_row(const Wait& wait) {
  Object row{{"kind", static_cast<int>(wait.kind)}, {"since", moment(wait.since)}};
  if (wait.until) row.set("until", moment(wait.until));
  if (wait.kind == Wait::Kind::condition) row.set("was_true", wait.was_true);
  if (wait.kind == Wait::Kind::call) row.set("call", call_row(wait.call));
  return row;
}

Object halt_row(const Halt& halt) {
  return {{"kind", static_cast<int>(halt.kind)}, {"error", halt.error}, {"response", to_row(halt.response)}};
}

Object strand_row(const Strand& strand) {
  List frames;
  for (const Frame& frame : strand.frames) frames.emplace_back(frame_row(frame));
  Object row{{"id", number(strand.id)},
             {"parent", number(strand.parent)},
             {"frames", std::move(frames)},
             {"entry", number(strand.entry)}};
  if (strand.wait.kind != Wait::Kind::none) row.set("wait", wait_row(strand.wait));
  if (strand.ended) row.set("halt", halt_row(strand.halt));
  return row;
}

}  // namespace

std::string row_of(const Run& run) {
  List strands, chain;
  for (const auto& strand : run.strands) strands.emplace_back(strand_row(*strand));
  for (const std::string& entity : run.chain) chain.emplace_back(entity);
  const Object row{{"id", number(run.id)},
                   {"entity", run.runnable.entity},
                   {"fingerprint", std::to_string(run.runnable.fingerprint)},
                   {"context", context_row(run.context)},
                   {"chain", std::move(chain)},
                   {"began", moment(run.began)},
                   {"queued", run.queued},
                   {"spoken", run.spoken},
                   {"last_strand", number(run.last_strand)},
                   {"trace", run.begun.row()},
                   {"log", run.log.to_row()},
                   {"strands", std::move(strands)}};
  return wire::to_json(row);
}

namespace {

// Thrown within this file only.
struct BadRow {
  std::string what;
};

Wait read_wait(const RowReader& row) {
  Wait wait;
  wait.kind = row.one_of("kind", Wait::Kind::branches);
  wait.since = row.moment("since").value_or(Instant{});
  wait.until = row.moment("until");
  wait.was_true = row.flag("was_true");
  if (wait.kind != Wait::Kind::call) return wait;
  const RowReader call = row.object("call");
  wait.call.id = call.number("id");
  wait.call.domain = call.text("domain");
  wait.call.service = call.text("service");
  wait.call.target = call.value("target");
  wait.call.data = call.value("data");
  wait.call.wants_response = call.flag("wants_response");
  wait.call.wait_result = call.flag("wait_result");
  return wait;
}

Loop read_loop(const RowReader& row) {
  Loop loop;
  loop.round = static_cast<std::uint32_t>(row.number("round"));
  loop.entry = row.number("entry");
  if (row.has("rounds")) loop.rounds = row.number("rounds");
  for (const wire::Value& item : row.list("items")) loop.items.push_back(from_row(item));
  return loop;
}

class Reader {
 public:
  Reader(Run& run, const Runnable& runnable) : run_(run), runnable_(runnable) {}

  void strand(const RowReader& row) {
    auto strand = std::make_unique<Strand>();
    strand->id = static_cast<StrandId>(row.number("id"));
    strand->parent = static_cast<StrandId>(row.number("parent"));
    strand->entry = row.number("entry");
    for (const wire::Value& each : row.list("frames")) frame(*strand, RowReader(each));
    if (strand->frames.empty()) throw BadRow{"a strand without frames"};
    if (row.has("wait")) strand->wait = read_wait(row.object("wait"));
    if (row.has("halt")) {
      const RowReader halt = row.object("halt");
      strand->ended = true;
      strand->halt = {halt.one_of("kind", Halt::Kind::reported), halt.text("error"), halt.value("response")};
    }
    strand->wait.call.context = run_.context;
    strand->wait.call.rule = runnable_.entity;
    strand->wait.call.run = run_.id;
    run_.strands.push_back(std::move(strand));
  }

 private:
  void frame(Strand& strand, const RowReader& row) {
    Frame frame;
    frame.kind = row.one_of("kind", Frame::Kind::branch);
    frame.pick = row.number("pick");
    frame.index = row.number("index");
    frame.sequence = sequence_of(strand, frame);
    if (frame.sequence == nullptr || frame.index > frame.sequence->size())
      throw BadRow{"a step that is not there"};
    const bool needs_scope = frame.kind == Frame::Kind::top || frame.kind == Frame::Kind::branch ||
                             frame.kind == Frame::Kind::loop;
    if (needs_scope != row.has("variables") || (frame.kind == Frame::Kind::loop) != row.has("loop"))
      throw BadRow{"a sequence without its variables"};
    if (row.has("loop")) frame.loop = read_loop(row.object("loop"));
    if (row.has("variables")) read_scope(strand, frame, row.object("variables"));
    strand.frames.push_back(std::move(frame));
  }

  const Sequence* sequence_of(const Strand& strand, const Frame& frame) {
    const bool first = strand.frames.empty();
    if (first && strand.parent == 0) return frame.kind == Frame::Kind::top ? runnable_.sequence : nullptr;
    const Strand* parent = run_.find(strand.parent);
    if (first && parent == nullptr) return nullptr;
    const Frame& below = first ? parent->frames.back() : strand.frames.back();
    if (below.index >= below.sequence->size()) return nullptr;
    return sequence_below((*below.sequence)[below.index], frame.kind, frame.pick);
  }

  void read_scope(const Strand& strand, Frame& frame, const RowReader& row) {
    const bool outermost = strand.frames.empty() && strand.parent == 0;
    frame.scope = outermost ? std::make_unique<Scope>() : std::make_unique<Scope>(&scope_of(run_, strand));
    for (const wire::Member& member : row.members()) frame.scope->define(member.key, from_row(member.value));
  }

  Run& run_;
  const Runnable& runnable_;
};

}  // namespace

wire::Result<std::unique_ptr<Run>> run_of(const std::string& json, const Runnable& runnable) {
  const auto parsed = wire::parse_json(json, kRowLimits);
  if (!parsed) return parsed.error();
  const RowReader row(*parsed);
  if (row.text("fingerprint") != std::to_string(runnable.fingerprint)) {
    return wire::Error{wire::ErrorCode::failed, "the rule has been changed since", {}};
  }
  auto run = std::make_unique<Run>();
  run->id = row.number("id");
  run->runnable = runnable;
  const RowReader context = row.object("context");
  run->context = {context.text("id"), context.text("parent"), context.text("user")};
  for (const wire::Value& entity : row.list("chain")) run->chain.emplace_back(entity.string_or(""));
  run->began = row.moment("began").value_or(Instant{});
  run->queued = row.flag("queued");
  run->spoken = row.text("spoken");
  run->last_strand = static_cast<StrandId>(row.number("last_strand"));
  run->begun.others = row.object("trace").members();
  run->log = StepLog::from_row(row.raw("log"));
  run->stored = true;
  try {
    Reader reader(*run, runnable);
    for (const wire::Value& strand : row.list("strands")) reader.strand(RowReader(strand));
  } catch (const BadRow& bad) {
    return wire::Error{wire::ErrorCode::malformed, "the row names " + bad.what, {}};
  }
  if (run->strands.empty() || !run->strands.front()->frames.front().scope) {
    return wire::Error{wire::ErrorCode::malformed, "the row has no steps", {}};
  }
  return run;
}

}  // namespace gable::rules
