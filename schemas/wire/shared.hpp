#pragma once
// Shared: a value that many hold and hardly anybody changes. Copying it copies a pointer; whoever wants to
// change it gets one of his own. Thousands of entities have one of a few hundred descriptions.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <unordered_set>
#include <utility>

namespace gable::wire {

// A Shared that was never given a value reads as T{} and takes no memory. One thread.
template <class T>
class Shared {
 public:
  Shared() = default;
  Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}  // NOLINT: a value is what it is

  [[nodiscard]] const T& operator*() const { return value_ == nullptr ? kNothing : *value_; }
  [[nodiscard]] const T* operator->() const { return &**this; }

  // To change it: a copy of one's own where others hold it too. Valid until this is copied or assigned.
  [[nodiscard]] T& own() {
    if (value_.use_count() != 1) value_ = std::make_shared<T>(**this);
    return *value_;
  }
  [[nodiscard]] bool alone() const { return value_.use_count() == 1; }
  [[nodiscard]] bool same(const Shared& other) const { return value_ == other.value_; }

 private:
  inline static const T kNothing{};
  std::shared_ptr<T> value_;
};

// Makes equal values one, for as long as somebody beside the pool holds them. Hash: of a T.
template <class T, class Hash>
class Pool {
 public:
  // Replaces `value` by the first one that was equal to it.
  void unify(Shared<T>& value) {
    const auto [first, fresh] = values_.insert(value);
    if (!fresh) value = *first;
    if (values_.size() < limit_) return;
    std::erase_if(values_, [](const Shared<T>& held) { return held.alone(); });
    limit_ = std::max(kFirstLimit, 2 * values_.size());
  }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  static constexpr std::size_t kFirstLimit = 256;
  struct ByValue {
    std::size_t operator()(const Shared<T>& value) const { return Hash{}(*value); }
  };
  struct Equal {
    bool operator()(const Shared<T>& a, const Shared<T>& b) const { return a.same(b) || *a == *b; }
  };
  std::unordered_set<Shared<T>, ByValue, Equal> values_;
  std::size_t limit_ = kFirstLimit;  // from here on it looks for what nobody holds any more
};

}  // namespace gable::wire
