// Every decoder on every object: what one takes, its encoding takes as well, and nothing is lost on the way.

#include "fuzz_target.hpp"
#include "wire/description.hpp"
#include "wire/documents.hpp"
#include "wire/json.hpp"

namespace {

using gable::fuzz::require;
using gable::wire::Object;
using gable::wire::Result;

template <class Doc>
void check(Result<Doc> (*decode)(const Object&), const Object& document) {
  const Result<Doc> doc = decode(document);
  if (!doc) {
    require(gable::wire::valid_utf8(doc.error().message()) ||
                doc.error().message().find('\0') != std::string::npos,
            "messages are UTF-8");
    return;
  }
  const Object encoded = encode(*doc);
  const Result<Doc> again = decode(encoded);
  require(again.has_value(), "an encoded document is decoded again");
  require(encode(*again) == encoded, "encoding is stable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document =
      gable::wire::parse_object(gable::fuzz::text_of(data, size), gable::wire::kDocumentLimits);
  if (!document) return 0;
  check(gable::wire::decode_status, *document);
  check(gable::wire::decode_info, *document);
  check(gable::wire::decode_inventory, *document);
  check(gable::wire::decode_link, *document);
  check(gable::wire::decode_result, *document);
  check(gable::wire::decode_availability, *document);
  check(gable::wire::decode_problem, *document);
  check(gable::wire::decode_response, *document);
  check(gable::wire::decode_health, *document);
  check(gable::wire::decode_device, *document);
  return 0;
}
