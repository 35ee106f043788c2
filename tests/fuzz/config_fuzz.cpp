// Configuration files with includes and secrets: an error names a place in one of the files and never shows a
// secret; what is read is within the limits, and every getter takes a value or says at its place why not. The
// input is house.yaml; behind a line "=== name" stands another file.

#include <cmath>
#include <map>
#include <set>
#include <string>

#include "fuzz_target.hpp"
#include "node/config_reader.hpp"
#include "wire/json.hpp"

namespace {

using gable::fuzz::is_text;
using gable::fuzz::require;
using gable::node::ConfigError;
using gable::node::ConfigNode;
namespace wire = gable::wire;

constexpr std::string_view kMark = "\n=== ", kSecret = "s3cret-w0rd";
constexpr std::size_t kNodes = 2'000, kDepth = 24;

// All in one folder.
class Files final : public gable::node::ConfigFiles {
 public:
  explicit Files(std::string_view text) {
    files_["/conf/secrets.yaml"] = "word: " + std::string(kSecret) + "\n";
    std::string name = "house.yaml";
    while (true) {
      const auto mark = text.find(kMark);
      files_["/conf/" + name] = text.substr(0, mark);
      if (mark == text.npos) break;
      text.remove_prefix(mark + kMark.size());
      name = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(name.size() + 1, text.size()));
    }
  }
  [[nodiscard]] wire::Result<std::string> read_file(const std::string& path,
                                                    std::size_t limit) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return wire::Error{wire::ErrorCode::wrong_type, "not a file", {}};
    if (found->second.size() > limit) return wire::Error{wire::ErrorCode::too_large, "too large", {}};
    return found->second;
  }
  [[nodiscard]] wire::Result<std::vector<Entry>> list_dir(const std::string& path) const override {
    std::vector<Entry> entries;
    if (path != "." && path != "/conf") return wire::Error{wire::ErrorCode::failed, "not a folder", {}};
    for (const auto& [name, text] : files_) entries.push_back({name.substr(name.rfind('/') + 1), false});
    return entries;
  }
  [[nodiscard]] wire::Result<std::string> resolve(const std::string& path) const override {
    if (path == "." || path == "/conf") return std::string("/conf");
    const std::string real = path.starts_with("./")  ? "/conf" + path.substr(1)
                             : path.starts_with('/') ? path
                                                     : "/conf/" + path;
    if (files_.contains(real)) return real;
    return wire::Error{wire::ErrorCode::failed, "cannot read '" + path + "'", {}};
  }

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

class Checker {
 public:
  explicit Checker(std::string_view input)
      : bytes_(input.size()), shown_(input.find(kSecret) != input.npos) {}

  void check(const ConfigError& error) const {
    const std::string what = error.what();
    require(!error.text.empty() && is_text(what), "an error is text");
    require(error.line <= bytes_ + 2 && error.column <= bytes_ + 2, "places are in the file");
    require(error.line == 0 || !error.file.empty(), "a line is one of a file");
    require(shown_ || what.find(kSecret) == what.npos, "a secret is not shown");
  }

  // Calls a getter; what it throws is an error at the node.
  template <class Getter>
  void get(const ConfigNode& node, const Getter& getter) const {
    try {
      getter(node);
    } catch (const ConfigError& error) {
      check(error);
      require(error.line > 0 || node.position().line == 0, "a getter's error has a place");
    }
  }

  void all(const ConfigNode& node, std::size_t depth) {
    require(++nodes_ <= 4 * kNodes && depth <= kDepth + 1, "size and depth are limited");
    get(node, [](const ConfigNode& n) { require(is_text(n.as_text()), "texts are UTF-8"); });
    get(node, [](const ConfigNode& n) { require(!n.as_name().empty(), "a name is not empty"); });
    get(node, [](const ConfigNode& n) { (void)n.as_bool(); });
    get(node, [](const ConfigNode& n) { require(n.as_int(-5, 70'000) <= 70'000, "a range holds"); });
    get(node, [](const ConfigNode& n) { require(std::isfinite(n.as_number()), "numbers are finite"); });
    get(node, [](const ConfigNode& n) { require(n.as_duration().count() >= 0, "time goes forwards"); });
    get(node, [](const ConfigNode& n) { (void)n.as_text_list(); });
    get(node, [](const ConfigNode& n) { (void)n.at("name"); });
    get(node, [](const ConfigNode& n) { n.expect_keys({"name", "broker", "host"}); });
    if (node.is_list()) {
      for (const ConfigNode& item : node.items()) all(item, depth + 1);
    } else if (node.is_map()) {
      std::set<std::string_view> keys;
      for (const auto& entry : node.entries()) {
        require(is_text(entry.key) && keys.insert(entry.key).second, "a key is there once");
        all(entry.value, depth + 1);
      }
    }
  }

 private:
  std::size_t bytes_, nodes_ = 0;
  bool shown_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gable::node::DuplicateKeys;
  const std::string_view text = gable::fuzz::text_of(data, size);
  const Files files(text);
  gable::node::ConfigReadOptions options;
  options.limits = {64 * 1024, kDepth, kNodes, 4 * kNodes, 256 * 1024, 50, 8};
  options.tags = {"!input"};
  for (const auto duplicates : {DuplicateKeys::refuse, DuplicateKeys::last_wins}) {
    options.duplicates = duplicates;
    Checker checker(text);
    try {
      const auto document = read_config(files, "house.yaml", options);
      checker.all(document.root, 1);
      require(is_text(wire::to_json(document.root.to_value())), "values are text");
      for (const auto& warning : document.warnings) require(is_text(warning.text), "warnings are text");
    } catch (const ConfigError& error) {
      checker.check(error);
      require(!error.file.empty(), "a refusal names its file");
    }
  }
  return 0;
}
