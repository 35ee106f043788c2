#include "yaml/builder.hpp"

#include <algorithm>
#include <array>

#include "wire/domains.hpp"

namespace gable::rules::yaml {
namespace {

constexpr std::string_view kCore = "tag:yaml.org,2002:";

constexpr std::array<std::string_view, 8> kTagNames{"!secret",
                                                    "!include",
                                                    "!include_dir_list",
                                                    "!include_dir_named",
                                                    "!include_dir_merge_list",
                                                    "!include_dir_merge_named",
                                                    "!env_var",
                                                    "!input"};

// Of our own tags; Tag::none for one of YAML itself or none at all. Throws for others.
Tag tag_of(const Properties& properties) {
  const std::string_view name = properties.tag;
  if (name.empty() || name.starts_with(kCore)) return Tag::none;
  const auto* found = std::find(kTagNames.begin(), kTagNames.end(), name);
  if (found != kTagNames.end()) return static_cast<Tag>(found - kTagNames.begin() + 1);
  throw Refusal{properties.place,
                "unknown tag '" + std::string(name) + "'" + wire::did_you_mean(name, kTagNames)};
}

[[noreturn]] void refuse_value(const Cell& place, std::string_view tag) {
  throw Refusal{place, "this is no value for !!" + std::string(tag)};
}

Kind kind_of(Plain plain) {
  switch (plain) {
    case Plain::null:
      return Kind::null;
    case Plain::boolean:
      return Kind::boolean;
    case Plain::integer:
      return Kind::integer;
    case Plain::real:
      return Kind::real;
    case Plain::timestamp:
      return Kind::timestamp;
    case Plain::text:
    case Plain::merge:
    case Plain::equals:
      break;
  }
  return Kind::text;
}

// What PyYAML takes for a number or a date and then cannot read.
void check_readable(const Cell& cell, std::string_view text) {
  if (cell.kind == Kind::integer && !integer_of(text) && !decimal_of(text)) {
    throw Refusal{cell, "this looks like a number, but is none (put it in quotes)"};
  }
  if (cell.kind == Kind::timestamp && !timestamp_text(text)) {
    throw Refusal{cell, "there is no such date or time (put it in quotes if it is a text)"};
  }
}

}  // namespace

void Builder::resolve_core(Cell& cell, std::string_view tag, std::string_view text) const {
  cell.kind = Kind::text;
  if (tag == "str") return;
  const Plain plain = resolve_plain(text);
  if (tag == "null") {
    cell.kind = Kind::null;
  } else if (tag == "bool" && boolean_of(text)) {
    cell.kind = Kind::boolean;
  } else if (tag == "int" && plain == Plain::integer) {
    cell.kind = Kind::integer;
  } else if (tag == "float" && real_of(text)) {
    cell.kind = Kind::real;
  } else if (tag == "timestamp" && timestamp_text(text)) {
    cell.kind = Kind::timestamp;
  } else {
    refuse_value(cell, tag);
  }
  check_readable(cell, text);
}

void Builder::resolve(Cell& cell, const Properties& properties, Style style, std::string_view text) const {
  cell.quoted = style == Style::quoted;
  cell.tag = tag_of(properties);
  cell.kind = Kind::text;
  if (cell.tag != Tag::none) {
    if (text.empty()) {
      throw Refusal{cell, "a name must follow " + std::string(to_string(cell.tag))};
    }
    return;
  }
  if (properties.tag.starts_with(kCore)) return resolve_core(cell, properties.tag.substr(kCore.size()), text);
  if (style == Style::quoted) return;
  const Plain plain = resolve_plain(text);
  if (plain == Plain::merge || plain == Plain::equals) {
    if (!expects_key())
      throw Refusal{cell, "a text cannot be '" + std::string(text) + "' (put it in quotes)"};
    return;
  }
  cell.kind = kind_of(plain);
  check_readable(cell, text);
}

void Builder::scalar(const Properties& properties, Style style, std::string_view text) {
  Cell cell = properties.place;
  const bool plain = style == Style::plain && properties.tag.empty();
  const bool merges =
      expects_key() && ((plain && text == "<<") || properties.tag == "tag:yaml.org,2002:merge");
  if (!merges) resolve(cell, properties, style, text);
  cell.begin = texts_.put(text);
  cell.size = static_cast<std::uint32_t>(text.size());
  const auto index = static_cast<CellIndex>(tree_.cells.size());
  tree_.cells.push_back(cell);
  if (merges) frames_.back().key_is_merge = true;
  const Size size{1, 0, text.size()};
  if (properties.anchor != 0) anchors_[properties.anchor] = {index, size};
  charge(size, cell);
  take(index, size, cell);
}

void Builder::alias(const Cell& place, std::size_t anchor) {
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) throw Refusal{place, "an alias to an anchor that is not defined above"};
  if (found->second.index == kNone) throw Refusal{place, "an alias refers to the block in which it stands"};
  const Anchored anchored = found->second;
  charge(anchored.size, place);
  check_depth(frames_.size() + anchored.size.height, place);
  take(anchored.index, anchored.size, place);
}

void Builder::open(const Properties& properties, bool is_map) {
  const Cell& place = properties.place;
  if (expects_key()) throw Refusal{place, "a key must be a text (put '{{ … }}' in quotes)"};
  const Tag tag = tag_of(properties);
  if (tag != Tag::none) throw Refusal{place, "a name must follow " + std::string(to_string(tag))};
  const std::string_view core = properties.tag.empty() ? properties.tag : properties.tag.substr(kCore.size());
  if (!core.empty() && core != (is_map ? "map" : "seq")) refuse_value(place, core);
  check_depth(frames_.size() + 1, place);
  charge({}, place);
  // Until it is closed, an alias to it is one from within.
  if (properties.anchor != 0) anchors_[properties.anchor] = {};
  Frame& frame = frames_.emplace_back();
  frame.cell = place;
  frame.anchor = properties.anchor;
  frame.is_map = is_map;
}

