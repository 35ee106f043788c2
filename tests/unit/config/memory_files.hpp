#pragma once
// Configuration files in memory, with symbolic links. Every path is absolute or relative to "/conf".

#include <map>
#include <string>

#include "node/config_reader.hpp"

namespace gable::node::test {

class MemoryFiles final : public ConfigFiles {
 public:
  // Folders exist where a file lies below them.
  void add(const std::string& path, const std::string& text) { files_[absolute(path)] = text; }
  void link(const std::string& path, const std::string& target) { links_[absolute(path)] = target; }

  [[nodiscard]] wire::Result<std::string> read_file(const std::string& path,
                                                    std::size_t limit) const override;
  [[nodiscard]] wire::Result<std::vector<Entry>> list_dir(const std::string& path) const override;
  [[nodiscard]] wire::Result<std::string> resolve(const std::string& path) const override;

 private:
  [[nodiscard]] static std::string absolute(const std::string& path);
  [[nodiscard]] bool is_folder(const std::string& path) const;
  std::map<std::string, std::string> files_, links_;
};

// The message of the ConfigError that reading gives; "no error" when there is none.
std::string error_of(const std::string& text, const ConfigReadOptions& options = {});
std::string error_of(const ConfigFiles& files, const std::string& path,
                     const ConfigReadOptions& options = {});

}  // namespace gable::node::test
