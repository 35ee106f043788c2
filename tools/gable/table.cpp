#include "gable/table.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>

namespace gable::cli {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;

}  // namespace

std::vector<std::size_t> Table::widths(std::size_t columns) const {
  std::vector<std::size_t> wide(titles_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = std::max(wide[i], width_of(row[i].text));
  }
  std::size_t shown = 0;
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (wide[i] == 0) continue;
    wide[i] = std::max(wide[i], width_of(titles_[i]));
    ++shown;
  }
  if (columns == 0 || shown == 0) return wide;
  std::size_t total = std::accumulate(wide.begin(), wide.end(), (shown - 1) * kGap);
  while (total > columns) {
    // What stands first is a name that is copied from here.
    const auto widest = std::max_element(wide.begin() + 1, wide.end());
    if (widest == wide.end() || *widest <= kNarrowest) break;
    --*widest;
    --total;
  }
  return wide;
}

void Table::write(std::ostream& out, const Paint& paint, std::size_t columns) const {
  const auto wide = widths(columns);
  const auto line = [&](const auto& cell_at) {
    std::size_t gap = 0;
    for (std::size_t i = 0; i < wide.size(); ++i) {
      if (wide[i] == 0) continue;
      const Cell cell = cell_at(i);
      const std::string text = cut_to(cell.text, wide[i]);
      out << std::string(gap, ' ') << paint(cell.colour, text);
      gap = wide[i] - width_of(text) + kGap;
    }
    out << '\n';
  };
  line([&](std::size_t i) { return Cell{titles_[i], Colour::bold}; });
  for (const auto& row : rows_) {
    line([&](std::size_t i) { return row[i]; });
  }
}

}  // namespace gable::cli
