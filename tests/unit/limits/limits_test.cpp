// Every limit on what comes in, as it is by default: one less and the limit itself are taken, one more is
// not. What is said then, and where, is tested beside each reader.

#include <gtest/gtest.h>

#include "memory_files.hpp"
#include "template/evaluate/budget.hpp"
#include "template/value/error.hpp"
#include "wire/description.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"
#include "yaml/loader.hpp"

namespace gable::test {
namespace {

using Takes = std::function<bool(std::size_t size)>;

struct Limit {
  const char* name;
  std::size_t limit;
  Takes takes;
};
void PrintTo(const Limit& limit, std::ostream* out) { *out << limit.name; }

std::string of_letters(std::size_t size) { return std::string(size, 'a'); }
std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }
// A list and its items: so many values.
std::string values(std::size_t count) {
  std::string out = "[";
  for (std::size_t i = 1; i < count; ++i) out += i == 1 ? "1" : ",1";
  return out + "]";
}
std::string comment(std::size_t size) { return "#" + of_letters(size - 1); }

bool json(const std::string& text, const wire::JsonLimits& limits) {
  return wire::parse_json(text, limits).has_value();
}
bool yaml(const std::string& text) { return rules::yaml::parse("rules.yaml", text).has_value(); }
bool house(const std::string& text) { return node::test::error_of(text) == "no error"; }

// house.yaml includes 1.yaml, which includes 2.yaml …
bool included(std::size_t files) {
  node::test::MemoryFiles all;
  for (std::size_t i = 0; i <= files; ++i) {
    const std::string name = i == 0 ? "house.yaml" : std::to_string(i) + ".yaml";
    all.add("/conf/" + name, i == files ? "1\n" : "a: !include " + std::to_string(i + 1) + ".yaml\n");
  }
  return node::test::error_of(all, "/conf/house.yaml") == "no error";
}

template <class Spend>
bool within_budget(const Spend& spend) {
  rules::jinja::Budget budget{rules::jinja::Limits{}};
  try {
    spend(budget);
  } catch (const rules::jinja::EvaluationError&) {
    return false;
  }
  return true;
}

bool device(const std::string& rest) {
  const auto document =
      wire::parse_object(R"({"schema":"device/1","name":"x",)" + rest + "}", wire::kDocumentLimits);
  return document && wire::decode_device(*document).has_value();
}
std::string entities(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += (i == 0 ? "" : ",") + ("\"s" + std::to_string(i)) + R"(":{"domain":"sensor"})";
  return R"("entities":{)" + out + "}";
}
std::string options(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "\"o" : ",\"o") + std::to_string(i) + "\"";
  return R"("entity":{"domain":"select","options":[)" + out + "]}";
}

class LimitTest : public testing::TestWithParam<Limit> {};

TEST_P(LimitTest, OneMoreIsRefused) {
  const auto& [name, limit, takes] = GetParam();
  EXPECT_TRUE(takes(limit - 1)) << name;
  EXPECT_TRUE(takes(limit)) << name;
  EXPECT_FALSE(takes(limit + 1)) << name;
}

const wire::JsonLimits kPayload{};
std::string quoted(std::size_t size) { return "\"" + of_letters(size - 2) + "\""; }

INSTANTIATE_TEST_SUITE_P(
    Json, LimitTest,
    testing::Values(
        Limit{"bytes of a payload", 64 * 1024, [](std::size_t n) { return json(quoted(n), kPayload); }},
        Limit{"depth of a payload", 16, [](std::size_t n) { return json(nested(n), kPayload); }},
        Limit{"values of a payload", 10'000, [](std::size_t n) { return json(values(n), kPayload); }},
        Limit{"bytes of an announcement", 1024 * 1024,
              [](std::size_t n) { return json(quoted(n), wire::kDocumentLimits); }},
        Limit{"depth of an announcement", 32,
              [](std::size_t n) { return json(nested(n), wire::kDocumentLimits); }},
        Limit{"values of an announcement", 100'000,
              [](std::size_t n) { return json(values(n), wire::kDocumentLimits); }}));

INSTANTIATE_TEST_SUITE_P(
    Rules, LimitTest,
    testing::Values(Limit{"bytes of a file", 1024 * 1024, [](std::size_t n) { return yaml(comment(n)); }},
                    Limit{"depth of a file", 64, [](std::size_t n) { return yaml(nested(n)); }},
                    Limit{"values of a file", 100'000, [](std::size_t n) { return yaml(values(n)); }}));

INSTANTIATE_TEST_SUITE_P(
    Configuration, LimitTest,
    testing::Values(Limit{"bytes of a file", 1024 * 1024, [](std::size_t n) { return house(comment(n)); }},
                    Limit{"depth of a file", 64, [](std::size_t n) { return house(nested(n)); }},
                    Limit{"values of a file", 100'000, [](std::size_t n) { return house(values(n)); }},
                    Limit{"files within files", 16, included}));

INSTANTIATE_TEST_SUITE_P(Template, LimitTest,
                         testing::Values(Limit{"steps", 10'000,
                                               [](std::size_t n) {
                                                 return within_budget([n](auto& budget) {
                                                   for (std::size_t i = 0; i < n; ++i) budget.step();
                                                 });
                                               }},
                                         Limit{"octets of a text", 256 * 1024,
                                               [](std::size_t n) {
                                                 return within_budget([n](auto& budget) { budget.text(n); });
                                               }},
                                         Limit{"macros that call macros", 64, [](std::size_t n) {
                                                 return within_budget([n](auto& budget) {
                                                   for (std::size_t i = 0; i < n; ++i) budget.enter();
                                                 });
                                               }}));

INSTANTIATE_TEST_SUITE_P(
    Names, LimitTest,
    testing::Values(
        Limit{"a domain", 64, [](std::size_t n) { return wire::valid_domain(of_letters(n)); }},
        Limit{"an object id", 128, [](std::size_t n) { return wire::valid_object_id(of_letters(n)); }},
        Limit{"a device's id", 128, [](std::size_t n) { return wire::valid_device_id(of_letters(n)); }},
        Limit{"a topic", 65'535, [](std::size_t n) { return wire::valid_topic_name(of_letters(n)); }}));

INSTANTIATE_TEST_SUITE_P(
    Device, LimitTest,
    testing::Values(Limit{"entities", 500, [](std::size_t n) { return device(entities(n)); }},
                    Limit{"options", 1'000, [](std::size_t n) { return device(options(n)); }},
                    Limit{"a text", 256,
                          [](std::size_t n) {
                            return device(R"("entity":{"domain":"switch"},"model":")" + of_letters(n) + "\"");
                          }},
                    Limit{"a URL", 2'048, [](std::size_t n) {
                            return device(R"("entity":{"domain":"switch"},"configuration_url":"http://)" +
                                          of_letters(n - 7) + "\"");
                          }}));

}  // namespace
}  // namespace gable::test
