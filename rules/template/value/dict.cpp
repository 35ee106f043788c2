// Dict and Set: few keys are searched one by one, more through the index.

#include "template/value/dict.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

bool is_scalar(const Value& key) { return key.kind() <= Value::Kind::bytes; }

bool same_key(const Value& a, const Value& b) {
  const std::string* text = a.as_text();
  const std::string* other = b.as_text();
  if (text != nullptr && other != nullptr) return *text == *other;
  return equals(a, b);
}

template <typename KeyAt>
std::size_t search(const KeyIndex& index, const Value& key, std::size_t size, const KeyAt& key_at) {
  if (index.size() != 0) {
    return index.find(hash(key), [&](std::size_t i) { return same_key(key_at(i), key); });
  }
  if (!is_scalar(key)) static_cast<void>(hash(key));  // refuses what cannot be hashed
  for (std::size_t i = 0; i < size; ++i) {
    if (same_key(key_at(i), key)) return i;
  }
  return KeyIndex::kNone;
}

// Called before the entry number `size` is appended.
template <typename KeyAt>
void extend(KeyIndex& index, const Value& key, std::size_t size, const KeyAt& key_at) {
  if (size < KeyIndex::kFew) return;
  while (index.size() < size) index.append(hash(key_at(index.size())));
  index.append(hash(key));
}

std::uint16_t deeper(std::uint16_t depth, const Value& content) {
  const std::uint16_t below = content.depth();
  if (below >= Value::kMaxDepth) throw_error(ErrorClass::recursion_error, "nested too deeply");
  return std::max(depth, static_cast<std::uint16_t>(below + 1));
}

}  // namespace

std::size_t text_hash(std::string_view text) { return std::hash<std::string_view>{}(text); }

void KeyIndex::append(std::size_t hash) {
  hashes_.push_back(hash);
  if (hashes_.size() * 2 <= slots_.size()) {
    enter(hashes_.size() - 1);
    return;
  }
  slots_.assign(std::max<std::size_t>(slots_.size() * 2, 4 * kFew), 0);
  for (std::size_t i = 0; i < hashes_.size(); ++i) enter(i);
}

void KeyIndex::enter(std::size_t position) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hashes_[position] & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<std::uint32_t>(position + 1);
}

std::size_t Dict::position(const Value& key) const {
  return search(index_, key, entries_.size(),
                [this](std::size_t i) -> const Value& { return entries_[i].key; });
}

const Value* Dict::find(const Value& key) const {
  const std::size_t at = position(key);
  return at != KeyIndex::kNone ? &entries_[at].value : nullptr;
}

const Value* Dict::find(std::string_view key) const {
  const auto matches = [&](std::size_t i) {
    const std::string* text = entries_[i].key.as_text();
    return text != nullptr && *text == key;
  };
  if (index_.size() != 0) {
    const std::size_t at = index_.find(text_hash(key), matches);
    return at != KeyIndex::kNone ? &entries_[at].value : nullptr;
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (matches(i)) return &entries_[i].value;
  }
  return nullptr;
}

void Dict::set(Value key, Value value) {
  const std::uint16_t depth = deeper(deeper(depth_, key), value);
  const std::size_t at = position(key);
  if (at != KeyIndex::kNone) {
    entries_[at].value = std::move(value);
  } else {
    extend(index_, key, entries_.size(), [this](std::size_t i) -> const Value& { return entries_[i].key; });
    entries_.push_back({std::move(key), std::move(value)});
  }
  depth_ = depth;
}

std::size_t Set::position(const Value& item) const {
  return search(index_, item, items_.size(), [this](std::size_t i) -> const Value& { return items_[i]; });
}

bool Set::contains(const Value& item) const { return position(item) != KeyIndex::kNone; }

bool Set::insert(Value item) {
  const std::uint16_t depth = deeper(depth_, item);
  if (position(item) != KeyIndex::kNone) return false;
  extend(index_, item, items_.size(), [this](std::size_t i) -> const Value& { return items_[i]; });
  items_.push_back(std::move(item));
  depth_ = depth;
  return true;
}

}  // namespace gable::rules::jinja
