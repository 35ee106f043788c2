#pragma once
// Reads YAML files into ConfigNode trees. Stands on yaml-cpp's events, not on its nodes, since those accept
// cycles, alias bombs and duplicate keys and leave merge keys alone. Any thread; nothing is kept between
// calls.
//
// Understood beside plain YAML 1.1: merge keys (<<), !secret NAME from secrets.yaml, !include FILE,
// !include_dir_list, !include_dir_named, !include_dir_merge_list and !include_dir_merge_named, relative to
// the file in which they stand. A byte order mark is skipped; an empty file is an empty map.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "node/config_files.hpp"
#include "node/config_tree.hpp"

namespace gable::node {

struct ConfigLimits {
  std::size_t bytes = 1024 * 1024;      // of one file
  std::size_t depth = 64;               // nested lists and maps, over included files
  std::size_t nodes = 100'000;          // of one file, aliases expanded
  std::size_t total_nodes = 1'000'000;  // with all that is included
  std::size_t text = 8 * 1024 * 1024;   // bytes of all texts of one file, aliases expanded
  std::size_t files = 10'000;           // in all
  std::size_t includes = 16;            // files within files
};

enum class DuplicateKeys {
  refuse,
  last_wins,  // with a warning: Home Assistant's files have them
};

struct ConfigReadOptions {
  ConfigLimits limits;
  DuplicateKeys duplicates = DuplicateKeys::refuse;
  // Tags besides ours that are left in the tree for the caller ("!input"). Any other tag is refused.
  std::vector<std::string> tags;
  // No include leaves this folder, secrets.yaml is looked for up to it. Empty: the folder of the file.
  std::string root;
};

struct ConfigWarning {
  ConfigPosition position;
  std::string text;
};

struct ConfigDocument {
  ConfigNode root;
  std::vector<ConfigWarning> warnings;
};

// Throws ConfigError with file, line and column.
ConfigDocument read_config(const ConfigFiles& files, const std::string& path,
                           const ConfigReadOptions& options = {});

// A text that is no file; `name` stands in messages. Includes and secrets are refused.
ConfigDocument parse_config(const std::string& name, std::string_view text,
                            const ConfigReadOptions& options = {});

// One file without includes and secrets resolved: nodes keep the tags. For the reader's other half.
struct ParsedConfig {
  ConfigNode root;
  std::size_t nodes = 1;    // aliases expanded
  std::size_t height = 0;   // nested lists and maps
  bool references = false;  // some node has a tag that begins with !include or !secret
};
ParsedConfig parse_config_file(const std::string& name, std::string_view text,
                               const ConfigReadOptions& options, std::vector<ConfigWarning>& warnings);

}  // namespace gable::node
