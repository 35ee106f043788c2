#include "node/config_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "wire/domains.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::node {
namespace {

constexpr std::array<std::string_view, 6> kOurTags{"!secret",
                                                   "!include",
                                                   "!include_dir_list",
                                                   "!include_dir_named",
                                                   "!include_dir_merge_list",
                                                   "!include_dir_merge_named"};

// yaml-cpp counts columns in bytes; people and editors count characters.
class LineMap {
 public:
  LineMap(const std::string& name, std::string_view text)
      : file_(std::make_shared<const std::string>(name)), text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  [[nodiscard]] std::string_view line(std::size_t number) const {
    if (number >= starts_.size()) return {};
    const std::size_t next = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
    return text_.substr(starts_[number], next - starts_[number]);
  }

  [[nodiscard]] ConfigPosition position(const YAML::Mark& mark) const {
    if (mark.line < 0) return at(0, 0);
    return at(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(std::max(mark.column, 0)));
  }

  // Both count from 0; `bytes` is the column in bytes. Counts on from the place asked for before, since a
  // file may be one long line.
  [[nodiscard]] ConfigPosition at(std::size_t line_number, std::size_t bytes) const {
    const std::string_view text = line(line_number);
    bytes = std::min(bytes, text.size());
    if (line_number != counted_line_) {
      counted_line_ = line_number;
      counted_bytes_ = continued_ = 0;
    }
    for (; counted_bytes_ < bytes; ++counted_bytes_) continued_ += continues(text[counted_bytes_]);
    while (counted_bytes_ > bytes) continued_ -= continues(text[--counted_bytes_]);
    return {file_, static_cast<std::uint32_t>(line_number + 1),
            static_cast<std::uint32_t>(bytes + 1 - continued_)};
  }

  // From the mark on to the end of the file.
  [[nodiscard]] std::string_view from(const YAML::Mark& mark) const {
    const auto number = static_cast<std::size_t>(std::max(mark.line, 0));
    if (number >= starts_.size()) return {};
    return text_.substr(
        std::min(text_.size(), starts_[number] + static_cast<std::size_t>(std::max(mark.column, 0))));
  }

  [[nodiscard]] std::size_t lines() const { return starts_.size(); }

 private:
  // A further byte of a character.
  static std::size_t continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 1 : 0; }

