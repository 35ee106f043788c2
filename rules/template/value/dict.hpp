#pragma once
// Dict and Set: hashed by Python's rules (1, 1.0 and True are one key), in the order of insertion. Filled by
// whoever makes one, then only read, through DictPtr and SetPtr. Pure.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

// Finds the position of a key by its hash. Its owner keeps the keys in order and searches few of them one by
// one; the index is for more than that.
class KeyIndex {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  static constexpr std::size_t kFew = 8;

  // The position with this hash for which matches(position) is true, or kNone.
  template <typename Matches>
  [[nodiscard]] std::size_t find(std::size_t hash, const Matches& matches) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
      const std::size_t position = slots_[slot] - 1;
      if (hashes_[position] == hash && matches(position)) return position;
    }
    return kNone;
  }
  // The next position's hash.
  void append(std::size_t hash);
  // How many positions it knows: none as long as there are few.
  [[nodiscard]] std::size_t size() const { return hashes_.size(); }

 private:
  void enter(std::size_t position);

  std::vector<std::uint32_t> slots_;  // position + 1, 0 is free; a power of two, at most half of it in use
  std::vector<std::size_t> hashes_;   // by position
};

// hash() of a text.
[[nodiscard]] std::size_t text_hash(std::string_view text);

class Dict {
 public:
  struct Entry {
    Value key;
    Value value;
  };

  // Null when the key is absent. The text form does not build a Value.
  [[nodiscard]] const Value* find(const Value& key) const;
  [[nodiscard]] const Value* find(std::string_view key) const;
  // Replaces in place or appends. Throws TypeError for an unhashable key.
  void set(Value key, Value value);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::uint16_t depth() const { return depth_; }
  void reserve(std::size_t entries) { entries_.reserve(entries); }

 private:
  [[nodiscard]] std::size_t position(const Value& key) const;

  std::vector<Entry> entries_;
  KeyIndex index_;
  std::uint16_t depth_ = 1;
};

class Set {
 public:
  [[nodiscard]] bool contains(const Value& item) const;
  // False if an equal item is there already (that one stays). Throws TypeError for an unhashable item.
  bool insert(Value item);
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  // In the order of insertion. (Python's order of a set of text differs from run to run: nobody can rely on
  // it.)
  [[nodiscard]] const Values& items() const { return items_; }
  [[nodiscard]] std::uint16_t depth() const { return depth_; }

 private:
  [[nodiscard]] std::size_t position(const Value& item) const;

  Values items_;
  KeyIndex index_;
  std::uint16_t depth_ = 1;
};

}  // namespace gable::rules::jinja
