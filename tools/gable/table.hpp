#pragma once
// A table of texts that fits the terminal: columns as wide as their longest cell, the widest cut where there
// is no room. On a pipe nothing is cut. A value type.

#include <iosfwd>
#include <string>
#include <vector>

#include "gable/paint.hpp"

namespace gable::cli {

struct Cell {
  std::string text;  // printable
  Colour colour = Colour::none;
};

class Table {
 public:
  explicit Table(std::vector<std::string> titles) : titles_(std::move(titles)) {}
  // As many cells as there are titles.
  void add(std::vector<Cell> cells) { rows_.push_back(std::move(cells)); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  // `columns`: of the terminal, 0: no limit. A column without any text is left out.
  void write(std::ostream& out, const Paint& paint, std::size_t columns) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(std::size_t columns) const;

  std::vector<std::string> titles_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace gable::cli
