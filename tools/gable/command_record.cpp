// `gable record`: any part of a broker into a file, with times.

#include <ostream>

#include "gable/commands.hpp"
#include "gable/listening.hpp"
#include "gable/local_time.hpp"
#include "gable/recording.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

namespace {

struct Options {
  std::string file;
  std::vector<std::string> filters;
  double seconds = 0, messages = 0;
};

int record(const Options& options, const Context& context) {
  auto writer = LineWriter::open(options.file);
  if (!writer) return context.fail(writer.error());
  std::vector<node::Subscription> subscriptions;
  for (const auto& filter : options.filters) {
    node::Subscription one{filter, 2};
    one.retain_as_published = true;  // played back as it was published
    subscriptions.push_back(one);
  }
  if (subscriptions.empty()) {
    node::Subscription one{wire::TopicTree(context.root).all(), 2};
    one.retain_as_published = true;
    subscriptions.push_back(one);
  }
  std::optional<node::Steady> until;
  if (options.seconds > 0) until = in(Milliseconds(static_cast<std::int64_t>(options.seconds * 1000)));
  std::uint64_t count = 0, bytes = 0;
  bool written = true;
  const int status = Listening(context).run(
      subscriptions,
      [&](const node::Message& message) {
        const std::string line = encode_recorded({wall_clock(), message});
        written = writer->write(line) && written;
        ++count;
        bytes += line.size() + 1;
        return options.messages <= 0 || static_cast<double>(count) < options.messages;
      },
      until);
  written = writer->close() && written;
  if (status != node::kExitOk) return status;
  if (!written) return context.fail(options.file + " could not be written in full; is the disk full?");
  if (context.json) {
    context.print(wire::Object{{"file", options.file}, {"messages", static_cast<std::int64_t>(count)}});
  } else {
    context.out << count << " messages, " << bytes << " bytes of text in " << options.file << '\n';
  }
  return node::kExitOk;
}

}  // namespace

NamedRunner add_record(node::Arguments& all) {
  auto& arguments = all.command("record", "Record what a broker carries, until Ctrl-C");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("FILE", options->file, "where to; compressed if it ends in .gz");
  arguments.option("--filter", "FILTER", options->filters,
                   "topic filter, may be given several times (everything below the root)");
  arguments.option("--for", "SECONDS", options->seconds, "end after this time");
  arguments.option("--count", "MESSAGES", options->messages, "end after so many messages");
  return {"record", [options](const Context& context) { return record(*options, context); }};
}

}  // namespace gable::cli
