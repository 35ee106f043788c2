// Triggers of what comes along: event, mqtt, webhook, tag, homeassistant.
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;

Value dict(std::initializer_list<std::pair<const char*, Value>> entries) {
  auto out = std::make_shared<jinja::Dict>();
  for (const auto& [key, value] : entries) out->set(key, value);
  return jinja::DictPtr(std::move(out));
}

class EventTriggerTest : public TriggerTest {
 protected:
  void fire(const std::string& type, Value data, Context context = {}) {
    desk->handle(BusEvent{type, std::move(data), std::move(context)}, now);
  }
  void message(const std::string& topic, const std::string& payload, bool retained = false) {
    desk->handle(MqttMessage{topic, payload, 1, retained}, now);
  }
  static MqttTrigger on_topic(const std::string& topic) {
    MqttTrigger t;
    t.topic = literal(topic);
    return t;
  }
};

TEST_F(EventTriggerTest, FiresByAnyOfItsTypes) {
  EventTrigger t;
  t.types = {literal("a"), templated("{{ 'b' }}")};
  attach("event", t);
  fire("a", dict({{"x", 1}}), {"c-9", "c-8", "u"});
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.event.event_type, trigger.event.data.x, trigger.event.context.user_id]"),
            "['a', 1, 'u']");
  EXPECT_EQ(fired.back().cause.parent, "c-8");
  fire("b", dict({}));
  fire("c", dict({}));
  EXPECT_EQ(count(), 1U);
}

TEST_F(EventTriggerTest, DataIsASubsetWithPythonsEquality) {
  EventTrigger t;
  t.types = {literal("a")};
  t.data = {{"x", literal(1)}, {"in", literal(dict({{"y", "z"}}))}};
  attach("event", t);
  fire("a", dict({{"x", 1.0}, {"in", dict({{"y", "z"}, {"more", 1}})}, {"q", 1}}));
  EXPECT_EQ(count(), 1U);
  fire("a", dict({{"x", "1"}, {"in", dict({{"y", "z"}})}}));
  fire("a", dict({{"x", 1}, {"in", dict({{"y", 1}})}}));
  fire("a", dict({{"x", 1}}));
  EXPECT_EQ(count(), 0U);
}

TEST_F(EventTriggerTest, TheContextMayBeAskedForWithOneOrSeveralUsers) {
  EventTrigger t;
  t.types = {literal("a")};
  t.context = {{"user_id", literal(Value::list({Value("eva"), Value("tom")}))}};
  attach("event", t);
  fire("a", dict({}), {"c", "", "tom"});
  fire("a", dict({}), {"c", "", "bot"});
  fire("a", dict({}), {"c", "", ""});
  EXPECT_EQ(count(), 1U);
}

TEST_F(EventTriggerTest, AChangeOfStateIsAnEventToo) {
  EventTrigger t;
  t.types = {literal("state_changed")};
  t.data = {{"entity_id", literal("light.a")}};
  attach("event", t);
  change("light.a", "on");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.event.data.old_state, trigger.event.data.new_state.state]"), "[None, 'on']");
  change("light.b", "on");
  EXPECT_EQ(count(), 0U);
  EXPECT_TRUE(desk->listens_to("light.anything"));
}

TEST_F(EventTriggerTest, AServiceCallIsAnEventToo) {
  EventTrigger t;
  t.types = {literal("call_service")};
  t.data = {{"domain", literal("light")}};
  attach("event", t);
  fire("call_service", dict({{"domain", "light"}, {"service", "turn_on"}}));
  EXPECT_EQ(count(), 1U);
}

TEST_F(EventTriggerTest, MqttMatchesWildcardsAndParsesJson) {
  attach("mqtt", on_topic("home/+/motion"));
  attach("mqtt", on_topic("home/#"));
  attach("mqtt", on_topic("home/hall/motion"));
  attach("mqtt", on_topic("$share/rules/home/hall/#"));
  message("home/hall/motion", "{\"on\": true}");
  ASSERT_EQ(count(), 4U);
  EXPECT_EQ(shown("[trigger.topic, trigger.payload, trigger.payload_json.on, trigger.qos]"),
            "['home/hall/motion', '{\"on\": true}', True, 1]");
  message("home/hall/light", "x");
  EXPECT_EQ(count(), 2U);
  EXPECT_EQ(shown("trigger.payload_json is defined"), "False");
  message("other", "x");
  EXPECT_EQ(count(), 0U);
}

