#pragma once
// ConfigNode: a configuration file as a tree of our own, in which every node knows its file, line and column.
// Made by config_reader; immutable, cheap to copy, any thread. Its getters check types and throw ConfigError
// with the position, what was expected and what was found.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::node {

// A place in a file. Lines and columns (in characters) begin with 1; line 0: the file as a whole.
struct ConfigPosition {
  std::shared_ptr<const std::string> file;  // shared by all nodes of the file; null: no file (command line)
  std::uint32_t line = 0, column = 0;
  // "house.yaml:12:5", "house.yaml", or empty.
  [[nodiscard]] std::string text() const;
};

// "Cannot start": caught once in main. what() is "house.yaml:12:5: expected a number, found 'abc' (hint)".
class ConfigError : public std::runtime_error {
 public:
  ConfigError(const ConfigPosition& position, std::string message, std::string advice = {});
  explicit ConfigError(std::string message, std::string advice = {})
      : ConfigError(ConfigPosition{}, std::move(message), std::move(advice)) {}

  std::string file;  // empty: not about a file
  std::uint32_t line = 0, column = 0;
  std::string text, hint;
};

struct ConfigEntry;

class ConfigNode {
 public:
  enum class Kind { null, scalar, list, map };
  using Items = std::vector<ConfigNode>;
  using Entries = std::vector<ConfigEntry>;

  ConfigNode() = default;  // null, no position
  explicit ConfigNode(ConfigPosition position) : position_(std::move(position)) {}
  // `plain`: not quoted, so that 5, true and ~ are more than text.
  static ConfigNode scalar(ConfigPosition position, std::string text, bool plain);
  static ConfigNode list(ConfigPosition position, Items items);
  static ConfigNode map(ConfigPosition position, Entries entries);
  // The same node with a tag ("!secret": its text is never shown in messages).
  [[nodiscard]] ConfigNode tagged(std::string tag) const;

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind_ == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind_ == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind_ == Kind::map; }
  [[nodiscard]] bool is_plain() const { return plain_; }
  [[nodiscard]] const std::string& tag() const { return tag_; }
  [[nodiscard]] const ConfigPosition& position() const { return position_; }

  // Scalars as written; numbers, too, are texts here. Errors: list, map, null.
  [[nodiscard]] const std::string& as_text() const;
  // The same, but not empty.
  [[nodiscard]] const std::string& as_name() const;
  // YAML 1.1's words as PyYAML has them: true false yes no on off, in small, capital and Initial letters.
  [[nodiscard]] bool as_bool() const;
  // Whole number within the range, decimal or 0x…; a leading zero is refused, since YAML 1.1 would read it as
  // octal.
  [[nodiscard]] std::int64_t as_int(std::int64_t min = std::numeric_limits<std::int64_t>::min(),
                                    std::int64_t max = std::numeric_limits<std::int64_t>::max()) const;
  // Finite number within the range.
  [[nodiscard]] double as_number(double min = std::numeric_limits<double>::lowest(),
                                 double max = std::numeric_limits<double>::max()) const;
  // 5 · 2.5 (seconds) · "250ms" · "5s" · "10 min" · "2h" · "1d" · "00:05" (hours:minutes) · "00:05:00" ·
  // {hours: 1, minutes: 5}. Never negative. A plain 5:30 is 330 s, as in YAML 1.1.
  [[nodiscard]] wire::Duration as_duration() const;
  // A list of texts, or one text, or nothing (an empty list).
  [[nodiscard]] std::vector<std::string> as_text_list() const;
  // As PyYAML would build it: null, booleans, integers, floats, texts, lists, objects. Base-60 numbers stay
  // text.
  [[nodiscard]] wire::Value to_value() const;

  // Null counts as an empty list or map, as an empty block in a file does. Errors: any other kind.
  [[nodiscard]] const Items& items() const;
  [[nodiscard]] const Entries& entries() const;
  // The value of `key` in a map (or null node); null pointer when there is none.
  [[nodiscard]] const ConfigNode* find(std::string_view key) const;
  // Error when there is none, at the map's position.
  [[nodiscard]] const ConfigNode& at(std::string_view key) const;
  // Error at the first key that is not among `keys`, with the nearest of them.
  void expect_keys(std::initializer_list<std::string_view> keys) const;

  // Throws ConfigError at this node.
  [[noreturn]] void fail(const std::string& text, const std::string& hint = {}) const;
  // Throws "expected <what>, found …".
  [[noreturn]] void fail_expected(std::string_view what, const std::string& hint = {}) const;

 private:
  Kind kind_ = Kind::null;
  bool plain_ = false;
  ConfigPosition position_;
  std::string text_, tag_;
  // Shared by all aliases of one anchor.
  std::shared_ptr<const Items> items_;
  std::shared_ptr<const Entries> entries_;
};

struct ConfigEntry {
  std::string key;
  ConfigPosition position;  // of the key
  ConfigNode value;
  // Throws ConfigError at the key.
  [[noreturn]] void fail(const std::string& text, const std::string& hint = {}) const {
    throw ConfigError(position, text, hint);
  }
};

// What PyYAML takes a plain scalar for. Shared by the getters and the rule loader.
bool is_yaml_null(std::string_view text);
// 1 true, 0 false, −1 neither.
int yaml_bool(std::string_view text);

}  // namespace gable::node
