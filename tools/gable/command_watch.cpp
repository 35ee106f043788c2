// `gable watch`: what changes in the house, as it happens.

#include <map>
#include <ostream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/listening.hpp"
#include "gable/local_time.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

using wire::ParsedTopic;
using wire::TopicKind;

struct Options {
  std::vector<std::string> patterns;
  double seconds = 0;
};

class Watch {
 public:
  Watch(const Options& options, const Context& context)
      : options_(options), context_(context), topics_(context.root) {}

  int run();

 private:
  struct Line {
    std::string kind, subject, from, to, more, by;
    Colour colour = Colour::none;
  };

  void hear(const node::Message& message);
  void entity_document(const ParsedTopic& topic, const node::Message& message);
  void state(const std::string& entity, const wire::Object* document, bool stored);
  void problem(const std::string& id, const wire::Object* document, bool stored);
  [[nodiscard]] bool wanted(const std::string& subject) const;
  void print(const Line& line) const;

  const Options& options_;
  const Context& context_;
  wire::TopicTree topics_;
  std::map<std::string, wire::Object> states_;  // by entity id: what the next change is compared with
  std::map<std::string, std::string> availability_, problems_;
};

int Watch::run() {
  std::vector<node::Subscription> filters;
  for (const auto kind :
       {TopicKind::state, TopicKind::availability, TopicKind::event, TopicKind::result, TopicKind::problem}) {
    node::Subscription filter{topics_.filter(kind)};
    filter.retain_as_published = false;  // retained means: it was there before
    filters.push_back(std::move(filter));
  }
  std::optional<node::Steady> until;
  if (options_.seconds > 0) until = in(Milliseconds(static_cast<std::int64_t>(options_.seconds * 1000)));
  // A house may be quiet for a while.
  if (context_.columns > 0 && !context_.json)
    context_.err << "gable: what changes is shown here, as it happens; Ctrl-C ends it\n";
  return Listening(context_).run(
      filters,
      [this](const auto& message) {
        hear(message);
        return context_.out.good();  // whoever read it may have gone: gable watch | head
      },
      until);
}

bool Watch::wanted(const std::string& subject) const {
  if (options_.patterns.empty()) return true;
  for (const auto& pattern : options_.patterns) {
    if (matches_pattern(pattern, subject)) return true;
  }
  return false;
}

void Watch::hear(const node::Message& message) {
  const auto topic = topics_.parse(message.topic);
  if (!topic) return;
  if (topic->kind == TopicKind::problem) {
    const auto document = wire::parse_object(message.payload);
    return problem(std::string(topic->name), document ? &*document : nullptr, message.retain);
  }
  if (wanted(std::string(topic->domain) + "." + std::string(topic->name))) entity_document(*topic, message);
}

void Watch::entity_document(const ParsedTopic& topic, const node::Message& message) {
  const std::string entity = std::string(topic.domain) + "." + std::string(topic.name);
  const auto document = wire::parse_object(message.payload);
  if (topic.kind == TopicKind::state) return state(entity, document ? &*document : nullptr, message.retain);
  if (!document) return;
  if (topic.kind == TopicKind::availability) {
    const std::string now = text_at(*document, "status");
    const std::string before = std::exchange(availability_[entity], now);
    if (message.retain || before == now) return;
    return print(
        {"availability", entity, before, now, text_at(*document, "reason"), "", colour_of_availability(now)});
  }
  if (message.retain) return;
  if (topic.kind == TopicKind::event) {
    wire::Object rest = *document;
    rest.erase("event_type");
    return print(
        {"event", entity, "", text_at(*document, "event_type"), attributes_text(rest), "", Colour::blue});
  }
  const std::string status = text_at(*document, "status");
  print({"result", entity, "", status, text_at(*document, "reason"), "",
         status == "done"       ? Colour::green
         : status == "accepted" ? Colour::dim
                                : Colour::red});
}

void Watch::state(const std::string& entity, const wire::Object* document, bool stored) {
  if (document == nullptr) {
    if (states_.erase(entity) > 0) print({"state", entity, "", "gone", "", "", Colour::red});
    return;
  }
  const auto known = states_.find(entity);
  const bool first = known == states_.end();
  const wire::Object before = first ? wire::Object{} : known->second;
  states_.insert_or_assign(entity, *document);
  if (stored) return;
  wire::Object changed;
  for (const auto& [key, value] : *document) {
    const wire::Value* old = before.find(key);
    if (key != "state" && !key.starts_with('_') && (old == nullptr || !(*old == value)))
      changed.append(key, value);
  }
  const std::string from = first ? "" : text_at(before, "state");
  const wire::Value* now = document->find("state");
  const std::string to = now == nullptr ? "" : value_text(*now);
  print({"state", entity, from == to ? "" : from, to, attributes_text(changed), text_at(*document, "_by"),
         colour_of_state(to)});
}

void Watch::problem(const std::string& id, const wire::Object* document, bool stored) {
  const std::string text = document == nullptr ? "" : text_at(*document, "text");
  const std::string before = std::exchange(problems_[id], text);
  if (stored || before == text) return;
  if (text.empty()) return print({"problem", id, "", "solved", before, "", Colour::green});
  print({"problem", id, "", text, text_at(*document, "help"), "", Colour::red});
}

void Watch::print(const Line& line) const {
  const wire::Time now = wall_clock();
  if (context_.json) {
    wire::Object out{{"t", wire::format_time(now)}, {"kind", line.kind}};
    out.append(line.kind == "problem" ? "id" : "entity", line.subject);
    if (!line.from.empty()) out.append("from", line.from);
    out.append("to", line.to);
    if (line.kind == "state") {
      if (const auto state = states_.find(line.subject); state != states_.end())
        out.append("document", state->second);
    } else if (!line.more.empty()) {
      out.append("more", line.more);
    }
    if (!line.by.empty()) out.append("by", line.by);
    context_.print(out);
    context_.out.flush();
    return;
  }
  const Paint& paint = context_.paint;
  context_.out << paint(Colour::dim, clock_text(now)) << "  " << paint(Colour::bold, line.subject) << "  ";
  if (line.kind != "state") context_.out << line.kind << ' ';
  if (!line.from.empty()) context_.out << paint(colour_of_state(line.from), line.from) << " → ";
  context_.out << paint(line.colour, line.to);
  if (!line.more.empty()) context_.out << paint(Colour::dim, "  " + line.more);
  if (!line.by.empty()) context_.out << "  by " << paint(Colour::cyan, line.by);
  context_.out << std::endl;
}

}  // namespace

NamedRunner add_watch(node::Arguments& all) {
  auto& arguments = all.command("watch", "Show what changes, as it happens; Ctrl-C ends it");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("PATTERN", options->patterns,
                       "entity ids or parts of them; * and ? stand for anything", false);
  arguments.option("--for", "SECONDS", options->seconds, "end after this time");
  return {"watch", [options](const Context& context) { return Watch(*options, context).run(); }};
}

}  // namespace gable::cli
