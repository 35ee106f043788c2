#pragma once
// Where configuration files come from: the disk, or memory in tests. Any thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result_type.hpp"

namespace gable::node {

class ConfigFiles {
 public:
  struct Entry {
    std::string name;
    bool directory = false;
  };
  virtual ~ConfigFiles() = default;
  // The whole file. Errors: failed (with the system's reason), too_large (over `limit` bytes), wrong_type
  // (not a regular file).
  [[nodiscard]] virtual wire::Result<std::string> read_file(const std::string& path,
                                                            std::size_t limit) const = 0;
  // Sorted by name, without "." and "..".
  [[nodiscard]] virtual wire::Result<std::vector<Entry>> list_dir(const std::string& path) const = 0;
  // Absolute path with symbolic links followed and without "..". Errors: failed (no such file).
  [[nodiscard]] virtual wire::Result<std::string> resolve(const std::string& path) const = 0;
};

class DiskFiles final : public ConfigFiles {
 public:
  [[nodiscard]] wire::Result<std::string> read_file(const std::string& path,
                                                    std::size_t limit) const override;
  [[nodiscard]] wire::Result<std::vector<Entry>> list_dir(const std::string& path) const override;
  [[nodiscard]] wire::Result<std::string> resolve(const std::string& path) const override;
};

// The folder part of a path: "a/b.yaml" → "a", "b.yaml" → ".", "/b" → "/".
std::string parent_folder(std::string_view path);
// `path` as seen from `folder`; an absolute path stays.
std::string join_path(std::string_view folder, std::string_view path);

}  // namespace gable::node
