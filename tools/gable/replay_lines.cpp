#include "gable/replay_lines.hpp"

#include <algorithm>
#include <filesystem>

#include "gable/playback.hpp"
#include "gable/recording.hpp"

namespace gable::cli {

namespace {

namespace fs = std::filesystem;

constexpr int kLinesLookedAt = 20;

// A folder stands for what the hub's journal has there, oldest first.
wire::Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::error_code code;
    if (!fs::is_directory(path, code)) {
      out.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (fs::directory_iterator at(path, code), end; !code && at != end; at.increment(code)) {
      if (at->path().extension() == ".jsonl") found.push_back(at->path().string());
    }
    if (code) return wire::Error{wire::ErrorCode::unavailable, path + ": " + code.message(), ""};
    if (found.empty())
      return wire::Error{wire::ErrorCode::unavailable, path + " has no files of a journal (*.jsonl)", ""};
    std::sort(found.begin(), found.end());
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

bool is_journal_line(std::string_view line) {
  return line.starts_with(R"({"t":")") && line.find(R"(,"k":")") != std::string_view::npos;
}

}  // namespace

wire::Result<ReplayLines> ReplayLines::open(ReplayInput input) {
  auto files = files_of(input.files);
  if (!files) return files.error();
  input.files = std::move(*files);
  auto reader = LineReader::open(input.files.front());
  if (!reader) return reader.error();
  std::string line;
  for (int i = 0; i < kLinesLookedAt && reader->next(line); ++i) {
    if (is_house_line(line)) return ReplayLines(std::move(input), house_decoder);
    if (decode_recorded(line)) return ReplayLines(std::move(input), recording_decoder);
    if (is_journal_line(line)) return ReplayLines(std::move(input), journal_decoder);
  }
  std::string why = " has no format that is known; see gable replay --help";
  if (!reader->error().empty()) why = ": " + reader->error();
  return wire::Error{wire::ErrorCode::malformed, input.files.front() + why, ""};
}

ReplayLines ReplayLines::of_journal(std::vector<std::string> lines, ReplayInput input) {
  ReplayLines out(std::move(input), journal_decoder);
  out.lines_ = std::move(lines);
  return out;
}

wire::Result<int> ReplayLines::read(const Take& take) const {
  const auto decoder = make_(input_);
  const auto take_line = [&](std::string_view line) {
    auto decoded = decoder->decode(line);
    if (decoded && (!input_.to || decoded->observed.at < *input_.to)) take(std::move(*decoded));
  };
  for (const std::string& line : lines_) take_line(line);
  for (const std::string& file : input_.files) {
    auto reader = LineReader::open(file);
    if (!reader) return reader.error();
    std::string line;
    while (reader->next(line)) take_line(line);
    if (!reader->error().empty())
      return wire::Error{wire::ErrorCode::unavailable, file + ": " + reader->error(), ""};
  }
  return 0;
}

bool ReplayLines::has_local_times() const { return make_ == house_decoder; }

bool ReplayLines::in_stretch(rules::Instant at) const { return !input_.from || at >= *input_.from; }

wire::Result<Prelude> ReplayLines::look_ahead() const {
  Prelude out;
  const auto done = read([&](ReplayLine line) {
    rules::simulation::Observed& one = line.observed;
    const bool inside = in_stretch(one.at);
    if (inside && out.lines++ == 0) out.from = one.at;
    out.to = std::max(out.to, one.at);
    if (one.entity.empty()) return;
    const auto known = out.known.find(one.entity);
    if (inside) {
      if (known == out.known.end() && line.before)
        out.known[one.entity] = {std::move(*line.before), std::move(one.attributes), {}};
      return;
    }
    if (!one.state) return void(out.known.erase(one.entity));
    KnownState& state = out.known[one.entity];
    if (state.state != *one.state) state.since = one.at;
    state.state = std::move(*one.state);
    for (auto& [key, value] : one.attributes) state.attributes.set(key, std::move(value));
  });
  if (!done) return done.error();
  if (input_.from) out.from = *input_.from;
  if (input_.to) out.to = *input_.to;
  return out;
}

wire::Result<int> ReplayLines::play(const Take& take) const {
  return read([&](ReplayLine line) {
    if (in_stretch(line.observed.at)) take(std::move(line));
  });
}

}  // namespace gable::cli
