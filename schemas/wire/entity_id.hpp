#pragma once
// EntityId: `<domain>.<object_id>` (design section 1).

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "wire/result_type.hpp"

namespace gable::wire {

class EntityId {
 public:
  EntityId() = default;
  // Both parts must be valid; use parse() for text from outside.
  EntityId(std::string_view domain, std::string_view object_id);
  // "light.kitchen". Errors: malformed (characters, length), unknown_entity is never given here.
  static Result<EntityId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view domain() const { return std::string_view(text_).substr(0, dot_); }
  [[nodiscard]] std::string_view object_id() const {
    return text_.empty() ? std::string_view{} : std::string_view(text_).substr(dot_ + 1);
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  friend bool operator==(const EntityId& a, const EntityId& b) { return a.text_ == b.text_; }
  friend auto operator<=>(const EntityId& a, const EntityId& b) { return a.text_ <=> b.text_; }

 private:
  std::string text_;
  std::size_t dot_ = 0;
};

// [a-z][a-z0-9_]{0,63}; whether there is such a domain is the table's business.
bool valid_domain(std::string_view text);
// [a-z0-9_]{1,128}
bool valid_object_id(std::string_view text);
// Protocol addresses: [A-Za-z0-9_.:-]{1,128}; also for bridges.
bool valid_device_id(std::string_view text);
// Home Assistant's slug: lower case, accents folded, other runs of characters become one `_`; "unknown" when
// nothing is left. At most 128 characters.
std::string slugify(std::string_view name);

}  // namespace gable::wire

template <>
struct std::hash<gable::wire::EntityId> {
  std::size_t operator()(const gable::wire::EntityId& id) const noexcept {
    return std::hash<std::string_view>{}(id.text());
  }
};
