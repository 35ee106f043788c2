#include "yaml/node.hpp"

#include <algorithm>
#include <array>

namespace gable::rules::yaml {

std::string Position::text() const {
  std::string out(file);
  if (line == 0) return out;
  if (!out.empty()) out += ':';
  return out + std::to_string(line) + ":" + std::to_string(column);
}

std::string_view to_string(Tag tag) {
  constexpr std::array<std::string_view, 9> kNames{"",
                                                   "!secret",
                                                   "!include",
                                                   "!include_dir_list",
                                                   "!include_dir_named",
                                                   "!include_dir_merge_list",
                                                   "!include_dir_merge_named",
                                                   "!env_var",
                                                   "!input"};
  return kNames[static_cast<std::size_t>(tag)];
}

Position Node::position() const {
  const Cell& place = cell();
  return {tree_->files[place.file].path, place.line, place.column};
}

std::optional<bool> Node::as_boolean() const {
  if (kind() != Kind::boolean) return std::nullopt;
  return boolean_of(written());
}

std::optional<std::int64_t> Node::as_integer() const {
  if (kind() != Kind::integer) return std::nullopt;
  return integer_of(written());
}

std::optional<double> Node::as_number() const {
  if (kind() == Kind::real) return real_of(written());
  if (kind() != Kind::integer) return std::nullopt;
  if (const auto integer = integer_of(written())) return static_cast<double>(*integer);
  const auto decimal = decimal_of(written());
  return decimal ? real_of(*decimal) : std::nullopt;
}

std::optional<std::string_view> Node::as_text() const {
  if (!is_text()) return std::nullopt;
  return written();
}

std::string_view Node::written() const { return is_scalar() ? tree_->text_of(cell()) : std::string_view(); }

std::size_t Node::size() const { return is_scalar() ? 0 : cell().size; }

Items Node::items() const {
  return {tree_, tree_->links.data() + (is_list() ? cell().begin : 0), is_list() ? size() : 0};
}

Entries Node::entries() const {
  return {tree_, tree_->links.data() + (is_map() ? cell().begin : 0), is_map() ? size() : 0};
}

std::optional<Node> Node::find(std::string_view key) const {
  for (const Entry entry : entries()) {
    if (entry.key.is_text() && entry.key.tag() == Tag::none && entry.key.written() == key) return entry.value;
  }
  return std::nullopt;
}

std::string text_of(Node node) {
  switch (node.kind()) {
    case Kind::null:
      return "None";
    case Kind::boolean:
      return node.as_boolean().value_or(false) ? "True" : "False";
    case Kind::integer:
      return decimal_of(node.written()).value_or(std::string(node.written()));
    case Kind::real:
      return real_text(real_of(node.written()).value_or(0));
    case Kind::timestamp:
      return timestamp_text(node.written()).value_or(std::string(node.written()));
    case Kind::text:
      return std::string(node.written());
    case Kind::list:
    case Kind::map:
      break;
  }
  return {};
}

namespace {

wire::Value list_value(Node node) {
  wire::List list;
  list.reserve(node.size());
  for (const Node item : node.items()) list.push_back(to_value(item));
  return list;
}

wire::Value map_value(Node node) {
  wire::Object object;
  // Keys of several kinds may print the same text; texts alone are known to differ.
  bool texts = true;
  for (const Entry entry : node.entries()) {
    texts = texts && entry.key.is_text();
    if (texts) {
      object.append(std::string(entry.key.written()), to_value(entry.value));
    } else {
      object.set(text_of(entry.key), to_value(entry.value));
    }
  }
  return object;
}

}  // namespace

wire::Value to_value(Node node) {
  switch (node.kind()) {
    case Kind::null:
      return {};
    case Kind::boolean:
      return node.as_boolean().value_or(false);
    case Kind::integer:
      if (const auto integer = node.as_integer()) return *integer;
      return node.as_number().value_or(0);
    case Kind::real:
      return node.as_number().value_or(0);
    case Kind::list:
      return list_value(node);
    case Kind::map:
      return map_value(node);
    case Kind::timestamp:
    case Kind::text:
      break;
  }
  return text_of(node);
}

std::size_t Document::memory() const {
  return sizeof(Tree) + tree_->cells.capacity() * sizeof(Cell) + tree_->links.capacity() * sizeof(CellIndex) +
         tree_->text.capacity();
}

}  // namespace gable::rules::yaml
