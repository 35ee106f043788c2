#include "template/callables/sorting.hpp"

#include <algorithm>
#include <bit>

#include "template/evaluate/evaluation.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

using Iterator = std::vector<Sortable>::iterator;

struct Before {
  bool within_list;

  bool operator()(const Sortable& a, const Sortable& b) const {
    return !(within_list && equals(a.key, b.key)) && less(a.key, b.key);
  }
};

// The end of the ascending run at the begin; a strictly descending one is turned round.
Iterator first_run(Iterator begin, Iterator end, Before before) {
  Iterator at = begin + 1;
  if (at == end) return end;
  if (before(*at, *begin)) {
    do {
      ++at;
    } while (at != end && before(*at, *(at - 1)));
    std::reverse(begin, at);
    return at;
  }
  do {
    ++at;
  } while (at != end && !before(*at, *(at - 1)));
  return at;
}

// Puts what is from `sorted` on into its place, found by halving.
void insert_binary(Iterator begin, Iterator sorted, Iterator end, Before before) {
  for (Iterator at = sorted; at != end; ++at) {
    Iterator low = begin;
    Iterator high = at;
    while (low < high) {
      const Iterator middle = low + (high - low) / 2;
      if (before(*at, *middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    std::rotate(low, at, at + 1);
  }
}

void merge_sort(Iterator begin, Iterator end, Before before) {
  constexpr std::ptrdiff_t kShort = 64;  // as Python's
  if (end - begin < kShort) {
    if (end - begin > 1) insert_binary(begin, first_run(begin, end, before), end, before);
    return;
  }
  const Iterator middle = begin + (end - begin) / 2;
  merge_sort(begin, middle, before);
  merge_sort(middle, end, before);
  std::inplace_merge(begin, middle, end, before);
}

}  // namespace

void sort_stable(Evaluation& evaluation, std::vector<Sortable>& sortables, Order order) {
  const std::size_t size = sortables.size();
  evaluation.budget().work(size * static_cast<std::size_t>(std::bit_width(size)));
  if (order.reverse) std::ranges::reverse(sortables);
  merge_sort(sortables.begin(), sortables.end(), Before{order.within_list});
  if (order.reverse) std::ranges::reverse(sortables);
}

Values sorted_values(std::vector<Sortable> sortables) {
  Values values;
  values.reserve(sortables.size());
  for (Sortable& sortable : sortables) values.push_back(std::move(sortable.value));
  return values;
}

}  // namespace gable::rules::jinja
