// `gable template`: what a template gives, in the live house or for lines on standard input.

#include <iostream>
#include <sstream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"
#include "gable/template_lines.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

struct Options {
  std::string text, now, variables;
  bool vectors = false, reads = false;
};

// Where time stands for --vectors unless --now says otherwise: two runs give the same.
constexpr std::string_view kReferenceTime = "2026-01-15T12:34:56.789Z";

int run_lines(const Options& options, const Context& context) {
  const auto now = wire::parse_time(options.now.empty() ? kReferenceTime : options.now);
  if (!now)
    return context.refuse("--now: expected a time as " + std::string(kReferenceTime) + ", got " +
                          options.now);
  return render_lines(std::cin, context.out, context.err, *now) ? node::kExitOk : node::kExitFailed;
}

void print_reads(const wire::Object& answer, const Context& context) {
  const wire::Value* reads = answer.find("reads");
  if (reads == nullptr || reads->as_object() == nullptr) return;
  for (const auto& [what, names] : *reads->as_object()) {
    context.out << context.paint(Colour::dim, "reads " + printable(what) + ": " + value_text(names)) << '\n';
  }
}

int run_in_house(const Options& options, const Context& context) {
  wire::Object arguments{{"template", options.text}};
  if (!options.variables.empty()) {
    auto variables = wire::parse_object(options.variables);
    if (!variables) return context.fail("--variables: " + variables.error().message());
    arguments.set("variables", std::move(*variables));
  }
  auto client = Client::open(context);
  if (!client) return context.fail(client.error());
  const auto answer = (*client)->request("template", std::move(arguments));
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  const wire::Object* object = answer->as_object();
  if (object == nullptr) return context.fail("the hub's answer is no object");
  const std::string error = text_at(*object, "error");
  if (!error.empty()) return context.fail(error + " (at " + text_at(*object, "where") + ")");
  std::istringstream lines(text_at(*object, "text"));
  for (std::string line; std::getline(lines, line);) context.out << printable(line) << '\n';
  if (options.reads) print_reads(*object, context);
  return node::kExitOk;
}

}  // namespace

NamedRunner add_template(node::Arguments& all) {
  auto& arguments = all.command("template", "Render a template in the live house, or lines of them");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("TEXT", options->text, "the template: \"{{ states('sun.sun') }}\"", false);
  arguments.option("--variables", "JSON", options->variables, "an object of variables for it");
  arguments.flag("--reads", options->reads, "show what it reads, too");
  arguments.flag("--vectors", options->vectors,
                 "read lines {\"template\":…, \"payload\" or \"vars\":…}, write {\"outcome\":…, \"text\":…}");
  arguments.option("--now", "TIME", options->now, "of --vectors: the time that now() gives");
  return {"template", [options](const Context& context) {
            if (options->vectors) return run_lines(*options, context);
            if (options->text.empty()) {
              return context.fail(
                  "give a template, as in gable template \"{{ states('sun.sun') }}\", or --vectors");
            }
            return run_in_house(*options, context);
          }};
}

}  // namespace gable::cli
