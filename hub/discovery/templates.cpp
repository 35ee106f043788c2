#include "discovery/templates.hpp"

#include <utility>

namespace gable::discovery {

namespace {

constexpr std::size_t kMaxSource = 64 * std::size_t{1024};
constexpr std::size_t kMaxKept = 50'000;

}  // namespace

wire::Result<TemplatePtr> Templates::compile(std::string_view source) {
  if (source.size() > kMaxSource)
    return wire::Error{wire::ErrorCode::too_large, "a template has at most 64 KiB", ""};
  if (const auto known = compiled_.find(source); known != compiled_.end()) return known->second;
  auto made = rules::jinja::Template::compile(source);
  wire::Result<TemplatePtr> kept =
      made ? wire::Result<TemplatePtr>(std::make_shared<const rules::jinja::Template>(std::move(*made)))
           : wire::Result<TemplatePtr>(made.error());
  if (compiled_.size() >= kMaxKept) sweep();
  if (compiled_.size() < kMaxKept) compiled_.emplace(std::string(source), kept);
  return kept;
}

void Templates::sweep() {
  std::erase_if(compiled_,
                [](const auto& entry) { return !entry.second || entry.second.value().use_count() == 1; });
}

}  // namespace gable::discovery
