#pragma once
// A read YAML file, or several that include each other, as a tree in which everything knows its place.
// Immutable, any thread. Nodes are borrowed from their Document, as are all texts that they give; a Document
// may be moved.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result_type.hpp"
#include "wire/value.hpp"
#include "yaml/scalars.hpp"
#include "yaml/tree.hpp"

namespace gable::rules::yaml {

struct Position {
  std::string_view file;
  std::uint32_t line = 0, column = 0;  // from 1; the column in characters; line 0: the file as a whole
  // "rules.yaml:12:5"
  [[nodiscard]] std::string text() const;
};

// "!include"; empty for none.
std::string_view to_string(Tag tag);

struct Entry;
class Items;
class Entries;

class Node {
 public:
  Node(const Tree& tree, CellIndex index) : tree_(&tree), index_(index) {}

  [[nodiscard]] Kind kind() const { return cell().kind; }
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_text() const { return kind() == Kind::text; }
  [[nodiscard]] bool is_list() const { return kind() == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind() == Kind::map; }
  [[nodiscard]] bool is_scalar() const { return !is_list() && !is_map(); }

  // A tagged node is a text until somebody resolves it.
  [[nodiscard]] Tag tag() const { return cell().tag; }
  // Quoted or a block of text, so that nobody meant a number or a boolean.
  [[nodiscard]] bool is_quoted() const { return cell().quoted; }
  // Came from a file of secrets, and must not stand in messages.
  [[nodiscard]] bool is_secret() const { return cell().secret; }
  [[nodiscard]] Position position() const;
  // Where errors say that they are: "rules.yaml:12:5".
  [[nodiscard]] std::string where() const { return position().text(); }

  // Nothing when the node is of another kind; an integer also when it does not fit.
  [[nodiscard]] std::optional<bool> as_boolean() const;
  [[nodiscard]] std::optional<std::int64_t> as_integer() const;
  // An integer or a real.
  [[nodiscard]] std::optional<double> as_number() const;
  // Texts only: for all scalars there are written() and text_of().
  [[nodiscard]] std::optional<std::string_view> as_text() const;

  // A scalar as it stands in the file, unquoted and unfolded: "on", "0x1F", "1:30". Empty for lists and maps.
  [[nodiscard]] std::string_view written() const;

  // None when the node is no list, or no map.
  [[nodiscard]] Items items() const;
  [[nodiscard]] Entries entries() const;
  // The number of items or entries.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  // The value of a key that is a text; nothing when there is none, or the node is no map.
  [[nodiscard]] std::optional<Node> find(std::string_view key) const;

  // An error at this node's place.
  [[nodiscard]] wire::Error error(wire::ErrorCode code, std::string text) const {
    return {code, std::move(text), where()};
  }

  // The same node, not one that is equal (aliases give the same node).
  friend bool operator==(const Node& a, const Node& b) { return a.tree_ == b.tree_ && a.index_ == b.index_; }

 private:
  friend class Items;
  friend class Entries;
  friend class Splicer;  // yaml/splice.cpp
  [[nodiscard]] const Cell& cell() const { return tree_->cells[index_]; }

  const Tree* tree_;
  CellIndex index_;
};

struct Entry {
  Node key, value;
};

// Over the links of a list or map, `stride` of them an element.
template <class Range>
class NodeIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = typename Range::Element;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = value_type;

  NodeIterator() = default;
  NodeIterator(const Tree* tree, const CellIndex* link) : tree_(tree), link_(link) {}
  value_type operator*() const { return Range::at(*tree_, link_); }
  NodeIterator& operator++() {
    link_ += Range::kStride;
    return *this;
  }
  NodeIterator operator++(int) {
    const NodeIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const NodeIterator& a, const NodeIterator& b) { return a.link_ == b.link_; }

 private:
  const Tree* tree_ = nullptr;
  const CellIndex* link_ = nullptr;
};

template <class Derived, class ElementType, std::size_t Stride>
class NodeRange {
 public:
  using Element = ElementType;
  static constexpr std::size_t kStride = Stride;

  NodeRange(const Tree* tree, const CellIndex* first, std::size_t size)
      : tree_(tree), first_(first), size_(size) {}
  [[nodiscard]] NodeIterator<Derived> begin() const { return {tree_, first_}; }
  [[nodiscard]] NodeIterator<Derived> end() const { return {tree_, first_ + size_ * Stride}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  Element operator[](std::size_t place) const { return Derived::at(*tree_, first_ + place * Stride); }

 private:
  const Tree* tree_;
  const CellIndex* first_;
  std::size_t size_;
};

class Items : public NodeRange<Items, Node, 1> {
 public:
  using NodeRange::NodeRange;
  static Node at(const Tree& tree, const CellIndex* link) { return {tree, *link}; }
};

// In the order in which Python's dict has them.
class Entries : public NodeRange<Entries, Entry, 2> {
 public:
  using NodeRange::NodeRange;
  static Entry at(const Tree& tree, const CellIndex* link) {
    return {Node(tree, link[0]), Node(tree, link[1])};
  }
};

// What Python's str() prints of a scalar as PyYAML read it: on → "True", 1:30 → "90", ~ → "None", 'x' → "x".
// Empty for lists and maps.
std::string text_of(Node node);

// What PyYAML builds, as data. Keys become text_of, dates their text, integers beyond 64 bits doubles; tags
// are dropped.
wire::Value to_value(Node node);

struct Warning {
  std::string where;  // file:line:column
  std::string text;
};

class Document {
 public:
  Document(std::unique_ptr<const Tree> tree, CellIndex root, std::vector<Warning> warnings)
      : tree_(std::move(tree)), root_(root), warnings_(std::move(warnings)) {}

  // Null for an empty file.
  [[nodiscard]] Node root() const { return {*tree_, root_}; }
  [[nodiscard]] const std::vector<Warning>& warnings() const { return warnings_; }
  // The files that were read, the first one first.
  [[nodiscard]] const std::vector<SourceFile>& files() const { return tree_->files; }
  // Bytes held.
  [[nodiscard]] std::size_t memory() const;

 private:
  std::unique_ptr<const Tree> tree_;
  CellIndex root_;
  std::vector<Warning> warnings_;
};

}  // namespace gable::rules::yaml
