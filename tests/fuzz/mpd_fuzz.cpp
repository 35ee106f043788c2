// What a music player sends, in pieces: nothing crashes, answers are never more than questions, what is shown
// is valid UTF-8, and what is quoted is one line. The first byte is the size of the pieces.

#include "fuzz_target.hpp"
#include "protocol/announcer.hpp"
#include "protocol/client.hpp"
#include "protocol/player.hpp"
#include "wire/json.hpp"

namespace {

using namespace gable::mpd;
using gable::fuzz::require;

void read_all(const Reply& reply) {
  for (const Section& section : reply.sections) {
    const Status status = parse_status(section);
    require(!status.volume || (*status.volume >= 0 && *status.volume <= 100), "a volume is within its range");
    require(!status.elapsed || *status.elapsed >= 0, "a position is not negative");
    const auto songs = parse_songs(section, 50);
    require(songs.size() <= 50, "the limit of songs holds");
    for (const Song& song : songs)
      require(gable::wire::valid_utf8(printable(song.shown())), "a title is text");
    (void)parse_outputs(section, 50);
    (void)parse_entries(section, 50);
    Announcer announcer;
    if (announcer.resume(section.pairs, songs)) (void)announcer.restore(announcer.look(status), status);
  }
  Announcer announcer;
  if (announcer.played({"x", 50}, reply)) (void)announcer.restore(Announcer::Verdict::over, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = gable::fuzz::text_of(data, size);
  if (input.empty()) return 0;
  const std::size_t piece = static_cast<unsigned char>(input.front()) + 1U;
  Client client("", Moment(0));
  std::uint64_t asked = 0, answered = 0;
  for (std::size_t at = 1; at < input.size(); at += piece) {
    client.received(input.substr(at, piece), Moment(at));
    while (auto event = client.take_event()) {
      if (const auto* answer = std::get_if<Answered>(&*event)) {
        ++answered;
        read_all(answer->reply);
      }
      if (const auto* broken = std::get_if<Broken>(&*event))
        require(gable::wire::valid_utf8(broken->reason), "a reason is text");
    }
    if (client.send(asked, {"status", "currentsong"}, Moment(at))) ++asked;
    (void)client.take_output();
  }
  require(answered <= asked, "no answer without a question");
  const auto line = command_line("add", {std::string(input)});
  require(!line || line->find('\n') == line->npos, "a command is one line");
  require(gable::wire::valid_utf8(printable(input)), "what is shown is text");
  return 0;
}
