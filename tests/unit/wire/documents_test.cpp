#include "wire/documents.hpp"

#include <gtest/gtest.h>

#include "wire/json.hpp"

namespace gable::wire {
namespace {

using namespace std::chrono_literals;

Object object(std::string_view json) {
  Result<Object> parsed = parse_object(json);
  EXPECT_TRUE(parsed) << json;
  return parsed ? *parsed : Object();
}

template <class Doc>
void expect_error(const Result<Doc>& result, ErrorCode code, std::string_view where) {
  ASSERT_FALSE(result) << where;
  EXPECT_EQ(result.error().code, code) << result.error().message();
  EXPECT_EQ(result.error().where, where);
}

constexpr std::string_view kTime = "2026-11-22T00:41:07.120Z";

TEST(Documents, StatusRoundTrip) {
  const Object json =
      object(R"({"status":"degraded","session":"s1","since":"2026-11-22T00:41:07.120Z","reason":"r"})");
  const auto doc = decode_status(json);
  ASSERT_TRUE(doc);
  EXPECT_EQ(doc->status, ParticipantStatus::degraded);
  EXPECT_EQ(doc->since, parse_time(kTime));
  EXPECT_EQ(encode(*doc), json);
}

TEST(Documents, EncodingLeavesOutWhatIsEmpty) {
  EXPECT_EQ(to_json(encode(StatusDoc{})), R"({"status":"offline"})");
  EXPECT_EQ(to_json(encode(LinkDoc{})), R"({"status":"online"})");
  EXPECT_EQ(to_json(encode(ResultDoc{})), R"({"status":"done"})");
  EXPECT_EQ(to_json(encode(ResponseDoc{})), R"({"ok":true})");
  EXPECT_EQ(to_json(encode(InventoryDoc{})), R"({"rev":0,"complete":false,"devices":[]})");
}

TEST(Documents, NullMeansAbsent) {
  const auto doc =
      decode_link(object(R"({"status":"sleeping","reason":null,"last_seen":null,"signal":null})"));
  ASSERT_TRUE(doc);
  EXPECT_FALSE(doc->last_seen);
  EXPECT_FALSE(doc->signal);
}

TEST(Documents, UnknownKeysAreIgnored) {
  EXPECT_TRUE(decode_status(object(R"({"status":"online","session":"s","colour":[1,2]})")));
}

TEST(Documents, ErrorsNameTheKey) {
  expect_error(decode_status(object("{}")), ErrorCode::malformed, "status");
  expect_error(decode_status(object(R"({"status":null})")), ErrorCode::malformed, "status");
  expect_error(decode_status(object(R"({"status":1})")), ErrorCode::wrong_type, "status");
  expect_error(decode_status(object(R"({"status":"Online"})")), ErrorCode::out_of_range, "status");
  expect_error(decode_status(object(R"({"status":""})")), ErrorCode::out_of_range, "status");
  expect_error(decode_status(object(R"({"status":"online","since":"today"})")), ErrorCode::malformed,
               "since");
  expect_error(decode_status(object(R"({"status":"online","since":""})")), ErrorCode::malformed, "since");
  expect_error(decode_status(object(R"({"status":"online","since":17})")), ErrorCode::wrong_type, "since");
  expect_error(decode_link(object(R"({"status":"online","signal":"-60"})")), ErrorCode::wrong_type, "signal");
}

TEST(Documents, TheFirstErrorIsKept) {
  expect_error(decode_status(object(R"({"status":"x","session":1,"since":2})")), ErrorCode::out_of_range,
               "status");
}

TEST(Documents, BatteryIsAPercentage) {
  for (const double good : {0.0, 100.0})
    EXPECT_TRUE(decode_link(Object{{"status", "online"}, {"battery", good}}));
  for (const double bad : {-0.1, 100.1}) {
    expect_error(decode_link(Object{{"status", "online"}, {"battery", bad}}), ErrorCode::out_of_range,
                 "battery");
  }
}

TEST(Documents, InfoKeepsOtherKeys) {
  const Object json =
      object(R"({"schema":"bridge/1","program":"p","version":"1","protocol":"hue","homepage":"x"})");
  const auto doc = decode_info(json);
  ASSERT_TRUE(doc);
  EXPECT_EQ(doc->extra, (Object{{"homepage", "x"}}));
  EXPECT_EQ(encode(*doc), json);
}

TEST(Documents, InfoRefusesALaterMajorVersion) {
  const auto with_schema = [](const char* schema) { return Object{{"schema", schema}, {"program", "p"}}; };
  EXPECT_TRUE(decode_info(with_schema("hub/1")));
  expect_error(decode_info(with_schema("bridge/2")), ErrorCode::newer_schema, "schema");
  for (const char* bad :
       {"", "bridge", "bridge/", "bridge/0", "bridge/-1", "bridge/1x", "/1", "bridge/99999999999"}) {
    expect_error(decode_info(with_schema(bad)), ErrorCode::malformed, "schema");
  }
}

TEST(Documents, InventoryChecksEveryDeviceId) {
  const auto good = decode_inventory(object(R"({"rev":3,"complete":true,"devices":["1.1.7","a"]})"));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->devices, (std::vector<std::string>{"1.1.7", "a"}));
  const auto with = [](const char* devices) {
    return object(std::string(R"({"complete":true,"devices":)") + devices + "}");
  };
  expect_error(decode_inventory(with(R"(["a","b/c"])")), ErrorCode::malformed, "devices[1]");
  expect_error(decode_inventory(with("[1]")), ErrorCode::wrong_type, "devices[0]");
  expect_error(decode_inventory(with("\"a\"")), ErrorCode::wrong_type, "devices");
  expect_error(decode_inventory(with("null")), ErrorCode::malformed, "devices");
}

TEST(Documents, ResultRoundTrip) {
  const Object json = object(
      R"({"id":"c-20","status":"failed","code":"unavailable","reason":"no answer","entity":"lamp","took_ms":340,)"
      R"("_at":"2026-11-22T00:41:07.120Z"})");
  const auto doc = decode_result(json);
  ASSERT_TRUE(doc);
  EXPECT_EQ(doc->took, Duration(340));
  EXPECT_EQ(doc->code, ErrorCode::unavailable);
  EXPECT_EQ(encode(*doc), json);
}

TEST(Documents, ResultCodeOfALaterVersionIsLeftOut) {
  const auto doc = decode_result(object(R"({"status":"failed","code":"out_of_ink"})"));
  ASSERT_TRUE(doc);
  EXPECT_FALSE(doc->code);
  expect_error(decode_result(object(R"({"status":"failed","code":7})")), ErrorCode::wrong_type, "code");
}

TEST(Documents, ResultTimeTakenIsWholeAndNotNegative) {
  expect_error(decode_result(object(R"({"status":"done","took_ms":1.5})")), ErrorCode::wrong_type, "took_ms");
  expect_error(decode_result(object(R"({"status":"done","took_ms":-1})")), ErrorCode::out_of_range,
               "took_ms");
  EXPECT_EQ(decode_result(object(R"({"status":"done","took_ms":0})"))->took, Duration(0));
}

TEST(Documents, EveryWordIsReadBack) {
  for (int i = 0; i <= static_cast<int>(CommandStatus::expired); ++i) {
    const auto status = static_cast<CommandStatus>(i);
    EXPECT_EQ(decode_result(Object{{"status", to_string(status)}})->status, status);
    EXPECT_EQ(is_final(status), to_string(status) != "accepted");
  }
  for (int i = 0; i <= static_cast<int>(Availability::offline); ++i) {
    const auto status = static_cast<Availability>(i);
    EXPECT_EQ(decode_availability(Object{{"status", to_string(status)}})->status, status);
  }
  for (int i = 0; i <= static_cast<int>(Severity::error); ++i) {
    const auto severity = static_cast<Severity>(i);
    EXPECT_EQ(decode_problem(Object{{"severity", to_string(severity)}, {"text", "x"}})->severity, severity);
  }
  for (int i = 0; i <= static_cast<int>(ErrorCode::refused); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_EQ(decode_response(Object{{"ok", false}, {"code", to_string(code)}})->code, code);
  }
}

TEST(Documents, ResponseCarriesAnyData) {
  const Object json = object(R"({"id":"7","ok":true,"data":[{"a":[1,null]}]})");
  const auto doc = decode_response(json);
  ASSERT_TRUE(doc);
  EXPECT_EQ(encode(*doc), json);
  expect_error(decode_response(object(R"({"ok":1})")), ErrorCode::wrong_type, "ok");
}

TEST(Documents, HealthUptimeIsInSeconds) {
  EXPECT_EQ(decode_health(object(R"({"uptime":1.5})"))->uptime, 1500ms);
  EXPECT_EQ(*encode(HealthDoc{.uptime = 90s, .at = {}}).find("uptime"), Value(90));
  EXPECT_EQ(*encode(HealthDoc{.uptime = 90'250ms, .at = {}}).find("uptime"), Value(90.25));
  expect_error(decode_health(object(R"({"uptime":-1})")), ErrorCode::out_of_range, "uptime");
  expect_error(decode_health(object(R"({"uptime":1e300})")), ErrorCode::out_of_range, "uptime");
  expect_error(decode_health(object(R"({"uptime":1,"queue":2.5})")), ErrorCode::wrong_type, "queue");
}

TEST(Error, MessageNamesThePlace) {
  EXPECT_EQ((Error{ErrorCode::malformed, "text", ""}).message(), "text");
  EXPECT_EQ((Error{ErrorCode::malformed, "text", "a.b"}).message(), "text (at a.b)");
}

}  // namespace
}  // namespace gable::wire
