// `gable conformance`: checks a running bridge from outside; the command line of tools/conformance.

#include <algorithm>
#include <ostream>

#include "conformance/conformance.hpp"
#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/table.hpp"

namespace gable::cli {

namespace {

using conformance::Verdict;

constexpr Milliseconds kPublishPatience{5'000};

struct Arguments {
  std::string bridge, entity;
  bool look_only = false;
};

class LinkConnection final : public conformance::Connection {
 public:
  explicit LinkConnection(Link& link) : link_(link) {}
  bool subscribe(const std::vector<node::Subscription>& subscriptions) override {
    return link_.subscribe(subscriptions).has_value();
  }
  bool publish(const node::Message& message) override {
    return link_.publish(message) && link_.flush(kPublishPatience);
  }
  std::optional<node::Message> next(node::Steady deadline) override { return link_.next(deadline); }
  [[nodiscard]] node::Steady now() const override { return in(Milliseconds(0)); }
  [[nodiscard]] int protocol_version() const override { return link_.version(); }

 private:
  Link& link_;
};

void print(const std::vector<conformance::Check>& checks, const Context& context) {
  if (context.json) {
    wire::List rows;
    for (const auto& check : checks) {
      rows.emplace_back(wire::Object{
          {"check", check.name}, {"verdict", conformance::to_string(check.verdict)}, {"words", check.words}});
    }
    return context.print(rows);
  }
  Table table({"CHECK", "VERDICT", "WHY"});
  for (const auto& check : checks) {
    const Colour colour = check.verdict == Verdict::pass   ? Colour::green
                          : check.verdict == Verdict::fail ? Colour::red
                                                           : Colour::dim;
    table.add({{printable(check.name)},
               {std::string(conformance::to_string(check.verdict)), colour},
               {printable(check.words)}});
  }
  table.write(context.out, context.paint, 0);  // the reasons are what it is for: nothing is cut
}

int examine(const Arguments& given, const Context& context) {
  Link link;
  if (const auto connected = connect(link, context, context.connect); !connected)
    return context.fail(connected.error());
  LinkConnection connection(link);
  conformance::Options options;
  options.root = context.root;
  options.bridge = given.bridge;
  options.entity = given.entity;
  options.commands = !given.look_only;
  options.token = context.run_id;
  const auto checks = conformance::examine(connection, options);
  print(checks, context);
  if (conformance::conforms(checks)) return node::kExitOk;
  const auto failed = std::count_if(checks.begin(), checks.end(),
                                    [](const auto& check) { return check.verdict == Verdict::fail; });
  return context.fail("bridge " + printable(given.bridge) + " fails " + std::to_string(failed) + " checks");
}

}  // namespace

NamedRunner add_conformance(node::Arguments& all) {
  auto& arguments = all.command("conformance", "Check a running bridge, in any language, from outside");
  auto given = std::make_shared<Arguments>();  // shared by the parser's targets and the runner
  arguments.positional("BRIDGE", given->bridge, "the bridge's id");
  arguments.option("--entity", "DEVICE[/KEY]", given->entity, "this one may be moved, and is put back");
  arguments.flag("--look-only", given->look_only, "send no commands");
  return {"conformance", [given](const Context& context) { return examine(*given, context); }};
}

}  // namespace gable::cli
