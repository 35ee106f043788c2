// Colours: the conversions against published values, and what lights of different modes are sent.

#include "wire/color.hpp"

#include "fixture.hpp"

namespace gable::wire {
namespace {

TEST(Color, HueAndSaturation) {
  EXPECT_NEAR(to_hs({255, 0, 0}).hue, 0, 1e-9);
  EXPECT_NEAR(to_hs({0, 255, 0}).hue, 120, 1e-9);
  EXPECT_NEAR(to_hs({255, 0, 255}).hue, 300, 1e-9);
  EXPECT_NEAR(to_hs({255, 127.5, 127.5}).saturation, 50, 1e-9);
  EXPECT_EQ(to_hs({9, 9, 9}).saturation, 0);
  for (int hue = 0; hue < 360; hue += 7) EXPECT_NEAR(to_hs(to_rgb(Hs{hue * 1.0, 80})).hue, hue, 0.4);
}

TEST(Color, ChromaticityOfThePrimariesAndBack) {
  const Xy red = to_xy({255, 0, 0});
  EXPECT_NEAR(red.x, 0.7006, 0.001);
  EXPECT_NEAR(red.y, 0.2993, 0.001);
  const Rgb back = to_rgb(red);
  EXPECT_NEAR(back.r, 255, 1);
  EXPECT_LT(back.g + back.b, 10);
  EXPECT_NEAR(kelvin_of({0.3127, 0.3290}), 6504, 10);  // D65
  EXPECT_NEAR(kelvin_of({0.4476, 0.4074}), 2856, 30);  // illuminant A
}

TEST(Color, WhiteOfATemperature) {
  EXPECT_EQ(rgb_of_kelvin(6600).r, 255);
  EXPECT_NEAR(rgb_of_kelvin(2700).g, 167, 2);
  EXPECT_NEAR(rgb_of_kelvin(2700).b, 87, 2);
  EXPECT_GT(rgb_of_kelvin(10000).b, rgb_of_kelvin(10000).r);
}

TEST(Color, WhiteChannels) {
  EXPECT_EQ(to_rgbw({255, 255, 255}), (Channels{0, 0, 0, 255}));
  EXPECT_EQ(to_rgbw({255, 0, 0}), (Channels{255, 0, 0, 0}));
  EXPECT_EQ(rgbww_of_kelvin(2000, 200, {2000, 6500}), (Channels{0, 0, 0, 0, 200}));
  EXPECT_EQ(rgbww_of_kelvin(6500, 200, {2000, 6500}), (Channels{0, 0, 0, 200, 0}));
  const Rgb back = from_rgbw(to_rgbw({200, 100, 50}));
  EXPECT_NEAR(back.r, 200, 2);
  EXPECT_NEAR(back.g, 100, 2);
}

TEST(Color, Names) {
  ASSERT_TRUE(named_color("Dark Orange"));
  EXPECT_EQ(named_color("Dark Orange").value_or(Rgb{}).g, 140);
  EXPECT_FALSE(named_color("bleu"));
  EXPECT_EQ(color_names().size(), 149u);
}

struct Case {
  std::string_view features, data, sent;
};

TEST(Color, EachLightIsSentWhatItCanTake) {
  const Case cases[] = {
      {R"(["hs"])", R"({"rgb_color":[0,255,0]})", R"({"service":"turn_on","hs_color":[120.0,100.0]})"},
      {R"(["hs"])", R"({"color_name":"red","brightness":9})",
       R"({"service":"turn_on","hs_color":[0.0,100.0],"brightness":9})"},
      {R"(["rgb"])", R"({"hs_color":[240,100]})", R"({"service":"turn_on","rgb_color":[0,0,255]})"},
      {R"(["rgbw"])", R"({"color_name":"white"})", R"({"service":"turn_on","rgbw_color":[0,0,0,255]})"},
      {R"(["rgbww"])", R"({"color_temp_kelvin":2000})",
       R"({"service":"turn_on","rgbww_color":[0,0,0,0,255]})"},
      {R"(["color_temp"])", R"({"xy_color":[0.3127,0.329]})",
       R"({"service":"turn_on","color_temp_kelvin":6508})"},
      {R"(["xy"])", R"({"xy_color":[0.3,0.3]})", R"({"service":"turn_on","xy_color":[0.3,0.3]})"},
      {R"(["rgb","color_temp"])", R"({"kelvin":3000})", R"({"service":"turn_on","color_temp_kelvin":3000})"},
  };
  for (const Case& c : cases) {
    const EntityDescription light =
        entity(R"({"domain":"light","features":)" + std::string(c.features) + "}");
    const Result<Command> command = make_command(light, "turn_on", object(c.data), Now());
    ASSERT_TRUE(command) << c.data << ": " << command.error().message();
    EXPECT_EQ(encode(*command), object(c.sent))
        << c.features << " " << c.data << " → " << to_json(encode(*command));
  }
}

TEST(Color, RefusalsNameWhatIsWrong) {
  const EntityDescription light = entity(R"({"domain":"light","features":["hs"]})");
  const auto refused = [&](std::string_view data) {
    return make_command(light, "turn_on", object(data), Now()).error();
  };
  EXPECT_EQ(refused(R"({"color_name":"grean"})").code, ErrorCode::out_of_range);
  EXPECT_NE(refused(R"({"color_name":"grean"})").text.find("did you mean green?"), std::string::npos);
  EXPECT_EQ(refused(R"({"rgb_color":[1,2]})").code, ErrorCode::wrong_type);
  EXPECT_EQ(refused(R"({"rgb_color":[1,2,3],"hs_color":[1,2]})").code, ErrorCode::malformed);
  const EntityDescription plain = entity(R"({"domain":"light"})");
  EXPECT_EQ(make_command(plain, "turn_on", object(R"({"color_name":"red"})"), Now()).error().code,
            ErrorCode::unsupported);
}

std::string completed(const char* attributes) {
  Object object = *parse_object(attributes);
  complete_colors(object);
  return to_json(object);
}

TEST(Color, of_a_light_is_shown_in_every_way) {
  EXPECT_EQ(completed(R"({"color_mode":"hs","hs_color":[120,100]})"),
            R"({"color_mode":"hs","hs_color":[120,100],"rgb_color":[0,255,0],"xy_color":[0.172,0.747]})");
  EXPECT_EQ(completed(R"({"rgb_color":[255,0,0]})"),
            R"({"rgb_color":[255,0,0],"hs_color":[0.0,100.0],"xy_color":[0.701,0.299]})");
  // Warm white is a colour, too.
  const std::string warm = completed(R"({"color_mode":"color_temp","color_temp_kelvin":2700})");
  EXPECT_NE(warm.find(R"("rgb_color":[255,)"), std::string::npos) << warm;
  // What the mode does not name does not count; what is none is left alone.
  EXPECT_NE(completed(R"({"color_mode":"rgb","rgb_color":[0,0,255],"color_temp_kelvin":2700})")
                .find(R"("hs_color":[240.0,100.0])"),
            std::string::npos);
  for (const char* none : {R"({"brightness":3})", R"({"hs_color":[1]})", R"({"hs_color":["a","b"]})",
                           R"({"color_mode":"brightness","brightness":3})", R"({"rgb_color":null})"})
    EXPECT_EQ(completed(none), none);
}

}  // namespace
}  // namespace gable::wire
