#include "disk/rule_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace gable::rules {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWhole = "configuration.yaml";
constexpr std::string_view kMacros = "custom_templates";
constexpr std::string_view kBlueprints = "blueprints";
constexpr std::size_t kMacroBytes = 1024 * 1024, kBlueprintBytes = 1024 * 1024;

// Macro files, compiled. One that does not compile is a finding and not there.
class Macros final : public jinja::Library {
 public:
  [[nodiscard]] const jinja::Template* find(std::string_view name) const override {
    const auto found = templates_.find(name);
    return found == templates_.end() ? nullptr : &found->second;
  }
  void add(std::string name, jinja::Template compiled) {
    templates_.emplace(std::move(name), std::move(compiled));
  }

 private:
  std::map<std::string, jinja::Template, std::less<>> templates_;
};

// Blueprints by path, those of the folder before those that come with Gable; each read once.
class Blueprints final : public BlueprintSource {
 public:
  Blueprints(yaml::FileSource& files, const std::string& shipped)
      : files_(files), shipped_(shipped), with_shipped_(!shipped.empty()) {}

  wire::Result<const yaml::Document*> find(std::string_view domain, std::string_view path) override {
    const std::string name = std::string(domain) + "/" + std::string(path);
    if (const auto known = documents_.find(name); known != documents_.end()) return &known->second;
    const std::string own = std::string(kBlueprints) + "/" + name;
    const bool here = files_.read(own, kBlueprintBytes).has_value();
    if (!here && !(with_shipped_ && shipped_.read(std::string(path), kBlueprintBytes).has_value()))
      return missing(own);
    auto document = here ? yaml::load(files_, own) : yaml::load(shipped_, std::string(path));
    if (!document) return document.error();
    return &documents_.emplace(name, std::move(*document)).first->second;
  }

 private:
  [[nodiscard]] wire::Error missing(const std::string& own) const {
    return {wire::ErrorCode::failed,
            "there is no " + own +
                (with_shipped_ ? ", and none with that name comes with Gable"
                               : "; --blueprints adds those that come with Gable (rules/blueprints)"),
            ""};
  }

  yaml::FileSource& files_;
  FolderFiles shipped_;
  bool with_shipped_;
  std::map<std::string, yaml::Document> documents_;
};

