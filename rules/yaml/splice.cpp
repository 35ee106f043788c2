#include "yaml/splice.hpp"

#include <algorithm>
#include <map>

#include "yaml/dict.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::yaml {

// Copies cells from other trees. What is there several times (an alias, an input) is copied once.
class Splicer {
 public:
  Splicer(Tree& tree, const InputOf& input, const Limits& limits)
      : tree_(tree), texts_(tree.text), input_(input), limits_(limits) {}

  CellIndex map_of(const std::vector<Entry>& entries) {
    Dict dict(tree_);
    Cell cell;
    for (const Entry& entry : entries) {
      dict.put({copy(entry.key, 1).index, copy(entry.value, 1).index});
      if (cell.line == 0) cell = placed(entry.key);
    }
    std::vector<CellIndex> links;
    for (const Dict::Pair& entry : dict.take()) links.insert(links.end(), {entry.key, entry.value});
    if (tree_.files.empty()) tree_.files.emplace_back();
    cell.kind = Kind::map;
    cell.size = static_cast<std::uint32_t>(links.size() / 2);
    return add(cell, links);
  }

 private:
  // What a copied cell costs whoever walks it, aliases followed.
  struct Copied {
    CellIndex index = 0;
    std::size_t nodes = 1, height = 0;
  };

  Copied copy(Node node, std::size_t depth) {
    const std::pair<const Tree*, CellIndex> from{node.tree_, node.index_};
    const auto known = copies_.find(from);
    const Copied copied = known != copies_.end() ? known->second : make(node, depth);
    if (depth + copied.height > limits_.depth) {
      throw Refusal{placed(node), "nested more than " + std::to_string(limits_.depth) + " deep", true};
    }
    if (copied.nodes > limits_.nodes) {
      throw Refusal{placed(node), "more than " + std::to_string(limits_.nodes) + " values, once it is filled",
                    true};
    }
    copies_.emplace(from, copied);
    return copied;
  }

  Copied make(Node node, std::size_t depth) {
    if (node.tag() == Tag::input) {
      const auto filled = input_(node.written());
      if (!filled) {
        throw Refusal{placed(node), "there is no input '" + std::string(node.written()) + "'"};
      }
      // An input within an input would not end.
      if (filled->tag() == Tag::input) throw Refusal{placed(*filled), "an input cannot stand for another"};
      return copy(*filled, depth);
    }
    return node.is_scalar() ? scalar(node) : container(node, depth);
  }

  Copied scalar(Node node) {
    Cell cell = placed(node);
    const std::string_view text = node.written();
    cell.begin = texts_.put(text);
    cell.size = static_cast<std::uint32_t>(text.size());
    tree_.cells.push_back(cell);
    return {static_cast<CellIndex>(tree_.cells.size() - 1)};
  }

  Copied container(Node node, std::size_t depth) {
    Copied whole;
    std::vector<CellIndex> links;
    const auto take = [&](Node part, bool counts) {
      const Copied copied = copy(part, depth + 1);
      links.push_back(copied.index);
      whole.nodes += counts ? copied.nodes : 0;
      whole.height = std::max(whole.height, copied.height);
    };
    for (const Node item : node.items()) take(item, true);
    for (const Entry& entry : node.entries()) {
      take(entry.key, false);
      take(entry.value, true);
    }
    ++whole.height;
    whole.index = add(placed(node), links);
    return whole;
  }

  CellIndex add(Cell cell, const std::vector<CellIndex>& links) {
    cell.begin = static_cast<std::uint32_t>(tree_.links.size());
    tree_.links.insert(tree_.links.end(), links.begin(), links.end());
    tree_.cells.push_back(cell);
    return static_cast<CellIndex>(tree_.cells.size() - 1);
  }

  // The node's cell with its file's number in the new tree.
  Cell placed(Node node) {
    Cell cell = node.cell();
    const std::string_view name = node.position().file;
    const auto known = std::find_if(tree_.files.begin(), tree_.files.end(),
                                    [name](const SourceFile& file) { return file.path == name; });
    cell.file = static_cast<std::uint16_t>(known - tree_.files.begin());
    if (known == tree_.files.end()) tree_.files.push_back({std::string(name)});
    return cell;
  }

  Tree& tree_;
  Interner texts_;
  const InputOf& input_;
  const Limits& limits_;
  std::map<std::pair<const Tree*, CellIndex>, Copied> copies_;
};

wire::Result<Document> splice(const std::vector<Entry>& entries, const InputOf& input, const Limits& limits) {
  auto tree = std::make_unique<Tree>();
  try {
    const CellIndex root = Splicer(*tree, input, limits).map_of(entries);
    tree->shrink();
    return Document(std::move(tree), root, {});
  } catch (const Refusal& refusal) {
    return to_error(refusal, *tree);
  }
}

}  // namespace gable::rules::yaml
