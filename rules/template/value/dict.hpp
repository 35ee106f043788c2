#pragma once
// Dict and Set: hashed by Python's rules (1, 1.0 and True are one key), in the order of insertion. Filled by
// whoever makes one, then only read, through DictPtr and SetPtr. Pure.

#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

// Keys in the order in which they were first inserted, each with the position of its entry. Small ones are
// searched one by one, larger ones through an index that is made when it is first needed.
class KeyIndex {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // Position of `key` among `size` entries whose keys `key_at(i)` gives, or kNone. Throws TypeError for a key
  // that Python cannot hash (list, dict, set).
  template <typename KeyAt>
  [[nodiscard]] std::size_t find(const Value& key, std::size_t size, const KeyAt& key_at) const;
  // To be called after an entry was appended.
  void appended(const Value& key, std::size_t position);

 private:
  std::unordered_multimap<std::size_t, std::size_t> positions_;  // hash → position
};

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

 private:
  std::vector<Entry> entries_;
  KeyIndex index_;
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

 private:
  Values items_;
  KeyIndex index_;
};

}  // namespace gable::rules::jinja
