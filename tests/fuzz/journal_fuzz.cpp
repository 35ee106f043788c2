// Files of the journal: whatever stands in them, every question about the past is answered with valid JSON
// within its limit, or with the reason. The input is a file of the journal.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/journal_queries.hpp"
#include "fuzz_target.hpp"
#include "wire/json.hpp"

namespace {

using gable::fuzz::is_text;
using gable::fuzz::require;
namespace hub = gable::hub;
namespace wire = gable::wire;

// One for the process; gone with it.
class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "gable-journal-XXXXXX";
    require(::mkdtemp(name.data()) != nullptr, "there is a temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(std::string_view text) const {
    const std::string file = path_ + "/journal-20261122-001.jsonl";
    // A file system may write a file at once that is emptied and written again.
    std::filesystem::remove(file);
    std::ofstream(file, std::ios::binary) << text;
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

constexpr std::int64_t kLimit = 20;

void ask(const hub::JournalReader& reader, std::string_view method, wire::Object arguments) {
  const hub::EdgeRequest request{.method = std::string(method), .arguments = std::move(arguments)};
  const auto now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);
  const auto answer = hub::journal_query(reader, request, now);
  if (!answer) return require(is_text(answer.error().message()), "an error is text");
  const std::string json = wire::to_json(*answer);
  require(is_text(json), "an answer is text");
  constexpr wire::JsonLimits kAny{std::size_t{64} * 1024 * 1024, 512, 4'000'000};
  require(static_cast<bool>(wire::parse_json(json, kAny)), "an answer is JSON");
  const wire::Object* object = answer->as_object();
  require(object != nullptr, "an answer is an object");
  for (const char* list : {"points", "lines", "traces"}) {
    const wire::Value* found = object->find(list);
    if (found != nullptr && found->as_list() != nullptr)
      require(found->as_list()->size() <= static_cast<std::size_t>(kLimit), "a limit holds");
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder kFolder;
  kFolder.write(gable::fuzz::text_of(data, size));
  const hub::JournalReader reader(kFolder.path());
  const wire::Object entity{{"entity", "light.lamp"}, {"limit", kLimit}, {"from", "-30d"}};
  ask(reader, "history", entity);
  ask(reader, "logbook", entity);
  ask(reader, "logbook", {{"limit", kLimit}});
  ask(reader, "why", {{"entity", "light.lamp"}});
  ask(reader, "trace", {{"rule", "automation.a"}, {"limit", kLimit}});
  ask(reader, "trace", {{"rule", "automation.a"}, {"run", 7}});
  ask(reader, "shadow", {{"from", "-30d"}});
  return 0;
}
