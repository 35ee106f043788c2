#include "yaml/tree.hpp"

namespace gable::rules::yaml {

std::uint32_t Interner::put(std::string_view text) {
  constexpr std::size_t kShort = 48;
  const auto begin = static_cast<std::uint32_t>(store_.size());
  if (text.size() <= kShort) {
    if (const auto found = known_.find(text); found != known_.end()) return found->begin;
  }
  store_.append(text);
  if (text.size() <= kShort) known_.insert(Slice{begin, static_cast<std::uint32_t>(text.size())});
  return begin;
}

}  // namespace gable::rules::yaml
