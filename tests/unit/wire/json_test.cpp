#include "wire/json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace gable::wire {
namespace {

ErrorCode code_of(std::string_view text, const JsonLimits& limits = {}) {
  const Result<Value> result = parse_json(text, limits);
  EXPECT_FALSE(result) << text;
  return result ? ErrorCode::failed : result.error().code;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string list_of(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "1" : ",1";
  return text + "]";
}

TEST(ParseJson, ReadsEveryType) {
  const auto value = parse_json(R"( {"a":[1,-2.5,true,false,null,"x\u00e9\n"],"b":{}} )");
  ASSERT_TRUE(value) << value.error().message();
  EXPECT_EQ(*value,
            Value(Object{{"a", List{1, -2.5, true, false, Value(), "x\xC3\xA9\n"}}, {"b", Object()}}));
}

TEST(ParseJson, RoundTripsCompactText) {
  for (const std::string text :
       {R"({"b":1,"a":[{"c":null},[],{}],"d":"\"\\\u0001\u007f"})", "[21.0,1e+16,-0.0]", R"("é€😀")",
        "9223372036854775807", "-9223372036854775808"}) {
    const auto value = parse_json(text);
    ASSERT_TRUE(value) << text << ": " << value.error().message();
    const auto again = parse_json(to_json(*value));
    ASSERT_TRUE(again) << to_json(*value);
    EXPECT_EQ(*value, *again) << text;
  }
  EXPECT_EQ(to_json(*parse_json("[21.0, 1e+16 ,-0.0]")), "[21.0,1e+16,-0.0]");
}

TEST(ParseJson, SizeLimit) {
  const JsonLimits limits{8, 16, 100};
  EXPECT_TRUE(parse_json("\"12345\"", limits));
  EXPECT_TRUE(parse_json("\"123456\"", limits));
  EXPECT_EQ(code_of("\"1234567\"", limits), ErrorCode::too_large);
  EXPECT_EQ(code_of("123456789", limits), ErrorCode::too_large);
}

TEST(ParseJson, DepthLimit) {
  EXPECT_TRUE(parse_json(nested(15)));
  EXPECT_TRUE(parse_json(nested(16)));
  EXPECT_EQ(code_of(nested(17)), ErrorCode::too_large);
  const JsonLimits scalars{100, 0, 100};
  EXPECT_TRUE(parse_json("1", scalars));
  EXPECT_EQ(code_of("[]", scalars), ErrorCode::too_large);
}

TEST(ParseJson, NodeLimitCountsContainers) {
  const JsonLimits limits{1000, 16, 10};
  EXPECT_TRUE(parse_json(list_of(8), limits));
  EXPECT_TRUE(parse_json(list_of(9), limits));
  EXPECT_EQ(code_of(list_of(10), limits), ErrorCode::too_large);
}

TEST(ParseJson, DepthBombIsRefusedWhereItBegins) {
  const auto result = parse_json(std::string(1'000'000, '['), kDocumentLimits);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::too_large);
  EXPECT_EQ(result.error().where, "byte 33");
}

TEST(ParseJson, DuplicateKeysAreRefusedAtAnyDepth) {
  EXPECT_EQ(code_of(R"({"a":1,"a":1})"), ErrorCode::malformed);
  EXPECT_EQ(code_of(R"([{"b":{"a":1,"c":2,"a":3}}])"), ErrorCode::malformed);
  EXPECT_TRUE(parse_json(R"({"a":{"a":{"a":1}}})"));
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse_json(many + "\"x\":0}"));
  EXPECT_EQ(code_of(many + "\"k42\":0}"), ErrorCode::malformed);
  // The same key in another spelling is the same key.
  EXPECT_EQ(code_of(R"({"a":1,"\u0061":1})"), ErrorCode::malformed);
}

TEST(ParseJson, SyntaxErrorsNameTheByte) {
  const auto result = parse_json(R"({"a":1,})");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::malformed);
  EXPECT_EQ(result.error().where, "byte 8");
  for (const std::string_view text :
       {"",          " ",     "{",   "]",      "{]",  "[1,]",    "{a:1}",  "'a'",         "tru",
        "nul",       "01",    "1.",  ".5",     "+1",  "0x10",    "1e",     "NaN",         "Infinity",
        "-Infinity", "[NaN]", "1 2", "//x\n1", "\"a", "\"\\x\"", "\"\t\"", "\"\\ud800\"", "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(code_of(text), ErrorCode::malformed) << text;
  }
}

