#include "outbox_file.hpp"

#include <algorithm>
#include <fstream>

#include "bridge/state_file.hpp"
#include "wire/json.hpp"

namespace gable::notify {

namespace {

constexpr std::size_t kLines = 2000;  // then the file is written anew

std::string text_of(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

std::string line_of(const Message& message) {
  wire::Object line{
      {"step", "added"}, {"id", message.id}, {"text", message.text}, {"at", message.at.count()}};
  if (!message.title.empty()) line.set("title", message.title);
  if (!message.data.empty()) line.set("data", message.data);
  return wire::to_json(line) + "\n";
}

std::string line_of(const char* step, const std::string& id) {
  return wire::to_json(wire::Object{{"step", step}, {"id", id}}) + "\n";
}

void apply(const wire::Object& line, std::vector<Entry>& entries) {
  const std::string step = text_of(line, "step"), id = text_of(line, "id");
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&id](const Entry& entry) { return entry.message.id == id; });
  if (step == "added" && found == entries.end()) {
    const wire::Value* at = line.find("at");
    const auto moment = at == nullptr || at->as_int() == nullptr ? Moment() : Moment(*at->as_int());
    entries.push_back(
        {{id, text_of(line, "title"), text_of(line, "text"), text_of(line, "data"), moment}, {}, 0, false});
    return;
  }
  if (found == entries.end()) return;
  if (step == "sending" || step == "waits") found->sending = step == "sending";
  if (step == "ended") entries.erase(found);
}

}  // namespace

std::vector<Entry> OutboxFile::load() {
  const std::lock_guard lock(mutex_);
  std::ifstream in(path_);
  for (std::string line; std::getline(in, line);) {
    if (const auto object = wire::parse_object(line)) apply(*object, now_);
  }
  std::vector<Entry> found = now_;
  // What was under way is told once, and not found again.
  std::erase_if(now_, [](const Entry& entry) { return entry.sending; });
  rewrite();
  return found;
}

bool OutboxFile::rewrite() {
  std::string all;
  for (const Entry& entry : now_) {
    all += line_of(entry.message);
    if (entry.sending) all += line_of("sending", entry.message.id);
  }
  if (!bridge::replace_file(path_, all)) return false;
  lines_ = now_.size();
  return file_.open(path_);
}

bool OutboxFile::append(const std::string& line) {
  const std::lock_guard lock(mutex_);
  if (const auto object = wire::parse_object(line)) apply(*object, now_);
  if (!file_.is_open() || ++lines_ > kLines) return rewrite();
  return file_.append(line);
}

bool OutboxFile::added(const Message& message) { return append(line_of(message)); }
bool OutboxFile::sending(const std::string& id) { return append(line_of("sending", id)); }
bool OutboxFile::waits(const std::string& id) { return append(line_of("waits", id)); }
bool OutboxFile::ended(const std::string& id) { return append(line_of("ended", id)); }

}  // namespace gable::notify
