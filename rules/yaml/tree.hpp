#pragma once
// How documents lie in memory: one array of cells of 20 bytes, one of links from lists and maps to their
// parts, and one text. Only the reader writes it; everybody else reads through Node (yaml/node.hpp).

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "yaml/scalars.hpp"

namespace gable::rules::yaml {

// Tags that are left to whoever knows what they refer to. Those of YAML itself (!!str) are never in the tree.
enum class Tag : std::uint8_t {
  none,
  secret,
  include,
  include_dir_list,
  include_dir_named,
  include_dir_merge_list,
  include_dir_merge_named,
  env_var,
  input
};

using CellIndex = std::uint32_t;

struct Cell {
  // Scalars: its text in Tree::text. Lists: its links. Maps: its links, a key and a value each.
  std::uint32_t begin = 0, size = 0;
  std::uint32_t line = 0, column = 0;  // from 1; the column in characters
  std::uint16_t file = 0;
  Kind kind = Kind::null;
  Tag tag : 4 = Tag::none;
  bool quoted : 1 = false;  // quoted, or a block of text
  bool secret : 1 = false;  // came from a file of secrets: not to be shown
};
static_assert(sizeof(Cell) == 20);

struct SourceFile {
  std::string path;
};

struct Tree {
  std::vector<Cell> cells;
  std::vector<CellIndex> links;
  std::string text;
  std::vector<SourceFile> files;

  // Gives back what was held for growing.
  void shrink() {
    cells.shrink_to_fit();
    links.shrink_to_fit();
    text.shrink_to_fit();
  }

  [[nodiscard]] std::string_view text_of(const Cell& cell) const {
    return std::string_view(text).substr(cell.begin, cell.size);
  }
};

// Puts texts into a tree, short ones once: rules say the same few hundred words again and again. Lives while
// the tree is made.
class Interner {
 public:
  explicit Interner(std::string& store) : known_(16, Hash{store}, Same{store}), store_(store) {}
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;
  ~Interner() = default;

  // Where `text` begins in the store.
  std::uint32_t put(std::string_view text);

 private:
  struct Slice {
    std::uint32_t begin, size;
  };
  struct Hash {
    using is_transparent = void;
    const std::string& store;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    std::size_t operator()(Slice slice) const {
      return (*this)(std::string_view(store).substr(slice.begin, slice.size));
    }
  };
  struct Same {
    using is_transparent = void;
    const std::string& store;
    [[nodiscard]] std::string_view view(Slice slice) const {
      return std::string_view(store).substr(slice.begin, slice.size);
    }
    bool operator()(Slice a, Slice b) const { return view(a) == view(b); }
    bool operator()(std::string_view a, Slice b) const { return a == view(b); }
    bool operator()(Slice a, std::string_view b) const { return view(a) == b; }
  };

  std::unordered_set<Slice, Hash, Same> known_;
  std::string& store_;
};

// A refusal on its way out of the parser; caught where the reader is entered.
struct Refusal {
  Cell place;  // its position only
  std::string text;
  bool too_large = false;
};

}  // namespace gable::rules::yaml
