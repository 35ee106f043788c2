#include "yaml/includes.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "yaml/loader.hpp"

namespace gable::rules::yaml {
namespace {

constexpr std::string_view kSecrets = "secrets.yaml";
constexpr std::string_view kEnding = ".yaml";

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

// `target` as seen from `folder`, without "." and "..". Nothing when it leaves the root.
std::optional<std::string> resolved(std::string_view folder, std::string_view target) {
  if (target.starts_with('/') || target.find('\0') != std::string_view::npos) return std::nullopt;
  std::string out(folder);
  while (!target.empty()) {
    const std::size_t slash = target.find('/');
    const std::string_view part = target.substr(0, slash);
    target.remove_prefix(slash == std::string_view::npos ? target.size() : slash + 1);
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      out = joined(out, part);
      continue;
    }
    if (out.empty()) return std::nullopt;
    out = folder_of(out);
  }
  return out;
}

// Reads files into one tree and puts what they include in the place of the tags.
class Loader {
 public:
  Loader(FileSource& files, Tree& tree, const Limits& limits, std::vector<Warning>& warnings)
      : files_(files), tree_(tree), texts_(tree.text), limits_(limits), warnings_(warnings) {}

  CellIndex load_first(std::string_view path) {
    tree_.files.push_back({std::string(path)});
    const auto clean = resolved({}, path);
    if (!clean) throw Refusal{{}, "the path leaves the configuration's folder"};
    const CellIndex root = load(*clean, Cell{}, 0);
    // An alias may stand for an included file many times over.
    sizes_.assign(tree_.cells.size(), 0);
    if (size_of(root) > limits_.total_nodes) throw_too_many(tree_.cells[root]);
    sizes_ = {};
    return root;
  }

 private:
  [[noreturn]] void throw_too_many(const Cell& place) const {
    throw Refusal{place, "more than " + std::to_string(limits_.total_nodes) + " values in all files", true};
  }

  // The values within a cell, aliases followed; enough above the limit is enough. As deep as the tree at the
  // most.
  std::size_t size_of(CellIndex index) {
    if (sizes_[index] != 0) return sizes_[index];
    const Cell& cell = tree_.cells[index];
    const bool map = cell.kind == Kind::map;
    std::size_t size = 1;
    for (std::size_t i = 0; (map || cell.kind == Kind::list) && i < cell.size; ++i) {
      size += size_of(tree_.links[cell.begin + (map ? i * 2 + 1 : i)]);
      size = std::min(size, limits_.total_nodes + 1);
    }
    return sizes_[index] = size;
  }

  // `from`: the tag that asks for it, or the place of the whole file; `depth`: the lists and maps around
  // that.
  CellIndex load(const std::string& path, const Cell& from, std::size_t depth) {
    check_chain(path, from);
    const std::string text = read(path, from);
    const Read parsed = parse(path, text, from);
    if (depth + parsed.height > limits_.depth) {
      throw Refusal{from, "nested more than " + std::to_string(limits_.depth) + " deep", true};
    }
    chain_.push_back(path);
    resolve(parsed, depth);
    chain_.pop_back();
    return parsed.root;
  }

  void check_chain(const std::string& path, const Cell& from) const {
    const auto open = std::find(chain_.begin(), chain_.end(), path);
    if (open != chain_.end()) {
      std::string text = "'" + path + "' includes itself: ";
      for (auto file = open; file != chain_.end(); ++file) text += *file + " → ";
      throw Refusal{from, text + path};
    }
    if (chain_.size() > limits_.includes) {
      throw Refusal{from, "more than " + std::to_string(limits_.includes) + " files within files", true};
    }
  }

  std::string read(const std::string& path, const Cell& from) {
    auto text = files_.read(path, limits_.bytes);
    if (!text) {
      const bool too_large = text.error().code == wire::ErrorCode::too_large;
      throw Refusal{from, "'" + path + "': " + text.error().text, too_large};
    }
    bytes_ += text->size();
    if (bytes_ > limits_.total_bytes) throw Refusal{from, "all files together are too large", true};
    return std::move(*text);
  }

  struct Read : Parsed {
    CellIndex first = 0, end = 0;  // the file's cells
  };

