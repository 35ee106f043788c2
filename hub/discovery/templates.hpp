#pragma once
// What announcements repeat. Templates are compiled once however many entities use the same text (a house of
// 4,478 devices has 261,000 uses of 4,700 templates).

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "template/template.hpp"
#include "wire/result_type.hpp"
#include "wire/shared.hpp"

namespace gable::discovery {

using TemplatePtr = std::shared_ptr<const rules::jinja::Template>;

class Templates {
 public:
  // Errors: malformed, too_large (more than 64 KiB); a text that failed is not tried again.
  wire::Result<TemplatePtr> compile(std::string_view source);
  // Lets go of those that nobody uses any more.
  void sweep();
  [[nodiscard]] std::size_t size() const { return compiled_.size(); }
  // A text that many repeat, such as the topic of all the entities of a device, held once.
  wire::Shared<std::string> shared(std::string text) {
    wire::Shared<std::string> one(std::move(text));
    texts_.unify(one);
    return one;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, wire::Result<TemplatePtr>, Hash, std::equal_to<>> compiled_;
  wire::Pool<std::string, Hash> texts_;
};

}  // namespace gable::discovery
