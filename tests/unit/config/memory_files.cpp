#include "memory_files.hpp"

#include <set>
#include <vector>

namespace gable::node::test {
namespace {

wire::Error missing(const std::string& path) {
  return {wire::ErrorCode::failed, "cannot read '" + path + "': No such file or directory", {}};
}

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts;
  std::string part;
  for (char c : path + "/") {
    if (c != '/') {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(std::move(part));
      part.clear();
    }
  }
  return parts;
}

}  // namespace

std::string MemoryFiles::absolute(const std::string& path) {
  return path.starts_with('/') ? path : path == "." ? "/conf" : "/conf/" + path;
}

bool MemoryFiles::is_folder(const std::string& path) const {
  const std::string prefix = path == "/" ? path : path + "/";
  const auto below = [&](const auto& map) {
    const auto next = map.lower_bound(prefix);
    return next != map.end() && next->first.starts_with(prefix);
  };
  return below(files_) || below(links_);
}

wire::Result<std::string> MemoryFiles::read_file(const std::string& path, std::size_t limit) const {
  const auto real = resolve(path);
  if (!real) return real.error();
  const auto found = files_.find(*real);
  if (found == files_.end())
    return wire::Error{wire::ErrorCode::wrong_type, "'" + path + "' is not a file", {}};
  if (found->second.size() > limit)
    return wire::Error{wire::ErrorCode::too_large, "'" + path + "' is too large", {}};
  return found->second;
}

wire::Result<std::vector<ConfigFiles::Entry>> MemoryFiles::list_dir(const std::string& path) const {
  const auto real = resolve(path);
  if (!real) return real.error();
  if (!is_folder(*real)) return wire::Error{wire::ErrorCode::failed, "'" + path + "' is not a folder", {}};
  const std::string prefix = *real + "/";
  std::set<std::string> names;
  for (const auto* map : {&files_, &links_}) {
    for (const auto& [name, text] : *map) {
      if (name.starts_with(prefix))
        names.insert(name.substr(prefix.size(), name.find('/', prefix.size()) - prefix.size()));
    }
  }
  std::vector<Entry> entries;
  for (const std::string& name : names) {
    const auto target = resolve(prefix + name);
    entries.push_back({name, target && is_folder(*target)});
  }
  return entries;
}

wire::Result<std::string> MemoryFiles::resolve(const std::string& path) const {
  std::string real;
  std::vector<std::string> parts = split(absolute(path));
  int followed = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == ".") continue;
    if (parts[i] == "..") {
      real.resize(real.find_last_of('/') == std::string::npos ? 0 : real.find_last_of('/'));
      continue;
    }
    const auto link = links_.find(real + "/" + parts[i]);
    if (link == links_.end()) {
      real += "/" + parts[i];
      continue;
    }
    if (++followed > 8) return missing(path);
    std::vector<std::string> next = split(link->second);
    if (link->second.starts_with('/')) real.clear();
    next.insert(next.end(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end());
    parts = std::move(next);
    i = static_cast<std::size_t>(-1);
  }
  if (real.empty()) real = "/";
  if (!files_.contains(real) && !is_folder(real)) return missing(path);
  return real;
}

std::string error_of(const std::string& text, const ConfigReadOptions& options) {
  try {
    (void)parse_config("house.yaml", text, options);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

std::string error_of(const ConfigFiles& files, const std::string& path, const ConfigReadOptions& options) {
  try {
    (void)read_config(files, path, options);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace gable::node::test
