// A Home Assistant folder that may hold anything: it is refused in words, or what is made of it is a
// house.yaml that says the same when it is read. The input is one file of .storage a line: key, tab, data;
// behind a line "===" stands the configuration.yaml.

#include <string>

#include "../unit/import/memory_folder.hpp"
#include "fuzz_target.hpp"
#include "import/house_file.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace {

using gable::fuzz::is_text;
using gable::fuzz::require;
using gable::importing::MemoryFolder;
namespace importing = gable::importing;
namespace wire = gable::wire;
namespace yaml = gable::rules::yaml;

constexpr std::string_view kMark = "===\n";

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
    folder.store(std::string(line.substr(0, tab)), std::string(line.substr(tab + 1)));
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
