#include "import/rule_files.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include "disk/rule_folder.hpp"

namespace gable::importing {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSecrets = "secrets.yaml";
constexpr std::size_t kFileBytes = 16 * 1024 * 1024;
constexpr std::size_t kMostFiles = 10'000;

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

void collect(rules::yaml::FileSource& files, const std::string& folder, int depth,
             std::vector<CopiedFile>& out) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest) return;
  for (const auto& entry : names_in(files, folder)) {
    if (entry.name.starts_with('.')) continue;
    const std::string path = joined(folder, entry.name);
    if (entry.directory) {
      collect(files, path, depth + 1, out);
    } else if (out.size() < kMostFiles) {
      out.push_back({path, entry.name == kSecrets});
    }
  }
}

// The folder of a file and those above it, where !secret looks.
void add_folders(std::string path, std::set<std::string>& out) {
  while (!path.empty()) {
    const std::size_t slash = path.rfind('/');
    path = slash == std::string::npos ? std::string() : path.substr(0, slash);
    out.insert(path);
  }
}

void write_file(const fs::path& path, const std::string& text, fs::perms mode) {
  std::error_code code;
  fs::create_directories(path.parent_path(), code);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  // Before there is anything in it.
  fs::permissions(path, mode, code);
  file << text;
  file.flush();
  if (!file || code) throw FolderError(path.string() + " cannot be written; is there room, and may you?");
}

fs::perms mode_of(const fs::path& path) {
  std::error_code code;
  const fs::perms mode = fs::status(path, code).permissions();
  return code ? fs::perms::owner_read | fs::perms::owner_write
              : (mode & fs::perms(0666)) | fs::perms::owner_read | fs::perms::owner_write;
}

}  // namespace

std::vector<CopiedFile> rule_files(rules::yaml::FileSource& files, const Configuration& configuration) {
  std::vector<CopiedFile> out;
  std::set<std::string> folders;
  for (const std::string& path : configuration.files) {
    out.push_back({path, false});
    add_folders(path, folders);
  }
  for (const std::string& folder : folders) {
    for (const auto& entry : names_in(files, folder)) {
      if (!entry.directory && entry.name == kSecrets) out.push_back({joined(folder, kSecrets), true});
    }
  }
  collect(files, "blueprints", 0, out);
  collect(files, "custom_templates", 0, out);
  return out;
}

void check_empty(const std::string& folder) {
  std::error_code code;
  if (!fs::exists(folder, code)) return;
  if (!fs::is_directory(folder, code)) throw FolderError(folder + " is a file; name a folder with --out");
  if (!fs::is_empty(folder, code))
    throw FolderError(folder + " is not empty; name another folder with --out, or remove it");
  if (code) throw FolderError(folder + ": " + code.message());
}

void write_folder(const NewFolder& folder) {
  rules::FolderFiles files(folder.from);
  const fs::path to(folder.to);
  const fs::perms own = fs::perms::owner_read | fs::perms::owner_write;
  const fs::perms mode = mode_of(fs::path(folder.from) / "configuration.yaml");
  write_file(to / "house.yaml", folder.house, mode);
  if (!folder.ids.empty()) write_file(to / "ids.yaml", folder.ids, mode);
  for (const CopiedFile& copied : folder.rules) {
    const auto text = files.read(copied.path, kFileBytes);
    if (!text) throw FolderError(text.error().message());
    const fs::perms its = copied.secret ? own : mode_of(fs::path(folder.from) / copied.path);
    write_file(to / "rules" / copied.path, *text, its);
    if (folder.house_secrets && copied.path == kSecrets) write_file(to / kSecrets, *text, own);
  }
}

}  // namespace gable::importing