bool is_yaml(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

// What a file holds whose content does not say: automations.yaml is a list of automations though it be empty.
FileKinds kind_of(const std::string& path) {
  const std::string name = fs::path(path).stem().string();
  using Kind = FileKinds::Kind;
  if (name.find("automation") != std::string::npos) return {Kind::automations};
  if (name.find("script") != std::string::npos) return {Kind::scripts};
  if (name.find("scene") != std::string::npos) return {Kind::scenes};
  if (name.find("template") != std::string::npos) return {Kind::template_entities};
  return {Kind::unknown};
}

void collect(yaml::FileSource& files, const std::string& folder, std::vector<std::string>& out, int depth) {
  constexpr int kDeepest = 8;
  auto listed = files.list(folder);
  if (!listed || depth > kDeepest) return;
  std::sort(listed->begin(), listed->end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  for (const auto& entry : *listed) {
    if (entry.name.starts_with('.') || entry.name == kBlueprints || entry.name == kMacros) continue;
    const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
    if (entry.directory) {
      collect(files, path, out, depth + 1);
    } else if (is_yaml(entry.name) && entry.name != "secrets.yaml") {
      out.push_back(path);
    }
  }
}

Finding finding_of(RuleSet& rules, const std::string& path, const wire::Error& error, const char* code) {
  Finding finding;
  finding.place.file = static_cast<std::uint32_t>(rules.files.size());
  rules.files.push_back(path);
  finding.code = code;
  finding.message = error.message();
  return finding;
}

std::shared_ptr<const jinja::Library> read_macros(RuleSet& rules, yaml::FileSource& files) {
  auto macros = std::make_shared<Macros>();
  const auto listed = files.list(std::string(kMacros));
  if (!listed) return macros;
  for (const auto& entry : *listed) {
    if (entry.directory || !entry.name.ends_with(".jinja")) continue;
    const std::string path = std::string(kMacros) + "/" + entry.name;
    const auto text = files.read(path, kMacroBytes);
    auto compiled = text ? jinja::Template::compile(*text) : wire::Result<jinja::Template>(text.error());
    if (compiled) {
      macros->add(entry.name, std::move(*compiled));
    } else {
      rules.findings.push_back(finding_of(rules, path, compiled.error(), "bad_template"));
    }
  }
  return macros;
}

}  // namespace

FolderFiles::FolderFiles(std::string folder) : folder_(std::move(folder)) {}

wire::Result<std::string> FolderFiles::resolve(const std::string& path) const {
  std::error_code code;
  const fs::path root = fs::canonical(folder_.empty() ? "." : folder_, code);
  if (code) return wire::Error{wire::ErrorCode::failed, folder_ + ": " + code.message(), ""};
  const fs::path found = fs::canonical(root / path, code);
  if (code) return wire::Error{wire::ErrorCode::failed, path + ": " + code.message(), ""};
  const auto [end, unused] = std::mismatch(root.begin(), root.end(), found.begin(), found.end());
  if (end != root.end())
    return wire::Error{wire::ErrorCode::failed, path + " lies outside of " + folder_, ""};
  return found.string();
}

wire::Result<std::string> FolderFiles::read(const std::string& path, std::size_t limit) {
  const auto found = resolve(path);
  if (!found) return found.error();
  std::error_code code;
  if (!fs::is_regular_file(*found, code))
    return wire::Error{wire::ErrorCode::failed, path + " is no file", ""};
  const auto size = fs::file_size(*found, code);
  if (code) return wire::Error{wire::ErrorCode::failed, path + ": " + code.message(), ""};
  if (size > limit) {
    return wire::Error{wire::ErrorCode::too_large,
                       path + " has more than " + std::to_string(limit) + " bytes", ""};
  }
  std::ifstream file(*found, std::ios::binary);
  std::string text(size, '\0');
  file.read(text.data(), static_cast<std::streamsize>(size));
  if (!file && !file.eof()) return wire::Error{wire::ErrorCode::failed, path + " cannot be read", ""};
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

wire::Result<std::vector<yaml::FileSource::Entry>> FolderFiles::list(const std::string& directory) {
  const auto found = resolve(directory);
  if (!found) return found.error();
  std::vector<Entry> out;
  std::error_code code;
  for (fs::directory_iterator at(*found, code), end; !code && at != end; at.increment(code)) {
    out.push_back({at->path().filename().string(), at->is_directory(code)});
  }
  if (code) return wire::Error{wire::ErrorCode::failed, directory + ": " + code.message(), ""};
  return out;
}

RuleFolder read_rule_folder(const std::string& folder, const std::string& blueprints) {
  RuleFolder out;
  FolderFiles files(folder);
  Blueprints source(files, blueprints);
  out.macros = read_macros(out.rules, files);
  std::error_code code;
  if (fs::exists(fs::path(folder) / kWhole, code)) {
    read_file(out.rules, files, kWhole, source);
    return out;
  }
  if (const auto listed = files.list(""); !listed) {
    out.rules.findings.push_back(finding_of(out.rules, folder, listed.error(), "unreadable"));
    return out;
  }
  std::vector<std::string> paths;
  collect(files, "", paths, 0);
  for (const std::string& path : paths) read_file(out.rules, files, path, source, kind_of(path));
  return out;
}

RuleFolder read_rule_files(const std::vector<std::string>& paths, const std::string& blueprints) {
  RuleFolder out;
  for (const std::string& path : paths) {
    const fs::path whole(path);
    FolderFiles files(whole.parent_path().string());
    Blueprints source(files, blueprints);
    const std::size_t before = out.rules.files.size();
    read_file(out.rules, files, whole.filename().string(), source, kind_of(path));
    // People know the file by the name that they gave.
    for (std::size_t i = before; i < out.rules.files.size(); ++i) {
      out.rules.files[i] = (whole.parent_path() / out.rules.files[i]).string();
    }
    if (out.macros == nullptr) out.macros = read_macros(out.rules, files);
  }
  if (out.macros == nullptr) out.macros = std::make_shared<Macros>();
  return out;
}

std::string stamp_of(const std::string& folder) {
  std::vector<std::string> lines;
  std::error_code code;
  for (fs::recursive_directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored)) continue;
    std::ostringstream line;
    line << at->path().string() << ' ' << at->file_size(ignored) << ' '
         << at->last_write_time(ignored).time_since_epoch().count() << '\n';
    lines.push_back(line.str());
  }
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

}  // namespace gable::rules
