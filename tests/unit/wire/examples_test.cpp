// schemas/examples through the C++ decoders: what the schemas take, they take; what the schemas refuse, they
// refuse with the error code that the file's name says.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "wire/description.hpp"
#include "wire/documents.hpp"
#include "wire/json.hpp"

namespace gable::wire {
namespace {

namespace fs = std::filesystem;

const fs::path kExamples = fs::path(GABLE_SOURCE_DIR) / "schemas" / "examples";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> files(const fs::path& folder, std::string_view prefix) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
  }
  return found;
}

// Decodes and encodes again.
using Codec = std::function<Result<Object>(const Object&)>;

template <class Doc>
Codec codec(Result<Doc> (*decode)(const Object&)) {
  return [decode](const Object& document) -> Result<Object> {
    const Result<Doc> doc = decode(document);
    if (!doc) return doc.error();
    return encode(*doc);
  };
}

Result<Object> entity_codec(const Object& document) {
  const Result<EntityDescription> entity = decode_entity(document);
  if (!entity) return entity.error();
  Object out;
  encode_entity(*entity, out);
  return out;
}

const std::map<std::string, Codec>& codecs() {
  static const std::map<std::string, Codec> kCodecs{{"status", codec(decode_status)},
                                                    {"info", codec(decode_info)},
                                                    {"hub-info", codec(decode_info)},
                                                    {"inventory", codec(decode_inventory)},
                                                    {"link", codec(decode_link)},
                                                    {"result", codec(decode_result)},
                                                    {"entity-result", codec(decode_result)},
                                                    {"availability", codec(decode_availability)},
                                                    {"problem", codec(decode_problem)},
                                                    {"response", codec(decode_response)},
                                                    {"health", codec(decode_health)},
                                                    {"device", codec(decode_device)},
                                                    {"entity", entity_codec}};
  return kCodecs;
}

Object document(const fs::path& path) {
  Result<Object> parsed = parse_object(read(path), kDocumentLimits);
  EXPECT_TRUE(parsed) << path << ": " << parsed.error().message();
  return parsed ? *parsed : Object();
}

TEST(Examples, GoodOnesComeOutAsTheyWentIn) {
  for (const auto& [kind, through] : codecs()) {
    const auto good = files(kExamples / kind, "good-");
    EXPECT_FALSE(good.empty()) << kind;
    for (const fs::path& path : good) {
      Object expected = document(path);
      const Result<Object> got = through(expected);
      ASSERT_TRUE(got) << path << ": " << got.error().message();
      expected.erase("colour");  // unknown keys are ignored
      expected.erase("final");   // follows from the status
      EXPECT_EQ(*got, expected) << path << "\n" << to_json(*got);
    }
  }
}

TEST(Examples, BadOnesAreRefusedWithTheCodeOfTheirName) {
  // Only the schema wants these; the decoders take what they need.
  const std::set<std::string> schema_only{"entity-result/bad-malformed-accepted_is_not_final.json"};
  for (const auto& [kind, through] : codecs()) {
    const auto bad = files(kExamples / kind, "bad-");
    EXPECT_FALSE(bad.empty()) << kind;
    for (const fs::path& path : bad) {
      const std::string file = path.filename().string();
      const Result<Object> got = through(document(path));
      const bool expected = schema_only.contains(kind + "/" + file);
      ASSERT_EQ(got.has_value(), expected) << path;
      if (got) continue;
      const std::string code = file.substr(4, file.find('-', 4) - 4);
      EXPECT_EQ(to_string(got.error().code), code) << path << ": " << got.error().message();
    }
  }
}

TEST(Examples, AreAllWithinTheLimitsOfAReport) {
  const auto all = files(kExamples, "");
  EXPECT_GT(all.size(), 100U);
  for (const fs::path& path : all) {
    if (!fs::is_regular_file(path)) continue;
    const Result<Value> parsed = parse_json(read(path));
    ASSERT_TRUE(parsed) << path << ": " << parsed.error().message();
    EXPECT_EQ(*parse_json(to_json(*parsed)), *parsed) << path;
  }
}

TEST(Examples, SchemasListTheErrorCodes) {
  const Object common = document(fs::path(GABLE_SOURCE_DIR) / "schemas/json/common.schema.json");
  const Object& definitions = *common.find("$defs")->as_object();
  List codes;
  for (int i = 0; i <= static_cast<int>(ErrorCode::refused); ++i)
    codes.emplace_back(to_string(static_cast<ErrorCode>(i)));
  EXPECT_EQ(*definitions.find("error_code")->as_object()->find("enum"), Value(codes));
}

}  // namespace
}  // namespace gable::wire
