#include "app/rule_loader.hpp"

#include <memory>
#include <utility>

#include "app/journal_parts.hpp"
#include "wire/utf8.hpp"

namespace gable::hub {

namespace {
// A saved file is in force within a second: this, and the time to read it.
constexpr std::chrono::milliseconds kPeriod{500};

constexpr std::size_t kReadBytes = 1024 * 1024;  // as the reader of rules
constexpr std::size_t kTextBytes = 200 * 1024;   // of an answer, so that small clients survive it
}  // namespace

RuleLoader::RuleLoader(node::Loop& loop, std::string folder, std::string blueprints, OnRead on_read)
    : loop_(loop),
      folder_(std::move(folder)),
      blueprints_(std::move(blueprints)),
      on_read_(std::move(on_read)),
      job_([this] { look(); }, std::chrono::milliseconds(0)) {}

// Without a house: its entities may come later, and the owner thread knows which there are.
ReadRules RuleLoader::read() const {
  ReadRules out{rules::read_rule_folder(folder_, blueprints_), {}};
  rules::Knowledge knowledge;
  knowledge.add_rules(out.folder.rules);
  out.reports = rules::check(out.folder.rules, knowledge);
  std::erase_if(out.reports, [](const rules::RuleReport& report) {
    return report.problems.empty() && report.mentions.empty();
  });
  return out;
}

ReadRules RuleLoader::read_first() {
  if (folder_.empty()) return {};
  stamp_ = rules::stamp_of(folder_);
  loop_.every(kPeriod, [this] { job_.ask(); });
  return read();
}

std::uint64_t RuleLoader::read_again() {
  if (folder_.empty()) return 0;
  const std::uint64_t number = ++asked_;
  job_.ask();
  return number;
}

void RuleLoader::look() {
  const std::uint64_t asked = asked_;
  std::string stamp = rules::stamp_of(folder_);
  if (asked == read_ && stamp == stamp_) return;
  stamp_ = std::move(stamp);
  read_ = asked;
  auto found = std::make_shared<ReadRules>(read());
  loop_.post_now([this, found, asked] { on_read_(std::move(*found), asked); });
}

wire::Result<wire::Value> rule_text(const std::string& folder, const wire::Object& arguments) {
  rules::FolderFiles files(folder);
  auto text = files.read(text_of(arguments, "file"), kReadBytes);
  if (!text) return wire::Error{wire::ErrorCode::failed, text.error().message(), "file"};
  const std::size_t size = wire::utf8_prefix(*text, kTextBytes).size();
  const bool cut = size < text->size();
  text->resize(size);
  return wire::Value(wire::Object{{"rule", text_of(arguments, "rule")},
                                  {"file", text_of(arguments, "file")},
                                  {"text", std::move(*text)},
                                  {"cut", cut}});
}

}  // namespace gable::hub
