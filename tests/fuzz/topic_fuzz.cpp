// What parse takes is spelled again as the same topic, and the filter of its kind matches it. The first line
// of the input is a topic, the second a filter.

#include "fuzz_target.hpp"
#include "wire/topic.hpp"

namespace {

using gable::fuzz::require;
using gable::wire::EntityId;
using gable::wire::ParsedTopic;
using gable::wire::TopicKind;

std::string spell(const gable::wire::TopicTree& tree, const ParsedTopic& parsed) {
  switch (parsed.kind) {
    case TopicKind::set:
      if (parsed.attribute.empty()) return tree.entity(parsed.kind, parsed.domain, parsed.name);
      return tree.set_attribute(EntityId(parsed.domain, parsed.name), parsed.attribute);
    case TopicKind::set_area:
      return tree.set_area(parsed.name, parsed.domain);
    case TopicKind::call:
      return tree.call(parsed.domain, parsed.name);
    case TopicKind::client:
      return tree.client(parsed.owner, parsed.name);
    default:
      break;
  }
  if (parsed.kind < TopicKind::set) return tree.entity(parsed.kind, parsed.domain, parsed.name);
  if (parsed.kind < TopicKind::client) return tree.hub(parsed.kind, parsed.name);
  return tree.bridge(parsed.kind, parsed.owner, parsed.name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const gable::wire::TopicTree kTree("gable");
  const std::string_view input = gable::fuzz::text_of(data, size);
  const std::string_view topic = input.substr(0, input.find('\n'));
  if (const auto parsed = kTree.parse(topic)) {
    require(gable::wire::valid_topic_name(topic) || topic.size() > 65'535, "a parsed topic may be published");
    require(spell(kTree, *parsed) == topic, "a parsed topic is spelled the same");
    require(gable::wire::topic_matches(kTree.filter(parsed->kind), topic), "the filter of its kind matches");
    require(gable::wire::topic_matches(kTree.all(), topic), "the filter of all matches");
  }
  if (topic.size() < input.size()) {
    const std::string_view filter = input.substr(topic.size() + 1);
    if (filter == topic && gable::wire::valid_topic_name(topic)) {
      require(gable::wire::topic_matches(filter, topic), "a topic matches itself");
    }
    (void)gable::wire::topic_matches(filter, topic);
  }
  const std::string slug = gable::wire::slugify(input);
  require(gable::wire::valid_object_id(slug), "a slug is an object id");
  require(gable::wire::slugify(slug) == slug, "a slug is its own slug");
  return 0;
}
