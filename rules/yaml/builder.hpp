#pragma once
// Makes a tree from what a parser says, event by event: PyYAML's composer and constructor, with limits. Knows
// nothing of the parser. Throws Refusal.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "yaml/dict.hpp"
#include "yaml/limits.hpp"
#include "yaml/node.hpp"

namespace gable::rules::yaml {

enum class Style : std::uint8_t { plain, quoted };

// What stands before a node: where it begins, the tag as the file has it in full ("!input",
// "tag:yaml.org,2002:str", or empty), and the number of its anchor (0: none).
struct Properties {
  Cell place;
  std::string_view tag;
  std::size_t anchor = 0;
};

class Builder {
 public:
  // All must outlive it. Anchors are those of one file; cells are appended to the tree.
  Builder(Tree& tree, Interner& texts, const Limits& limits, std::vector<Warning>& warnings)
      : tree_(tree), texts_(texts), limits_(limits), warnings_(warnings) {}

  void scalar(const Properties& properties, Style style, std::string_view text);
  void alias(const Cell& place, std::size_t anchor);
  void open(const Properties& properties, bool is_map);
  void close();

  // What the parser's next event is about.
  [[nodiscard]] bool in_map() const { return !frames_.empty() && frames_.back().is_map; }
  [[nodiscard]] bool in_list() const { return !frames_.empty() && !frames_.back().is_map; }
  [[nodiscard]] bool expects_key() const { return in_map() && frames_.back().key == kNone; }
  // The key whose value comes next.
  [[nodiscard]] const Cell& pending_key() const { return tree_.cells[frames_.back().key]; }

  // After the last event: the outermost node; null for a file without any.
  CellIndex finish(const Cell& whole_file);
  // How deep lists and maps are nested within the file, aliases followed.
  [[nodiscard]] std::size_t height() const { return total_.height; }
  [[nodiscard]] std::size_t nodes() const { return total_.nodes; }

 private:
  static constexpr CellIndex kNone = Dict::kNone;

  // What a node costs whoever walks it, aliases followed.
  struct Size {
    std::size_t nodes = 1, height = 0, text = 0;
  };
  // A list or map that is not finished.
  struct Frame {
    Cell cell;
    std::size_t anchor = 0;
    bool is_map = false;
    bool key_is_merge = false;
    CellIndex key = kNone;  // waits for its value
    Size size;
    std::vector<CellIndex> items;     // of a list
    std::vector<Dict::Pair> entries;  // of a map
    std::vector<CellIndex> merges;    // what << refers to
  };
  struct Anchored {
    CellIndex index = kNone;
    Size size;
  };

  void resolve(Cell& cell, const Properties& properties, Style style, std::string_view text) const;
  void resolve_core(Cell& cell, std::string_view tag, std::string_view text) const;
  void take(CellIndex index, const Size& size, const Cell& place);
  void take_key(CellIndex index, const Size& size);
  void charge(const Size& size, const Cell& place);
  void check_depth(std::size_t height, const Cell& place) const;
  void take_merge(CellIndex index, const Cell& place);
  std::vector<Dict::Pair> dict_of(const Frame& frame);
  void put_map(CellIndex map, Dict& dict) const;
  void warn_twice(CellIndex key, CellIndex first);

  Tree& tree_;
  Interner& texts_;
  const Limits& limits_;
  std::vector<Warning>& warnings_;
  std::vector<Frame> frames_;
  std::unordered_map<std::size_t, Anchored> anchors_;
  CellIndex root_ = kNone;
  Size total_{0, 0, 0};
};

}  // namespace gable::rules::yaml
