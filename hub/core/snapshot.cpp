#include "core/snapshot.hpp"

#include <algorithm>

#include "core/render.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::Value;

constexpr std::int64_t kStandard = 3'600, kSmallest = 1'000, kLargest = 65'536;  // bytes

wire::Result<std::size_t> page_bytes(const wire::Object& arguments) {
  const Value* value = arguments.find("page_bytes");
  if (value == nullptr) return static_cast<std::size_t>(kStandard);
  const std::int64_t* bytes = value->as_int();
  if (bytes == nullptr)
    return Error{ErrorCode::wrong_type, "expected a number of bytes, not " + std::string(value->type_name()),
                 "page_bytes"};
  if (*bytes < kSmallest || *bytes > kLargest)
    return Error{ErrorCode::out_of_range, "expected 1000 to 65536, not " + std::to_string(*bytes),
                 "page_bytes"};
  return static_cast<std::size_t>(*bytes);
}

std::vector<const Entity*> chosen(const Registry& registry, const wire::Object& arguments) {
  const auto word = [&](const char* key) {
    const Value* value = arguments.find(key);
    return value == nullptr ? std::string_view() : value->string_or("");
  };
  const std::string_view domain = word("domain"), area = word("area");
  std::vector<const Entity*> found;
  for (const Entity& entity : registry.entities()) {
    if (entity.forgotten || (!domain.empty() && entity.id.domain() != domain)) continue;
    if (area.empty() || entity.area == area) found.push_back(&entity);
  }
  std::sort(found.begin(), found.end(), [](const Entity* a, const Entity* b) { return a->id < b->id; });
  return found;
}

std::string row_of(const Entity& entity, const Registry& registry) {
  std::string row = R"({"id":")" + entity.id.text() + R"(","meta":)" + meta_document(entity, registry);
  if (!entity.disabled()) {
    row += R"(,"state":)" + state_document(entity);
    row += R"(,"availability":)" + availability_document(entity);
  }
  return row + '}';
}

}  // namespace

wire::Result<std::vector<std::string>> snapshot(const Registry& registry, const wire::Object& arguments) {
  const auto limit = page_bytes(arguments);
  if (!limit) return limit.error();
  constexpr std::size_t kFrame = 60;  // around the rows
  std::vector<std::string> pages;
  std::string rows;
  const auto close = [&](const char* more) {
    pages.push_back(R"({"part":)" + std::to_string(pages.size() + 1) + R"(,"entities":[)" + rows +
                    R"(],"more":)" + more + '}');
    rows.clear();
  };
  for (const Entity* entity : chosen(registry, arguments)) {
    std::string row = row_of(*entity, registry);
    if (!rows.empty() && rows.size() + row.size() + kFrame > *limit) close("true");
    rows += (rows.empty() ? "" : ",") + std::move(row);
  }
  close("false");
  return pages;
}

}  // namespace gable::hub
