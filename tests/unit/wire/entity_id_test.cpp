#include "wire/entity_id.hpp"

#include <gtest/gtest.h>

namespace gable::wire {
namespace {

TEST(EntityId, HasTwoParts) {
  const auto id = EntityId::parse("binary_sensor.hall_motion");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->domain(), "binary_sensor");
  EXPECT_EQ(id->object_id(), "hall_motion");
  EXPECT_EQ(*id, EntityId("binary_sensor", "hall_motion"));
}

TEST(EntityId, EmptyOneCanBeAsked) {
  const EntityId id;
  EXPECT_TRUE(id.empty());
  EXPECT_EQ(id.domain(), "");
  EXPECT_EQ(id.object_id(), "");
}

TEST(EntityId, LengthLimit) {
  const std::string longest(128, 'a');
  EXPECT_TRUE(EntityId::parse("light." + longest.substr(1)));
  EXPECT_TRUE(EntityId::parse("light." + longest));
  EXPECT_FALSE(EntityId::parse("light." + longest + "a"));
  const std::string longest_domain(64, 'd');
  EXPECT_TRUE(EntityId::parse(longest_domain + ".a"));
  EXPECT_FALSE(EntityId::parse(longest_domain + "d.a"));
}

TEST(EntityId, RefusesOtherCharacters) {
  for (const std::string_view text :
       {"", ".", "light", "light.", ".kitchen", "Light.kitchen", "light.Kitchen", "light.a.b", "light.a/b",
        "light.+", "light.#", "light.a b", "light.ä", "1light.a", "_x.a"}) {
    const auto id = EntityId::parse(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().code, ErrorCode::malformed);
  }
  EXPECT_FALSE(EntityId::parse(std::string_view("light.a\0b", 9)));
}

TEST(DeviceId, IsAProtocolAddress) {
  EXPECT_TRUE(valid_device_id("0x00158d0001e5f0c2"));
  EXPECT_TRUE(valid_device_id("1.1.7"));
  EXPECT_TRUE(valid_device_id("AA:BB:cc-1_2"));
  EXPECT_TRUE(valid_device_id(std::string(128, 'x')));
  EXPECT_FALSE(valid_device_id(std::string(129, 'x')));
  for (const std::string_view text : {"", "a/b", "a b", "+", "#", "ä", "$SYS"})
    EXPECT_FALSE(valid_device_id(text)) << text;
}

// The slugs that Home Assistant makes of the same names.
TEST(Slugify, FoldsAsHomeAssistantDoes) {
  EXPECT_EQ(slugify("Kitchen Ceiling"), "kitchen_ceiling");
  EXPECT_EQ(slugify("  Küche -- Straße  "), "kuche_strasse");
  EXPECT_EQ(slugify("Ærø Ålesund Þór Œuvre"), "aero_alesund_thor_oeuvre");
  EXPECT_EQ(slugify("Łódź Škoda Ğ ı"), "lodz_skoda_g_i");
  EXPECT_EQ(slugify("Cafe\xCC\x81"), "cafe");  // decomposed accent
  EXPECT_EQ(slugify("John's"), "john_s");
  EXPECT_EQ(slugify("John’s"), "johns");
  EXPECT_EQ(slugify("25 °C"), "25_degc");
  EXPECT_EQ(slugify("1,000 W"), "1000_w");
  EXPECT_EQ(slugify("1, 2,a"), "1_2_a");
  EXPECT_EQ(slugify("a__b_"), "a_b");
  EXPECT_EQ(slugify("Wohnzimmer (oben)"), "wohnzimmer_oben");
}

TEST(Slugify, SaysUnknownWhenNothingIsLeft) {
  EXPECT_EQ(slugify(""), "unknown");
  EXPECT_EQ(slugify("--- !!"), "unknown");
  EXPECT_EQ(slugify("\xFF\xFE\xC3"), "unknown");
}

TEST(Slugify, AlwaysGivesAnObjectId) {
  EXPECT_EQ(slugify(std::string(127, 'a')).size(), 127U);
  EXPECT_EQ(slugify(std::string(128, 'a')).size(), 128U);
  EXPECT_EQ(slugify(std::string(129, 'a')).size(), 128U);
  // Cut behind a separator: no `_` at the end.
  EXPECT_EQ(slugify(std::string(127, 'a') + " b"), std::string(127, 'a'));
  for (int byte = 0; byte < 256; ++byte) {
    const std::string name = {'a', static_cast<char>(byte), static_cast<char>(0x80 + byte / 4), 'b'};
    EXPECT_TRUE(valid_object_id(slugify(name))) << byte;
  }
}

}  // namespace
}  // namespace gable::wire
