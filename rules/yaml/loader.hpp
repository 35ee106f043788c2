#pragma once
// Reads the text of one YAML file. The meaning is PyYAML's (YAML 1.1): see yaml/scalars.hpp for scalars,
// yaml/dict.hpp for keys, yaml/builder.hpp for << and aliases. A JSON document is a YAML file, too.
//
// Where yaml-cpp, which does the parsing, reads something else than PyYAML, the file is refused or put right
// here. A tab is taken for a space where libyaml takes it so.

#include <string_view>

#include "wire/result_type.hpp"
#include "yaml/builder.hpp"
#include "yaml/limits.hpp"
#include "yaml/node.hpp"

namespace gable::rules::yaml {

// Appends a file to a tree; `file` is its place in Tree::files. Throws Refusal.
struct Parsed {
  CellIndex root = 0;
  std::size_t nodes = 0, height = 0;  // aliases followed
};
struct Target {
  Tree& tree;
  Interner& texts;
  std::vector<Warning>& warnings;
};
Parsed parse_into(const Target& target, std::uint16_t file, std::string_view text, const Limits& limits);

// One text, whose name stands in positions. Tags stay in the tree as they are. Errors: malformed, too_large,
// with "name:line:column" in `where`.
wire::Result<Document> parse(std::string_view name, std::string_view text, const Limits& limits = {});

// A refusal as an error, with its position in words.
wire::Error to_error(const Refusal& refusal, const Tree& tree);

}  // namespace gable::rules::yaml
