#include "import/storage.hpp"

#include <algorithm>
#include <charconv>

#include "wire/json.hpp"

namespace gable::importing {

namespace {

constexpr const char* kFolder = ".storage";
// A house of 20,000 entities has a registry of some 20 MB.
constexpr wire::JsonLimits kLimits{64 * 1024 * 1024, 32, 10'000'000};

// "byte 412" → "3:17", in bytes of the line.
std::string place_of(const std::string& text, std::string_view where) {
  constexpr std::string_view kPrefix = "byte ";
  std::size_t at = 0;
  if (!where.starts_with(kPrefix)) return {};
  where.remove_prefix(kPrefix.size());
  std::from_chars(where.data(), where.data() + where.size(), at);
  at = std::min(at, text.size());
  const auto begin = text.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(at);
  const std::size_t line = static_cast<std::size_t>(std::count(begin, end, '\n')) + 1;
  const std::size_t last = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  return ":" + std::to_string(line) + ":" +
         std::to_string(at - (last == std::string::npos ? 0 : last + 1) + 1);
}

bool is_there(rules::yaml::FileSource& files, const std::string& key) {
  const auto names = names_in(files, kFolder);
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& entry) { return !entry.directory && entry.name == key; });
}

}  // namespace

std::vector<rules::yaml::FileSource::Entry> names_in(rules::yaml::FileSource& files,
                                                     const std::string& folder) {
  auto listed = files.list(folder);
  if (!listed) return {};
  std::sort(listed->begin(), listed->end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return std::move(*listed);
}

const wire::Value* Record::find(std::string_view key) const {
  const wire::Value* found = object_.find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

void Record::fail(std::string_view key, const std::string& text) const {
  throw FolderError(where_ + (key.empty() ? "" : "." + std::string(key)) + ": " + text);
}

void Record::fail_type(std::string_view key, std::string_view expected) const {
  const wire::Value* found = find(key);
  fail(key, "expected " + std::string(expected) + ", found " +
                std::string(found == nullptr ? "nothing" : found->type_name()) +
                "; the file is damaged, or not Home Assistant's");
}

std::string Record::text(std::string_view key) const {
  const wire::Value* found = find(key);
  if (found == nullptr) return {};
  if (found->as_string() == nullptr) fail_type(key, "a text");
  return *found->as_string();
}

std::string Record::name(std::string_view key) const {
  std::string found = text(key);
  if (found.empty()) fail_type(key, "a text that is not empty");
  return found;
}

std::vector<std::string> Record::texts(std::string_view key) const {
  const wire::Value* found = find(key);
  std::vector<std::string> out;
  if (found == nullptr) return out;
  if (found->as_list() == nullptr) fail_type(key, "a list of texts");
  for (const wire::Value& item : *found->as_list()) {
    // Newer files of entities have a null among the aliases, for the name itself.
    if (item.is_null()) continue;
    if (item.as_string() == nullptr) fail_type(key, "a list of texts");
    out.push_back(*item.as_string());
  }
  return out;
}

bool Record::flag(std::string_view key) const {
  const wire::Value* found = find(key);
  if (found == nullptr) return false;
  if (found->as_bool() == nullptr) fail_type(key, "true or false");
  return *found->as_bool();
}

std::optional<double> Record::number(std::string_view key) const {
  const wire::Value* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (!found->is_number()) fail_type(key, "a number");
  return found->number_or(0);
}

std::optional<std::int64_t> Record::whole(std::string_view key) const {
  const wire::Value* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (found->as_int() == nullptr) fail_type(key, "a whole number");
  return *found->as_int();
}

std::vector<Record> Record::records(std::string_view key) const {
  const wire::Value* found = find(key);
  std::vector<Record> out;
  if (found == nullptr) return out;
  if (found->as_list() == nullptr) fail_type(key, "a list");
  const std::string here = where_ + "." + std::string(key);
  for (std::size_t i = 0; i < found->as_list()->size(); ++i) {
    const wire::Object* item = (*found->as_list())[i].as_object();
    if (item == nullptr) fail(std::string(key) + "[" + std::to_string(i) + "]", "expected an object");
    out.emplace_back(*item, here + "[" + std::to_string(i) + "]");
  }
  return out;
}

std::optional<Record> Record::record(std::string_view key) const {
  const wire::Value* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (found->as_object() == nullptr) fail_type(key, "an object");
  return Record(*found->as_object(), where_ + "." + std::string(key));
}

std::optional<Stored> read_stored(rules::yaml::FileSource& files, const std::string& key,
                                  std::int64_t version) {
  if (!is_there(files, key)) return std::nullopt;
  const std::string path = std::string(kFolder) + "/" + key;
  const auto text = files.read(path, kLimits.bytes);
  if (!text) throw FolderError(text.error().message());
  const auto whole = wire::parse_object(*text, kLimits);
  if (!whole) {
    throw FolderError(path + place_of(*text, whole.error().where) + ": " + whole.error().text +
                      "; copy the folder again while Home Assistant is stopped");
  }
  const Record record(*whole, path);
  if (record.name("key") != key)
    record.fail("key", "expected '" + key + "', found '" + record.text("key") + "'");
  const auto found = record.whole("version");
  if (!found) record.fail("version", "there is none: this is no file of Home Assistant's .storage");
  if (*found > version) {
    record.fail("version", "it is " + std::to_string(*found) + ", and only " + std::to_string(version) +
                               " is known: a newer Home Assistant has written it");
  }
  if (!record.has("data")) record.fail("data", "there is none: this is no file of Home Assistant's .storage");
  if (const wire::List* list = record.find("data")->as_list())
    return Stored(path, wire::Object{{"items", *list}});
  return Stored(path, record.record("data")->object());
}

}  // namespace gable::importing