void Builder::close() {
  Frame frame = std::move(frames_.back());
  Cell& cell = frame.cell;
  cell.kind = frame.is_map ? Kind::map : Kind::list;
  cell.begin = static_cast<std::uint32_t>(tree_.links.size());
  if (frame.is_map) {
    const std::vector<Dict::Pair> entries = dict_of(frame);
    for (const Dict::Pair& entry : entries) tree_.links.insert(tree_.links.end(), {entry.key, entry.value});
    cell.size = static_cast<std::uint32_t>(entries.size());
  } else {
    tree_.links.insert(tree_.links.end(), frame.items.begin(), frame.items.end());
    cell.size = static_cast<std::uint32_t>(frame.items.size());
  }
  frames_.pop_back();
  const auto index = static_cast<CellIndex>(tree_.cells.size());
  tree_.cells.push_back(cell);
  ++frame.size.height;
  if (frame.anchor != 0) anchors_[frame.anchor] = {index, frame.size};
  take(index, frame.size, cell);
}

CellIndex Builder::finish(const Cell& whole_file) {
  if (root_ == kNone) {
    root_ = static_cast<CellIndex>(tree_.cells.size());
    tree_.cells.push_back(whole_file);
  }
  return root_;
}

void Builder::take(CellIndex index, const Size& size, const Cell& place) {
  if (frames_.empty()) {
    root_ = index;
    total_.height = size.height;
    return;
  }
  if (expects_key()) return take_key(index, size);
  Frame& frame = frames_.back();
  frame.size.nodes += size.nodes;
  frame.size.text += size.text;
  frame.size.height = std::max(frame.size.height, size.height);
  if (!frame.is_map) {
    frame.items.push_back(index);
    return;
  }
  if (frame.key_is_merge) {
    take_merge(index, place);
  } else {
    frame.entries.push_back({frame.key, index});
  }
  frame.key_is_merge = false;
  frame.key = kNone;
}

void Builder::take_key(CellIndex index, const Size& size) {
  const Cell& key = tree_.cells[index];
  if (key.kind == Kind::list || key.kind == Kind::map) throw Refusal{key, "a key must be a text"};
  const bool includes =
      key.tag != Tag::none && key.tag != Tag::secret && key.tag != Tag::input && key.tag != Tag::env_var;
  if (includes) throw Refusal{key, "a key cannot be included"};
  Frame& frame = frames_.back();
  --total_.nodes;
  frame.size.text += size.text;
  frame.key = index;
}

void Builder::charge(const Size& size, const Cell& place) {
  total_.nodes += size.nodes;
  total_.text += size.text;
  if (total_.nodes > limits_.nodes) {
    throw Refusal{place, "more than " + std::to_string(limits_.nodes) + " values, aliases followed", true};
  }
  if (total_.text > limits_.text) {
    throw Refusal{place, "more than " + std::to_string(limits_.text) + " bytes of text, aliases followed",
                  true};
  }
}

void Builder::check_depth(std::size_t height, const Cell& place) const {
  if (height <= limits_.depth) return;
  throw Refusal{place, "nested more than " + std::to_string(limits_.depth) + " deep", true};
}

void Builder::take_merge(CellIndex index, const Cell& place) {
  const Cell& value = tree_.cells[index];
  if (value.kind != Kind::map && value.kind != Kind::list) {
    throw Refusal{place, "only a map or a list of maps can be merged with <<"};
  }
  for (std::uint32_t i = 0; value.kind == Kind::list && i < value.size; ++i) {
    const Cell& item = tree_.cells[tree_.links[value.begin + i]];
    if (item.kind != Kind::map) throw Refusal{item, "only maps can be merged with <<"};
  }
  frames_.back().merges.push_back(index);
}

void Builder::put_map(CellIndex map, Dict& dict) const {
  const Cell& cell = tree_.cells[map];
  for (std::uint32_t i = 0; i < cell.size; ++i) {
    const CellIndex* entry = tree_.links.data() + cell.begin + std::size_t{i} * 2;
    dict.put({entry[0], entry[1]});
  }
}

std::vector<Dict::Pair> Builder::dict_of(const Frame& frame) {
  Dict own(tree_);
  for (const Dict::Pair& entry : frame.entries) {
    const CellIndex before = own.put(entry);
    if (before != kNone) warn_twice(entry.key, before);
  }
  if (frame.merges.empty()) return own.take();
  // PyYAML puts what is merged before what stands there: its keys come first, and the values of the map's own
  // keys win. Of several <<, the last one wins; in a list of maps, the first one.
  Dict dict(tree_);
  for (const CellIndex merge : frame.merges) {
    const Cell& value = tree_.cells[merge];
    if (value.kind == Kind::map) {
      put_map(merge, dict);
      continue;
    }
    for (std::uint32_t i = value.size; i > 0; --i) put_map(tree_.links[value.begin + i - 1], dict);
  }
  for (const Dict::Pair& entry : frame.entries) dict.put(entry);
  return dict.take();
}

void Builder::warn_twice(CellIndex key, CellIndex first) {
  const Cell& cell = tree_.cells[key];
  const Cell& before = tree_.cells[first];
  warnings_.push_back(
      {Node(tree_, key).where(), "the key '" + std::string(tree_.text_of(cell)) +
                                     "' stands here twice (first in line " + std::to_string(before.line) +
                                     ", column " + std::to_string(before.column) + "); the last one counts"});
}

}  // namespace gable::rules::yaml
