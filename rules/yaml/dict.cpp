#include "yaml/dict.hpp"

#include <cmath>

#include "yaml/scalars.hpp"

namespace gable::rules::yaml {
namespace {

// A real that is a whole number equals the integer.
std::string real_key(double number) {
  constexpr double kExact = 9007199254740992.0;
  if (std::trunc(number) == number && std::abs(number) <= kExact) {
    return "i" + std::to_string(static_cast<std::int64_t>(number));
  }
  return "r" + real_text(number);
}

}  // namespace

std::string Dict::canonical(CellIndex key) const {
  const Cell& cell = tree_.cells[key];
  const std::string_view text = tree_.text_of(cell);
  const std::string tag(static_cast<std::size_t>(cell.tag), '!');
  switch (cell.kind) {
    case Kind::null:
      return "n";
    case Kind::boolean:
      return boolean_of(text).value_or(false) ? "i1" : "i0";
    case Kind::integer:
      return "i" + decimal_of(text).value_or(std::string(text));
    case Kind::real:
      return real_key(real_of(text).value_or(0));
    case Kind::timestamp:
      return "d" + timestamp_text(text).value_or(std::string(text));
    case Kind::text:
    case Kind::list:
    case Kind::map:
      break;
  }
  return tag + "t" + std::string(text);
}

bool Dict::same(CellIndex a, CellIndex b) const {
  const Cell& first = tree_.cells[a];
  const Cell& second = tree_.cells[b];
  if (first.kind == Kind::text && second.kind == Kind::text) {
    return first.size == second.size && first.tag == second.tag &&
           (first.begin == second.begin || tree_.text_of(first) == tree_.text_of(second));
  }
  if (first.kind == Kind::text || second.kind == Kind::text) return false;
  return canonical(a) == canonical(b);
}

std::size_t Dict::find(CellIndex key) {
  constexpr std::size_t kFew = 16;
  if (entries_.size() <= kFew) {
    std::size_t place = 0;
    while (place < entries_.size() && !same(entries_[place].key, key)) ++place;
    return place;
  }
  if (index_.empty()) {
    for (std::size_t i = 0; i < entries_.size(); ++i) index_.emplace(canonical(entries_[i].key), i);
  }
  const auto found = index_.find(canonical(key));
  return found == index_.end() ? entries_.size() : found->second;
}

CellIndex Dict::put(const Pair& entry) {
  const std::size_t place = find(entry.key);
  if (place == entries_.size()) {
    if (!index_.empty()) index_.emplace(canonical(entry.key), place);
    entries_.push_back(entry);
    return kNone;
  }
  const CellIndex before = entries_[place].key;
  // Of 1 and true the first stays; of equal texts the later one, since it stands where the value does.
  if (tree_.cells[before].kind == tree_.cells[entry.key].kind) entries_[place].key = entry.key;
  entries_[place].value = entry.value;
  return before;
}

}  // namespace gable::rules::yaml
