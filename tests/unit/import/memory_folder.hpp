#pragma once
// A configuration folder in memory.

#include <map>
#include <set>
#include <string>

#include "yaml/includes.hpp"

namespace gable::importing {

class MemoryFolder final : public rules::yaml::FileSource {
 public:
  std::map<std::string, std::string> files;

  wire::Result<std::string> read(const std::string& path, std::size_t limit) override {
    const auto found = files.find(path);
    if (found == files.end())
      return wire::Error{wire::ErrorCode::failed, path + ": there is no such file", ""};
    if (found->second.size() > limit)
      return wire::Error{wire::ErrorCode::too_large, path + " is too large", ""};
    return found->second;
  }

  wire::Result<std::vector<Entry>> list(const std::string& directory) override {
    const std::string prefix = directory.empty() ? "" : directory + "/";
    std::vector<Entry> out;
    std::set<std::string> names;
    for (const auto& [path, text] : files) {
      if (!path.starts_with(prefix)) continue;
      const std::string rest = path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      if (names.insert(rest.substr(0, slash)).second)
        out.push_back({rest.substr(0, slash), slash != std::string::npos});
    }
    if (out.empty()) return wire::Error{wire::ErrorCode::failed, directory + ": there is no such folder", ""};
    return out;
  }

  // A file of .storage in its usual form.
  void store(const std::string& key, const std::string& data, int version = 1) {
    files[".storage/" + key] = R"({"version":)" + std::to_string(version) + R"(,"minor_version":1,"key":")" +
                               key + R"(","data":)" + data + "}";
  }
};

}  // namespace gable::importing
