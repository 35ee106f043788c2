// What the YAML reader takes is within the limits, has its places within the file and can be walked; what it
// refuses is refused in words that may be published.

#include "fuzz_target.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace {

using gable::fuzz::is_text;
using gable::fuzz::require;
using gable::rules::yaml::Entry;
using gable::rules::yaml::Kind;
using gable::rules::yaml::Limits;
using gable::rules::yaml::Node;

constexpr std::size_t kNodes = 5000, kDepth = 24;

struct Walk {
  std::size_t bytes, nodes = 0;

  void scalar(Node node) const {
    require(is_text(node.written()), "texts are UTF-8");
    require(is_text(text_of(node)), "printed texts are UTF-8");
    require(node.kind() != Kind::boolean || node.as_boolean().has_value(), "a boolean is one");
    require(node.kind() != Kind::real || node.as_number().has_value(), "a real is one");
    require(node.kind() != Kind::integer || node.as_number().has_value(), "an integer is one");
  }

  void all(Node node, std::size_t depth) {
    require(++nodes <= kNodes, "the number of nodes is limited");
    require(depth <= kDepth || node.is_scalar(), "the depth is limited");
    const auto place = node.position();
    require(place.line <= bytes + 1 && place.column <= bytes + 1, "places are in the file");
    if (node.is_scalar()) return scalar(node);
    for (const Node item : node.items()) all(item, depth + 1);
    for (const Entry entry : node.entries()) {
      scalar(entry.key);
      if (entry.key.is_text() && entry.key.tag() == gable::rules::yaml::Tag::none) {
        require(node.find(entry.key.written()) == entry.value, "a key is found");
      }
      all(entry.value, depth + 1);
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gable::fuzz::text_of(data, size);
  Limits limits;
  limits.nodes = kNodes;
  limits.depth = kDepth;
  const auto document = gable::rules::yaml::parse("t", text, limits);
  if (document) {
    Walk walk{size};
    walk.all(document->root(), 1);
    for (const auto& warning : document->warnings()) require(is_text(warning.text), "warnings are UTF-8");
    to_value(document->root());
  } else {
    require(is_text(document.error().message()), "messages are UTF-8");
    require(document.error().where.starts_with("t"), "errors have a place");
  }
  return 0;
}