TEST(ParseJson, NothingHidesBehindANul) {
  for (const std::string_view text : {std::string_view("{}\0", 3), std::string_view("[1]\0{", 5),
                                      std::string_view("\0", 1), std::string_view("\"a\0\"", 4)}) {
    EXPECT_EQ(code_of(text), ErrorCode::malformed);
  }
}

TEST(ParseJson, InvalidUtf8IsRefusedAndNotRepeatedInTheMessage) {
  for (const std::string_view bad : {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"",
                                     "\"\xE2\x82\"", "\"\x80\"", "{\"\xC3\":1}"}) {
    const auto result = parse_json(bad);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::malformed);
    EXPECT_TRUE(valid_utf8(result.error().message())) << result.error().message();
  }
}

TEST(ParseJson, NumbersBeyondTheIntegersBecomeDoubles) {
  const auto type = [](std::string_view text) { return parse_json(text)->type_name(); };
  EXPECT_EQ(type("9223372036854775807"), "integer");
  EXPECT_EQ(type("9223372036854775808"), "number");
  EXPECT_EQ(type("[9223372036854775808]"), "list");
  EXPECT_EQ((*parse_json("[9223372036854775808]")->as_list())[0].type_name(), "number");
  EXPECT_EQ(type("-9223372036854775809"), "number");
  EXPECT_EQ(type("1e3"), "number");
  EXPECT_EQ(code_of("1e400"), ErrorCode::malformed);
  EXPECT_EQ(code_of("[-1e400]"), ErrorCode::malformed);
  EXPECT_EQ(parse_json("1e-400")->number_or(1), 0.0);
}

TEST(ParseObject, WantsAnObject) {
  EXPECT_TRUE(parse_object("{}"));
  EXPECT_EQ(parse_object("[]").error().code, ErrorCode::wrong_type);
  EXPECT_EQ(parse_object("on").error().code, ErrorCode::malformed);
}

TEST(ParseScalar, TakesExactlyOneScalar) {
  Value value("before");
  ASSERT_TRUE(parse_scalar("21.50", value));
  EXPECT_EQ(value, Value(21.5));
  ASSERT_TRUE(parse_scalar("-7", value));
  EXPECT_EQ(value.type_name(), "integer");
  ASSERT_TRUE(parse_scalar("1E+2", value));
  EXPECT_EQ(value, Value(100.0));
  ASSERT_TRUE(parse_scalar("true", value));
  EXPECT_EQ(value, Value(true));
  ASSERT_TRUE(parse_scalar("null", value));
  EXPECT_TRUE(value.is_null());
}

TEST(ParseScalar, LeavesEverythingElseAlone) {
  Value value("before");
  for (const std::string_view text :
       {"",    " 1",  "1 ",  "01", "-",    "--1",   "1.", ".5",  "1e",  "1e+",  "inf",
        "nan", "0x1", "1_0", "on", "True", "\"a\"", "{}", "40%", "+10", "1e999"}) {
    EXPECT_FALSE(parse_scalar(text, value)) << text;
  }
  EXPECT_EQ(value, Value("before"));
}

TEST(WriteJson, EscapesWhatMustBeEscaped) {
  EXPECT_EQ(to_json(Value("\"\\\b\f\n\r\t\x01/é")), R"("\"\\\b\f\n\r\t\u0001/é")");
  EXPECT_EQ(to_json(Value(std::string_view("\0", 1))), R"("\u0000")");
  EXPECT_EQ(to_json(Object{{"a\"b", 1}}), R"({"a\"b":1})");
  EXPECT_EQ(to_json(Value(std::numeric_limits<double>::infinity())), "null");
}

// The writer looks at eight characters at once: each character in each place, among others near it in number.
TEST(WriteJson, EscapesInEveryPlaceOfALongText) {
  const std::string around = "abc!#[]\x7Fé\x20ghij";
  for (int c = 0; c < 128; ++c) {
    const std::string one(1, static_cast<char>(c)), alone = to_json(Value(one));
    for (std::size_t place = 0; place <= 8; ++place) {
      const std::string before(place, '!');
      EXPECT_EQ(to_json(Value(before + one + around)),
                "\"" + before + alone.substr(1, alone.size() - 2) + around + "\"");
    }
  }
}

TEST(Utf8, FollowsTheTableOfUnicode) {
  for (const std::string_view good :
       {"", "a", "é", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(valid_utf8(good)) << good;
  }
  for (const std::string_view bad :
       {"\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(valid_utf8(bad));
  }
  EXPECT_FALSE(valid_utf8(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace gable::wire