  mutable std::size_t counted_line_ = 0, counted_bytes_ = 0, continued_ = 0;
  std::shared_ptr<const std::string> file_;
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

bool same_place(const ConfigPosition& a, const ConfigPosition& b) {
  return a.line == b.line && a.column == b.column;
}

struct Size {
  std::size_t nodes = 1, height = 0, text = 0;
};

struct Anchored {
  ConfigNode node;
  Size size;
};

// A list or map that is not finished yet.
struct Frame {
  bool is_map = false;
  ConfigPosition position;
  std::string tag;
  YAML::anchor_t anchor = YAML::NullAnchor;
  Size size;
  ConfigNode::Items items;
  ConfigNode::Entries entries;
  std::unordered_map<std::string, std::size_t> index;  // key → entry, once there are many
  // A map's key that waits for its value.
  std::optional<std::string> key;
  ConfigPosition key_position;
  bool key_is_merge = false;
  std::vector<ConfigNode> merges;
};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const LineMap& lines, const ConfigReadOptions& options, std::vector<ConfigWarning>& warnings)
      : lines_(lines), options_(options), warnings_(warnings) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      throw ConfigError(lines_.position(mark), "the file should end here",
                        "wrong indentation, or a second document");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // The mark of an absent value is that of whatever comes next; its key's place is of more use.
    const bool in_map = !frames_.empty() && frames_.back().is_map;
    ConfigPosition position = lines_.position(mark);
    if (in_map && frames_.back().key) {
      const ConfigPosition& key = frames_.back().key_position;
      // In "[a, x" without its bracket, x looks like a map of its own; yaml-cpp will tell.
      if (same_place(key, position) && !same_place(key, frames_.back().position)) {
        throw ConfigError(position, "a ':' is missing after '" + *frames_.back().key + "'");
      }
      if (key.line != position.line) position = key;
    } else if (in_map) {
      throw ConfigError(position, "a key is missing before ':'");
    }
    add({ConfigNode(std::move(position)), {}}, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    last_ = lines_.position(mark);
    const auto found = anchors_.find(anchor);
    // An alias within its own anchor: a cycle, which would never end.
    if (found == anchors_.end()) throw ConfigError(last_, "an alias refers to the block in which it stands");
    add(found->second, YAML::NullAnchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    last_ = lines_.position(mark);
    last_scalar_ = mark;
    // yaml-cpp: "?" is a plain scalar, "!" a quoted one.
    const bool plain = tag != "!" && tag != "tag:yaml.org,2002:str";
    const std::string own = checked_tag(tag);
    ConfigNode node = ConfigNode::scalar(last_, text, plain && own.empty());
    if (!own.empty()) node = node.tagged(own);
    add({std::move(node), {1, 0, text.size()}}, anchor, plain && own.empty());
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(false, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(true, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  [[nodiscard]] ParsedConfig take() {
    if (!root_) return {ConfigNode::map(lines_.at(0, 0), {}), 1, 0, false};
    return {std::move(root_->node), root_->size.nodes, root_->size.height, references_};
  }
  [[nodiscard]] const ConfigPosition& last() const { return last_; }
  [[nodiscard]] const YAML::Mark& last_scalar() const { return last_scalar_; }

 private:
  std::string checked_tag(const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,2002:")) return {};
    if (std::find(kOurTags.begin(), kOurTags.end(), tag) != kOurTags.end()) {
      references_ = true;
      return tag;
    }
    if (std::find(options_.tags.begin(), options_.tags.end(), tag) != options_.tags.end()) return tag;
    const std::string_view near = wire::nearest(tag, kOurTags);
    throw ConfigError(last_, "unknown tag '" + tag + "'",
                      near.empty() ? std::string() : "did you mean '" + std::string(near) + "'?");
  }

  void open(bool is_map, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Frame frame;
    frame.is_map = is_map;
    last_ = frame.position = lines_.position(mark);
    frame.tag = checked_tag(tag);
    frame.anchor = anchor;
    if (!frames_.empty() && frames_.back().is_map && !frames_.back().key) {
      throw ConfigError(last_, "a key must be a text", "put '{{ … }}' in quotes");
    }
    if (frames_.size() >= options_.limits.depth) too_deep(last_);
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (!frame.merges.empty()) apply_merges(frame);
    ConfigNode node = frame.is_map ? ConfigNode::map(std::move(frame.position), std::move(frame.entries))
                                   : ConfigNode::list(std::move(frame.position), std::move(frame.items));
    if (!frame.tag.empty()) node = node.tagged(std::move(frame.tag));
    // Its parts are in the totals already.
    total_.nodes -= frame.size.nodes - 1;
    total_.text -= frame.size.text;
    add({std::move(node), frame.size}, frame.anchor);
  }

  void add(Anchored value, YAML::anchor_t anchor, bool plain = false) {
    count(value);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = value;
    if (frames_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.is_map && !frame.key) return take_key(frame, value.node, plain);
    frame.size.nodes += value.size.nodes;
    frame.size.text += value.size.text;
    frame.size.height = std::max(frame.size.height, value.size.height + 1);
    if (!frame.is_map) {
      frame.items.push_back(std::move(value.node));
    } else if (frame.key_is_merge) {
      frame.key.reset();
      frame.merges.push_back(std::move(value.node));
    } else {
      put(frame, {*std::exchange(frame.key, std::nullopt), frame.key_position, std::move(value.node)});
    }
  }

  void count(const Anchored& value) {
    const ConfigLimits& limits = options_.limits;
    total_.nodes += value.size.nodes;
    total_.text += value.size.text;
    const ConfigPosition& position = last_;
    if (total_.nodes > limits.nodes) {
      throw ConfigError(position, "more than " + std::to_string(limits.nodes) + " values, aliases expanded");
    }
    if (total_.text > limits.text) {
      throw ConfigError(position,
                        "more than " + std::to_string(limits.text) + " bytes of text, aliases expanded");
    }
    if (frames_.size() + value.size.height > limits.depth) too_deep(position);
  }

  [[noreturn]] void too_deep(const ConfigPosition& position) const {
    throw ConfigError(position, "nested more than " + std::to_string(options_.limits.depth) + " deep");
  }

  void take_key(Frame& frame, const ConfigNode& node, bool plain) {
    if (!node.is_scalar() || !node.tag().empty()) throw ConfigError(last_, "a key must be a text");
    --total_.nodes;  // keys are not counted
    frame.size.text += node.as_text().size();
    frame.key = node.as_text();
    frame.key_position = last_;
    frame.key_is_merge = plain && *frame.key == "<<";
  }

  static std::size_t find_key(Frame& frame, const std::string& key) {
    constexpr std::size_t kFew = 16;
    if (frame.entries.size() <= kFew) {
      const auto found = std::find_if(frame.entries.begin(), frame.entries.end(),
                                      [&](const ConfigEntry& entry) { return entry.key == key; });
      return static_cast<std::size_t>(found - frame.entries.begin());
    }
    if (frame.index.empty()) {
      for (std::size_t i = 0; i < frame.entries.size(); ++i) frame.index.emplace(frame.entries[i].key, i);
    }
    const auto found = frame.index.find(key);
    return found == frame.index.end() ? frame.entries.size() : found->second;
  }

  static void append(Frame& frame, ConfigEntry entry) {
    if (!frame.index.empty()) frame.index.emplace(entry.key, frame.entries.size());
    frame.entries.push_back(std::move(entry));
  }

  void put(Frame& frame, ConfigEntry entry) {
    const std::size_t place = find_key(frame, entry.key);
    if (place == frame.entries.size()) return append(frame, std::move(entry));
    const std::string text = "the key '" + entry.key + "' stands here twice";
    const std::string first = "first in line " + std::to_string(frame.entries[place].position.line);
    if (options_.duplicates == DuplicateKeys::refuse) entry.fail(text, first);
    warnings_.push_back({entry.position, text + " (" + first + "); the last one counts"});
    frame.entries[place] = std::move(entry);
  }

  // YAML 1.1, type "merge": keys of the map itself win, then those of the maps named first.
  void apply_merges(Frame& frame) {
    for (const ConfigNode& merge : frame.merges) {
      if (merge.is_map()) {
        merge_map(frame, merge);
      } else if (merge.is_list()) {
        for (const ConfigNode& item : merge.items()) merge_map(frame, item);
      } else {
        merge.fail_expected("a map or a list of maps to merge");
      }
    }
  }

  static void merge_map(Frame& frame, const ConfigNode& map) {
    if (!map.is_map()) map.fail_expected("a map to merge");
    for (const ConfigEntry& entry : map.entries()) {
      if (find_key(frame, entry.key) == frame.entries.size()) append(frame, entry);
    }
  }

  const LineMap& lines_;
  const ConfigReadOptions& options_;
  std::vector<ConfigWarning>& warnings_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::optional<Anchored> root_;
  Size total_{0, 0, 0};
  ConfigPosition last_;  // of the event before
  YAML::Mark last_scalar_;
  int documents_ = 0;
  bool references_ = false;
};

struct Wording {
  std::string_view theirs, ours, hint;
};
constexpr std::array<Wording, 17> kWordings{{
    {"illegal map value", "a ':' is not allowed here", "wrong indentation, or a text that needs quotes"},
    {"illegal block entry", "a '-' is not allowed here", "a list begins on a line of its own"},
    {"illegal map key", "a key is not allowed here", "wrong indentation"},
    {"end of map not found", "this does not belong to the block above",
     "wrong indentation, or a text that needs quotes"},
    {"end of sequence not found", "this does not belong to the list above", "wrong indentation"},
    {"end of sequence flow not found", "a '[' is not closed", ""},
    {"end of map flow not found", "a '{' is not closed", "put '{{ … }}' in quotes"},
    {"illegal flow end", "a closing bracket without an opening one", ""},
    {"unknown token", "a text cannot begin with this character", "put the text in quotes"},
    {"illegal EOF in scalar", "a quoted text is not closed", ""},
    {"illegal document indicator in scalar", "a quoted text is not closed", ""},
    {"the referenced anchor is not defined", "an alias to an anchor that is not defined above", ""},
    {"alias not found after *", "a text cannot begin with '*'", "put the text in quotes"},
    {"illegal character found while scanning alias", "a text cannot begin with '*'",
     "put the text in quotes"},
    {"illegal tab when looking for indentation", "a tab in the indentation", "use spaces"},
    {"bad file", "nested too deep", ""},
    {"illegal character in scalar", "a text cannot begin or go on like this",
     "wrong indentation, or a text that needs quotes"},
}};

// yaml-cpp's words, translated; `last` is the place of the last thing that was understood.
ConfigError translate(const YAML::Exception& error, const LineMap& lines, const ConfigPosition& last) {
  const std::string_view line =
      error.mark.line < 0 ? std::string_view() : lines.line(static_cast<std::size_t>(error.mark.line));
  const std::size_t tab = line.substr(0, line.find_first_not_of(" \t")).find('\t');
  if (tab != std::string_view::npos) {
    return {lines.at(static_cast<std::size_t>(error.mark.line), tab), "a tab in the indentation",
            "use spaces"};
  }
  for (const Wording& wording : kWordings) {
    if (!error.msg.starts_with(wording.theirs)) continue;
    std::string hint(wording.hint);
    const bool unclosed = wording.ours.ends_with("not closed");
    if (unclosed && hint.empty() && last.line > 0)
      hint = "it begins after line " + std::to_string(last.line) + ", column " + std::to_string(last.column);
    return {lines.position(error.mark), std::string(wording.ours), hint};
  }
  return {lines.position(error.mark), std::string(wire::utf8_start(error.msg))};
}

// yaml-cpp takes a quoted text for closed when the file ends after a line break.
void check_closed(const LineMap& lines, const YAML::Mark& mark) {
  std::string_view text = lines.from(mark);
  while (text.starts_with('!') || text.starts_with('&')) {
    text.remove_prefix(std::min(text.size(), text.find_first_of(" \t\r\n")));
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t\r\n")));
  }
  if (!text.starts_with('"') && !text.starts_with('\'')) return;
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool escape = quote == '"' && text[i] == '\\';
    const bool doubled = quote == '\'' && text[i] == quote && i + 1 < text.size() && text[i + 1] == quote;
    if (escape || doubled) {
      ++i;
    } else if (text[i] == quote) {
      return;
    }
  }
  throw ConfigError(lines.position(mark), "a quoted text is not closed");
}

// What YAML 1.1 does not allow anywhere in a file, and yaml-cpp lets pass.
void check_characters(const LineMap& lines) {
  for (std::size_t number = 0; number < lines.lines(); ++number) {
    const std::string_view line = lines.line(number);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto c = static_cast<unsigned char>(line[i]);
      if ((c < ' ' && c != '\t' && c != '\r') || c == 0x7F) {
        throw ConfigError(lines.at(number, i), "a control character (" + std::to_string(c) + ")",
                          "is this a text file?");
      }
    }
    if (!wire::valid_utf8(line)) throw ConfigError(lines.at(number, 0), "this line is not UTF-8");
  }
}

}  // namespace

ParsedConfig parse_config_file(const std::string& name, std::string_view text,
                               const ConfigReadOptions& options, std::vector<ConfigWarning>& warnings) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  const LineMap lines(name, text);
  if (text.size() > options.limits.bytes) {
    throw ConfigError(lines.at(0, 0), "larger than " + std::to_string(options.limits.bytes) + " bytes");
  }
  check_characters(lines);
  std::istringstream in{std::string(text)};
  TreeBuilder builder(lines, options, warnings);
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    throw translate(error, lines, builder.last());
  }
  check_closed(lines, builder.last_scalar());
  return builder.take();
}

}  // namespace gable::node
