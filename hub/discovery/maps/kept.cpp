#include "discovery/maps/kept.hpp"

#include <utility>

#include "discovery/signature.hpp"
#include "wire/json.hpp"

namespace gable::discovery::maps {

namespace {

// Keys of `over` replace those of `under`, objects within objects too.
void lay_over(wire::Object& under, wire::Object over) {
  for (wire::Member& member : over) {
    wire::Value* old = under.find(member.key);
    if (old != nullptr && old->as_object() != nullptr && member.value.as_object() != nullptr) {
      lay_over(*old->as_object(), std::move(*member.value.as_object()));
    } else {
      under.set(std::move(member.key), std::move(member.value));
    }
  }
}

// Keys and how long lists are, without what they hold: {"a":1,"b":[{}]} → "{a.b[{}]}".
void append_shape(const wire::Value& value, std::string& out) {
  if (const wire::Object* object = value.as_object()) {
    out += '{';
    for (const wire::Member& member : *object) {
      out += member.key + '.';
      append_shape(member.value, out);
    }
    out += '}';
  } else if (const wire::List* list = value.as_list()) {
    out += '[';
    for (const wire::Value& item : *list) append_shape(item, out);
    out += ']';
  } else if (value.is_null()) {
    // null and a value differ: a thermometer that is there, or not.
    out += '-';
  }
}

}  // namespace

wire::Value document_of(std::string_view payload) {
  auto read = wire::parse_json(payload, wire::kDocumentLimits);
  return read ? std::move(*read) : wire::Value(payload);
}

bool Messages::put(const std::string& name, const std::string& part, std::string_view payload,
                   const Options& options) {
  Parts& parts = messages_[name];
  const auto [place, is_new] = parts.try_emplace(part);
  Kept& kept = place->second;
  if (is_new) ++count_;
  wire::Value document = document_of(payload);
  if (options.overlay && kept.value.as_object() != nullptr && document.as_object() != nullptr) {
    lay_over(*kept.value.as_object(), std::move(*document.as_object()));
  } else {
    kept.value = std::move(document);
  }
  std::string text;
  if (options.changing) {
    append_shape(kept.value, text);
  } else {
    text = wire::to_json(kept.value);
  }
  const std::size_t bytes = options.overlay ? wire::to_json(kept.value).size() : payload.size();
  bytes_ = bytes_ - kept.bytes + bytes;
  kept.bytes = bytes;
  const std::uint64_t mark = signature_of(text);
  return is_new | (std::exchange(kept.mark, mark) != mark);
}

bool Messages::erase(std::string_view name, std::string_view part) {
  const auto found = messages_.find(name);
  if (found == messages_.end()) return false;
  const auto place = found->second.find(part);
  if (place == found->second.end()) return false;
  bytes_ -= place->second.bytes;
  --count_;
  found->second.erase(place);
  if (found->second.empty()) messages_.erase(found);
  return true;
}

wire::Value Messages::value(std::string_view name, bool parts) const {
  const auto found = messages_.find(name);
  if (!parts) return found == messages_.end() ? wire::Value() : found->second.begin()->second.value;
  wire::Object all;
  if (found == messages_.end()) return all;
  for (const auto& [part, kept] : found->second) all.append(part, kept.value);
  return all;
}

}  // namespace gable::discovery::maps