  Read parse(const std::string& path, const std::string& text, const Cell& from) {
    constexpr std::size_t kMostFiles = 0xFFFF;  // that a cell can tell apart
    const std::size_t most = std::min(limits_.files, kMostFiles);
    if (loads_ >= most) {
      throw Refusal{from, "more than " + std::to_string(most) + " files", true};
    }
    if (loads_++ > 0) tree_.files.push_back({path});
    const auto file = static_cast<std::uint16_t>(tree_.files.size() - 1);
    Read read;
    read.first = static_cast<CellIndex>(tree_.cells.size());
    static_cast<Parsed&>(read) = parse_into({tree_, texts_, warnings_}, file, text, limits_);
    read.end = static_cast<CellIndex>(tree_.cells.size());
    nodes_ += read.nodes;
    if (nodes_ > limits_.total_nodes) throw_too_many(from);
    return read;
  }

  // Every cell of a file once: an alias of an include is the same cell. Depths are needed for includes only.
  void resolve(const Read& read, std::size_t depth) {
    std::vector<std::size_t> depths;
    for (CellIndex index = read.first; index < read.end; ++index) {
      const Tag tag = tree_.cells[index].tag;
      if (tag == Tag::none || tag == Tag::env_var || tag == Tag::input) continue;
      if (tag == Tag::secret) {
        put_secret(index);
        continue;
      }
      if (depths.empty()) depths = depths_of(read);
      const CellIndex included = include(index, depth + depths[index - read.first]);
      tree_.cells[index] = tree_.cells[included];
    }
  }

  // How many lists and maps stand around each cell of a file, at the most. Parts come before what they are
  // parts of.
  [[nodiscard]] std::vector<std::size_t> depths_of(const Read& read) const {
    std::vector<std::size_t> depths(read.end - read.first, 0);
    for (CellIndex index = read.end; index > read.first; --index) {
      const Cell& cell = tree_.cells[index - 1];
      const bool list = cell.kind == Kind::list;
      if (!list && cell.kind != Kind::map) continue;
      const std::size_t below = depths[index - 1 - read.first] + 1;
      for (std::size_t i = 0; i < std::size_t{cell.size} * (list ? 1 : 2); ++i) {
        const CellIndex part = tree_.links[cell.begin + i];
        depths[part - read.first] = std::max(depths[part - read.first], below);
      }
    }
    return depths;
  }

  // What stands for the tagged cell.
  CellIndex include(CellIndex index, std::size_t depth) {
    const Cell cell = tree_.cells[index];
    const std::string target(tree_.text_of(cell));
    const auto path = resolved(folder_of(chain_.back()), target);
    if (!path) {
      throw Refusal{cell, "'" + target +
                              "' is outside of the configuration's folder (paths are relative to this file)"};
    }
    if (cell.tag == Tag::include) {
      const CellIndex root = load(*path, cell, depth);
      return tree_.cells[root].kind == Kind::null ? empty_map(tree_.cells[root]) : root;
    }
    const bool keeps = cell.tag == Tag::include_dir_list || cell.tag == Tag::include_dir_named;
    std::vector<File> found;
    each_file(*path, cell, depth + (keeps ? 1 : 0), 0, found);
    return combine(cell, found);
  }

  struct File {
    std::string stem;
    CellIndex root;
  };

  // Sorted by name, a folder's files before its folders.
  void each_file(const std::string& folder, const Cell& from, std::size_t depth, std::size_t level,
                 std::vector<File>& out) {
    if (level > limits_.depth) throw Refusal{from, "folders within folders without end in '" + folder + "'"};
    auto entries = files_.list(folder);
    if (!entries) {
      if (level == 0) warn(from, "'" + folder + "': " + entries.error().text);
      return;
    }
    const auto by_name = [](const FileSource::Entry& a, const FileSource::Entry& b) {
      return a.name < b.name;
    };
    std::sort(entries->begin(), entries->end(), by_name);
    for (const FileSource::Entry& entry : *entries) {
      const bool wanted = entry.name.ends_with(kEnding) && entry.name != kSecrets;
      if (entry.directory || entry.name.starts_with('.') || !wanted) continue;
      const CellIndex root = load(joined(folder, entry.name), from, depth);
      out.push_back({entry.name.substr(0, entry.name.size() - kEnding.size()), root});
    }
    for (const FileSource::Entry& entry : *entries) {
      if (!entry.directory || entry.name.starts_with('.')) continue;
      each_file(joined(folder, entry.name), from, depth, level + 1, out);
    }
  }

