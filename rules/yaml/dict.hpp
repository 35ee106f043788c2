#pragma once
// The entries of one map as Python's dict keeps them: a key once, at the place where it stood first, with the
// value that came last. 1, 1.0 and true are one key.

#include <string>
#include <unordered_map>
#include <vector>

#include "yaml/tree.hpp"

namespace gable::rules::yaml {

class Dict {
 public:
  static constexpr CellIndex kNone = 0xFFFF'FFFF;
  struct Pair {
    CellIndex key, value;
  };

  explicit Dict(const Tree& tree) : tree_(tree) {}
  // The key that was there before and is the same, or kNone.
  CellIndex put(const Pair& entry);
  std::vector<Pair> take() { return std::move(entries_); }

 private:
  [[nodiscard]] std::size_t find(CellIndex key);
  [[nodiscard]] bool same(CellIndex a, CellIndex b) const;
  [[nodiscard]] std::string canonical(CellIndex key) const;

  const Tree& tree_;
  std::vector<Pair> entries_;
  std::unordered_map<std::string, std::size_t> index_;  // once there are many
};

}  // namespace gable::rules::yaml
