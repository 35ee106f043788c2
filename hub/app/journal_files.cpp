#include "app/journal_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>

namespace gable::hub {
namespace {

constexpr std::string_view kBegin = "journal-", kEnd = ".jsonl";
constexpr std::size_t kDayDigits = 8, kNumberDigits = 3;

std::optional<int> digits(std::string_view text) {
  int number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size() || number < 1 || text.front() == '-')
    return std::nullopt;
  return number;
}

}  // namespace

std::string JournalFile::name() const {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "journal-%08d-%03d.jsonl", day, number);
  return text.data();
}

std::optional<JournalFile> parse_journal_name(std::string_view name) {
  if (!name.starts_with(kBegin) || !name.ends_with(kEnd)) return std::nullopt;
  name.remove_prefix(kBegin.size());
  name.remove_suffix(kEnd.size());
  if (name.size() < kDayDigits + 1 + kNumberDigits || name[kDayDigits] != '-') return std::nullopt;
  const auto day = digits(name.substr(0, kDayDigits));
  const auto number = digits(name.substr(kDayDigits + 1));
  if (!day || !number) return std::nullopt;
  return JournalFile{*day, *number, 0};
}

std::vector<JournalFile> list_journal(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<JournalFile> files;
  std::error_code code;
  for (fs::directory_iterator it(folder, code); !code && it != fs::directory_iterator(); it.increment(code)) {
    auto file = parse_journal_name(it->path().filename().string());
    if (!file) continue;
    std::error_code gone;  // deleted meanwhile
    file->bytes = it->file_size(gone);
    if (!gone) files.push_back(*file);
  }
  std::sort(files.begin(), files.end(), [](const JournalFile& a, const JournalFile& b) {
    return a.day != b.day ? a.day < b.day : a.number < b.number;
  });
  return files;
}

std::string_view journal_time(std::string_view line) {
  if (line.size() < kJournalPrefix.size() + kJournalTimeSize || !line.starts_with(kJournalPrefix)) return {};
  const std::string_view time = line.substr(kJournalPrefix.size(), kJournalTimeSize);
  return time.back() == 'Z' ? time : std::string_view();
}

}  // namespace gable::hub
