#include "node/config_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "node/out_of_memory.hpp"

namespace gable::node {
namespace {

namespace fs = std::filesystem;

wire::Error failure(const std::string& path, const std::error_code& code) {
  if (code == std::errc::not_enough_memory) out_of_memory();  // no fault of the file's
  return {wire::ErrorCode::failed, "cannot read '" + path + "': " + code.message(), {}};
}

}  // namespace

wire::Result<std::string> DiskFiles::read_file(const std::string& path, std::size_t limit) const {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (code) return failure(path, code);
  // A pipe or device could block for ever, or never end.
  if (!fs::is_regular_file(status))
    return wire::Error{wire::ErrorCode::wrong_type, "'" + path + "' is not a file", {}};
  std::ifstream in(path, std::ios::binary);
  if (!in) return failure(path, std::error_code(errno, std::generic_category()));
  std::string text(limit + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return failure(path, std::make_error_code(std::errc::io_error));
  if (text.size() > limit) {
    return wire::Error{
        wire::ErrorCode::too_large, "'" + path + "' is larger than " + std::to_string(limit) + " bytes", {}};
  }
  text.shrink_to_fit();
  return text;
}

wire::Result<std::vector<ConfigFiles::Entry>> DiskFiles::list_dir(const std::string& path) const {
  std::error_code code;
  std::vector<Entry> entries;
  fs::directory_iterator it(path, code);
  for (; !code && it != fs::directory_iterator(); it.increment(code)) {
    std::error_code ignored;  // a dangling link is listed as a file and refused when read
    entries.push_back({it->path().filename().string(), it->is_directory(ignored)});
  }
  if (code) return failure(path, code);
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

wire::Result<std::string> DiskFiles::resolve(const std::string& path) const {
  std::error_code code;
  const fs::path real = fs::canonical(path, code);
  if (code) return failure(path, code);
  return real.string();
}

std::string parent_folder(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(slash == 0 ? "/" : path.substr(0, slash));
}

std::string join_path(std::string_view folder, std::string_view path) {
  if (path.starts_with('/') || folder.empty() || folder == ".") return std::string(path);
  return std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(path);
}

}  // namespace gable::node