  CellIndex combine(const Cell& cell, const std::vector<File>& found) {
    switch (cell.tag) {
      case Tag::include_dir_list:
        return list_of(cell, found, false);
      case Tag::include_dir_merge_list:
        return list_of(cell, found, true);
      default:
        return map_of(cell, found, cell.tag == Tag::include_dir_merge_named);
    }
  }

  // Empty files are left out of lists. In merged ones Home Assistant passes over whatever is no list or map;
  // so does this, but says it.
  CellIndex list_of(const Cell& cell, const std::vector<File>& found, bool merged) {
    std::vector<CellIndex> items;
    for (const File& file : found) {
      const Cell& root = tree_.cells[file.root];
      if (root.kind == Kind::null) continue;
      if (!merged) {
        items.push_back(file.root);
      } else if (root.kind == Kind::list) {
        const auto* first = tree_.links.data() + root.begin;
        items.insert(items.end(), first, first + root.size);
      } else {
        warn(root, "this file is no list, and is passed over");
      }
    }
    return add(cell, Kind::list, items, items.size());
  }

  CellIndex map_of(const Cell& cell, const std::vector<File>& found, bool merged) {
    Dict dict(tree_);
    for (const File& file : found) {
      const Cell root = tree_.cells[file.root];
      if (!merged) {
        const CellIndex value = root.kind == Kind::null ? empty_map(root) : file.root;
        put(dict, {text_cell(root, file.stem), value}, "two files have the name '" + file.stem + "'");
      } else if (root.kind == Kind::map) {
        for (std::size_t i = 0; i < root.size; ++i) {
          const CellIndex* entry = tree_.links.data() + root.begin + i * 2;
          put(dict, {entry[0], entry[1]},
              "the key '" + std::string(tree_.text_of(tree_.cells[entry[0]])) + "' stands in two files");
        }
      } else if (root.kind != Kind::null) {
        warn(root, "this file is no map, and is passed over");
      }
    }
    std::vector<CellIndex> links;
    for (const Dict::Pair& entry : dict.take()) links.insert(links.end(), {entry.key, entry.value});
    return add(cell, Kind::map, links, links.size() / 2);
  }

  void put(Dict& dict, const Dict::Pair& entry, const std::string& twice) {
    const CellIndex before = dict.put(entry);
    if (before == Dict::kNone) return;
    warn(tree_.cells[entry.key],
         twice + " (first at " + Node(tree_, before).where() + "); the last one counts");
  }

  CellIndex add(const Cell& place, Kind kind, const std::vector<CellIndex>& links, std::size_t size) {
    Cell cell = place;
    cell.tag = Tag::none;
    cell.kind = kind;
    cell.begin = static_cast<std::uint32_t>(tree_.links.size());
    cell.size = static_cast<std::uint32_t>(size);
    tree_.links.insert(tree_.links.end(), links.begin(), links.end());
    tree_.cells.push_back(cell);
    return static_cast<CellIndex>(tree_.cells.size() - 1);
  }

  CellIndex empty_map(const Cell& place) { return add(place, Kind::map, {}, 0); }

  CellIndex text_cell(const Cell& place, std::string_view text) {
    Cell cell = place;
    cell.tag = Tag::none;
    cell.kind = Kind::text;
    cell.begin = texts_.put(text);
    cell.size = static_cast<std::uint32_t>(text.size());
    tree_.cells.push_back(cell);
    return static_cast<CellIndex>(tree_.cells.size() - 1);
  }

