// `gable play` of what `gable record` wrote: every message on its topic again.

#include "gable/playback.hpp"
#include "gable/recording.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

int play_recording(const Context& context, const PlayOptions& options) {
  auto reader = LineReader::open(options.file);
  if (!reader) return context.fail(reader.error());
  Playback playback(context, options);
  if (const auto begun = playback.begin(context.connect); !begun) return context.fail(begun.error());
  std::string line;
  std::uint64_t number = 0;
  while (reader->next(line)) {
    ++number;
    if (line.empty()) continue;
    auto recorded = decode_recorded(line);
    if (!recorded) {
      playback.bad_line(number, recorded.error().message());
      continue;
    }
    recorded->message.topic = options.map.apply(recorded->message.topic);
    if (!wire::valid_topic_name(recorded->message.topic)) {
      playback.bad_line(number, "the map makes no topic of it: " + recorded->message.topic);
      continue;
    }
    if (!playback.wait_for(recorded->at) || !playback.publish(recorded->message)) break;
    playback.count_line(0);
  }
  const int status = playback.finish();
  return reader->error().empty() ? status : context.fail(options.file + ": " + reader->error());
}

}  // namespace gable::cli
