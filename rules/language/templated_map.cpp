#include "language/templated_map.hpp"

#include <algorithm>

#include "template/value/dict.hpp"

namespace gable::rules {

void TemplatedMap::put(Templated key, Templated value) {
  const std::string* name = key.is_literal() ? key.literal().as_text() : nullptr;
  if (name != nullptr) {
    for (auto& [known, old] : entries_) {
      const std::string* text = known.is_literal() ? known.literal().as_text() : nullptr;
      if (text == nullptr || *text != *name) continue;
      old = std::move(value);
      return;
    }
  }
  entries_.emplace_back(std::move(key), std::move(value));
}

Templated TemplatedMap::take(Place place) {
  const bool literal = std::all_of(entries_.begin(), entries_.end(), [](const auto& entry) {
    return entry.first.is_literal() && entry.second.is_literal();
  });
  Templated out;
  if (literal) {
    auto dict = std::make_shared<jinja::Dict>();
    for (const auto& [key, value] : entries_) dict->set(key.literal(), value.literal());
    out = Templated(jinja::Value(jinja::DictPtr(std::move(dict))));
  } else {
    out = Templated(std::move(entries_));
  }
  entries_.clear();
  out.place = place;
  return out;
}

Templated templated_list(std::vector<Templated> items, Place place) {
  const bool literal =
      std::all_of(items.begin(), items.end(), [](const Templated& item) { return item.is_literal(); });
  Templated out;
  if (literal) {
    jinja::Values values;
    values.reserve(items.size());
    for (const Templated& item : items) values.push_back(item.literal());
    out = Templated(jinja::Value::list(std::move(values)));
  } else {
    out = Templated(std::move(items));
  }
  out.place = place;
  return out;
}

}  // namespace gable::rules