  // From the secrets.yaml beside the file, or the nearest one above it that has it. The secret itself never
  // stands in a message.
  void put_secret(CellIndex index) {
    const Cell cell = tree_.cells[index];
    const std::string name(tree_.text_of(cell));
    std::string folder = folder_of(chain_.back());
    while (true) {
      const std::string path = joined(folder, kSecrets);
      if (path == chain_.back()) throw Refusal{cell, "a secret cannot refer to another"};
      const auto root = secrets_in(path);
      const auto value = root ? find(*root, name) : std::nullopt;
      if (value) {
        if (!Node(tree_, *value).is_scalar())
          throw Refusal{cell, "the secret '" + name + "' is a list or a map"};
        Cell& place = tree_.cells[index];
        place = tree_.cells[*value];
        place.file = cell.file;
        place.line = cell.line;
        place.column = cell.column;
        place.secret = true;
        return;
      }
      if (folder.empty()) break;
      folder = folder_of(folder);
    }
    if (limits_.keep_missing_secrets) return;
    throw Refusal{cell, "there is no secret '" + name + "' (add it to " +
                            joined(folder_of(chain_.back()), kSecrets) + ")"};
  }

  [[nodiscard]] std::optional<CellIndex> find(CellIndex map, std::string_view key) const {
    const Cell& cell = tree_.cells[map];
    for (std::size_t i = 0; cell.kind == Kind::map && i < cell.size; ++i) {
      const CellIndex* entry = tree_.links.data() + cell.begin + i * 2;
      if (tree_.cells[entry[0]].kind == Kind::text && tree_.text_of(tree_.cells[entry[0]]) == key)
        return entry[1];
    }
    return std::nullopt;
  }

  std::optional<CellIndex> secrets_in(const std::string& path) {
    const auto known = secrets_.find(path);
    if (known != secrets_.end()) return known->second;
    std::optional<CellIndex> root;
    if (const auto text = files_.read(path, limits_.bytes)) {
      const Read read = parse(path, *text, Cell{});
      for (CellIndex i = read.first; i < read.end; ++i) {
        tree_.cells[i].secret = true;
        if (tree_.cells[i].tag != Tag::none) throw Refusal{tree_.cells[i], "a tag within a file of secrets"};
      }
      root = read.root;
    } else if (text.error().code != wire::ErrorCode::failed) {
      throw Refusal{Cell{}, "'" + path + "': " + text.error().text, true};
    }
    secrets_.emplace(path, root);
    return root;
  }

  void warn(const Cell& place, std::string text) {
    const Position position{tree_.files[place.file].path, place.line, place.column};
    warnings_.push_back({position.text(), std::move(text)});
  }

  FileSource& files_;
  Tree& tree_;
  Interner texts_;
  const Limits& limits_;
  std::vector<Warning>& warnings_;
  std::vector<std::string> chain_;  // the files that are being read, each included by the one before
  std::unordered_map<std::string, std::optional<CellIndex>> secrets_;
  std::vector<std::size_t> sizes_;  // of cells, once all is read
  std::size_t loads_ = 0, nodes_ = 0, bytes_ = 0;
};

}  // namespace

wire::Result<Document> load(FileSource& files, std::string_view path, const Limits& limits) {
  auto tree = std::make_unique<Tree>();
  std::vector<Warning> warnings;
  try {
    const CellIndex root = Loader(files, *tree, limits, warnings).load_first(path);
    tree->shrink();
    return Document(std::move(tree), root, std::move(warnings));
  } catch (const Refusal& refusal) {
    return to_error(refusal, *tree);
  }
}

wire::Result<std::vector<Package>> packages_of(const Document& document) {
  std::vector<Package> packages;
  const auto core = document.root().find("homeassistant");
  const auto found = core ? core->find("packages") : std::nullopt;
  if (!found || found->is_null()) return packages;
  if (!found->is_map()) {
    return found->error(wire::ErrorCode::wrong_type, "packages are a map: a name and what belongs to it");
  }
  for (const Entry entry : found->entries()) {
    if (entry.value.is_null()) continue;
    if (!entry.value.is_map()) {
      return entry.value.error(wire::ErrorCode::wrong_type,
                               "a package is a map: automation:, script: and so on");
    }
    packages.push_back({text_of(entry.key), entry.value});
  }
  return packages;
}

}  // namespace gable::rules::yaml