TEST_F(EventTriggerTest, MqttSubscribesOnceAndUnsubscribesWithTheLast) {
  const TriggerOwner first = attach("mqtt", on_topic("a/#"));
  const TriggerOwner second = attach("mqtt", on_topic("a/#"));
  EXPECT_EQ(house.subscriptions, 1);
  desk->detach(first);
  EXPECT_EQ(house.subscribed.size(), 1U);
  desk->detach(second);
  EXPECT_TRUE(house.subscribed.empty());
  message("a/b", "x");
  EXPECT_EQ(count(), 0U);
}

TEST_F(EventTriggerTest, MqttPayloadIsComparedAsTextAfterTheValueTemplate) {
  MqttTrigger t = on_topic("a");
  t.payload = templated("{{ 'o' ~ 'n' }}");
  t.value_template = templated("{{ value_json.state }}");
  attach("mqtt", t);
  message("a", "{\"state\": \"on\"}");
  EXPECT_EQ(count(), 1U);
  message("a", "{\"state\": \"off\"}");
  message("a", "on");
  EXPECT_EQ(count(), 0U);
}

TEST_F(EventTriggerTest, MqttTopicMayBeATemplateRenderedOnce) {
  variables.define("room", Value("hall"));
  MqttTrigger t;
  t.topic = templated("home/{{ room }}/x");
  attach("mqtt", t);
  EXPECT_EQ(house.subscribed, std::vector<std::string>{"home/hall/x"});
}

TEST_F(EventTriggerTest, MqttRetainedMessagesFireAndTextMustBeUtf8) {
  attach("mqtt", on_topic("a"));
  message("a", "old", true);
  EXPECT_EQ(count(), 1U);
  message("a", "\xff");
  EXPECT_EQ(count(), 0U);
  EXPECT_EQ(house.logged.size(), 1U);
}

TEST_F(EventTriggerTest, AWebhookIsHeardByItsIdAndMethod) {
  attach("webhook", WebhookTrigger{"door", {}, true});
  attach("webhook", WebhookTrigger{"door", {"GET"}, false});
  fire("webhook_received", dict({{"webhook_id", "door"},
                                 {"method", "POST"},
                                 {"json", dict({{"a", 1}})},
                                 {"query", dict({{"q", "2"}})}}));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.webhook_id, trigger.json.a, trigger.query.q, trigger.data is defined]"),
            "['door', 1, '2', False]");
  fire("webhook_received", dict({{"webhook_id", "door"}, {"method", "GET"}, {"local", false}}));
  EXPECT_EQ(count(), 1U);
  fire("webhook_received", dict({{"webhook_id", "door"}, {"method", "PUT"}, {"local", false}}));
  fire("webhook_received", dict({{"webhook_id", "other"}, {"method", "POST"}}));
  EXPECT_EQ(count(), 0U);
}

TEST_F(EventTriggerTest, ATagIsHeardByItsIdAndScanner) {
  attach("tag", TagTrigger{{"t1", "t2"}, {}});
  attach("tag", TagTrigger{{"t1"}, {"phone"}});
  fire("tag_scanned", dict({{"tag_id", "t1"}, {"device_id", "phone"}}));
  EXPECT_EQ(count(), 2U);
  EXPECT_EQ(shown("trigger.event.data.tag_id"), "t1");
  fire("tag_scanned", dict({{"tag_id", "t1"}, {"device_id", "wall"}}));
  EXPECT_EQ(count(), 1U);
}

TEST_F(EventTriggerTest, StartAndShutdownFire) {
  attach("homeassistant", HomeassistantTrigger{true});
  attach("homeassistant", HomeassistantTrigger{false});
  start();
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.event"), "start");
  desk->handle(HouseStops{}, now);
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.event"), "shutdown");
}

}  // namespace
}  // namespace gable::rules::test
