// A Home Assistant folder that may hold anything: it is refused in words, or what is made of it is a
// house.yaml that says the same when it is read. The input is one file of .storage a line: key, tab, data;
// behind a line
// "===" stands the configuration.yaml.

#include <map>
#include <set>
#include <string>

#include "fuzz_target.hpp"
#include "import/house_file.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace {

using gable::fuzz::require;
namespace importing = gable::importing;
namespace wire = gable::wire;
namespace yaml = gable::rules::yaml;

constexpr std::string_view kMark = "===\n";

// UTF-8, where NUL is fine: it is an escape.
bool is_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t nul = text.find('\0');
    if (!wire::valid_utf8(text.substr(0, nul))) return false;
    text.remove_prefix(nul == std::string_view::npos ? text.size() : nul + 1);
  }
  return true;
}

class MemoryFolder final : public yaml::FileSource {
 public:
  std::map<std::string, std::string> files;

  wire::Result<std::string> read(const std::string& path, std::size_t limit) override {
    const auto found = files.find(path);
    if (found == files.end()) return wire::Error{wire::ErrorCode::failed, "there is no such file", path};
    if (found->second.size() > limit) return wire::Error{wire::ErrorCode::too_large, "too large", path};
    return found->second;
  }
  wire::Result<std::vector<Entry>> list(const std::string& directory) override {
    const std::string prefix = directory.empty() ? "" : directory + "/";
    std::vector<Entry> entries;
    std::set<std::string> names;
    for (const auto& [path, text] : files) {
      if (!path.starts_with(prefix)) continue;
      const std::string rest = path.substr(prefix.size());
      const auto slash = rest.find('/');
      if (names.insert(rest.substr(0, slash)).second)
        entries.push_back({rest.substr(0, slash), slash != std::string::npos});
    }
    if (entries.empty()) return wire::Error{wire::ErrorCode::failed, "there is no such folder", directory};
    return entries;
  }
};

MemoryFolder folder_of(std::string_view text) {
  MemoryFolder folder;
  folder.files["configuration.yaml"] = "";
  while (!text.empty()) {
    if (text.starts_with(kMark)) {
      folder.files["configuration.yaml"] = text.substr(kMark.size());
      break;
    }
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto tab = line.find('\t');
    if (tab == line.npos || line.substr(0, tab).find('/') != line.npos) continue;
    const std::string key(line.substr(0, tab));
    folder.files[".storage/" + key] = R"({"version":1,"minor_version":1,"key":")" + key + R"(","data":)" +
                                      std::string(line.substr(tab + 1)) + "}";
  }
  return folder;
}

// As it is read: what stands behind a tag is only a text there, as is 1e-05, which has no point.
wire::Value without_marks(const wire::Value& value) {
  if (const wire::List* list = value.as_list()) {
    wire::List out;
    for (const wire::Value& item : *list) out.push_back(without_marks(item));
    return out;
  }
  const wire::Object* object = value.as_object();
  if (object == nullptr) {
    const std::string text = wire::to_json(value);
    const bool read = !value.is_number() || text.find('e') == text.npos || text.find('.') != text.npos;
    return read ? value : wire::Value(text);
  }
  for (const char* mark : {importing::kSecretMark, importing::kIncludeMark}) {
    if (const wire::Value* name = object->find(mark); name != nullptr && object->size() == 1) return *name;
  }
  wire::Object out;
  for (const auto& [key, item] : *object) out.append(key, without_marks(item));
  return out;
}

// The same once it is read again. An empty file is none.
void check_file(const wire::Object& document, const std::string& text) {
  const auto read = yaml::parse("house.yaml", text);
  require(read.has_value(), read ? "" : read.error().message().c_str());
  if (document.empty()) return;
  require(to_value(read->root()) == without_marks(document), "a file says what it was made of");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  MemoryFolder files = folder_of(gable::fuzz::text_of(data, size));
  try {
    const importing::Folder folder = importing::read_folder(files);
    const gable::rules::RuleSet rules;
    importing::Remarks remarks = folder.remarks;
    const auto names = foreign_names(folder, rules, remarks);
    const wire::Object house = house_document(folder, names, rules, remarks);
    check_file(house, importing::house_text(house));
    const wire::Object ids = ids_document(names);
    check_file(ids, importing::ids_text(ids));
    for (const importing::Remark& remark : remarks)
      require(is_text(remark.what) && is_text(remark.where) && is_text(remark.why), "a remark is text");
  } catch (const importing::FolderError& error) {
    require(is_text(error.what()), "a refusal is text");
  }
  return 0;
}
