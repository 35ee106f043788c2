// A colour as it was asked for becomes one that the light can take, in the order of preference that Home
// Assistant's light component documents. Declared in color.hpp.

#include <array>
#include <cmath>

#include "wire/color.hpp"
#include "wire/command_words.hpp"

namespace gable::wire {

namespace {

struct Way {
  std::string_view param, mode;
};

// Parameter and the colour mode that takes it as it is; in the order in which a mode is chosen.
constexpr std::array<Way, 6> kWays{{{"rgb_color", "rgb"},
                                    {"rgbw_color", "rgbw"},
                                    {"rgbww_color", "rgbww"},
                                    {"hs_color", "hs"},
                                    {"xy_color", "xy"},
                                    {"color_temp_kelvin", "color_temp"}}};

const Way* way_of(std::string_view param) {
  for (const Way& way : kWays) {
    if (way.param == param) return &way;
  }
  return nullptr;
}

bool is_temperature(std::string_view param) {
  return param == "color_temp_kelvin" || param == "kelvin" || param == "color_temp";
}

Whites whites_of(const EntityDescription& entity) {
  Whites whites;
  const auto take = [&](const char* key, double& out) {
    if (const Value* value = entity.capabilities.find(key)) out = value->number_or(out);
  };
  take("min_color_temp_kelvin", whites.warm);
  take("max_color_temp_kelvin", whites.cold);
  return whites;
}

Channels channels_of(const Value& value) {
  Channels out;
  for (const Value& item : *value.as_list()) out.push_back(item.number_or(0));
  return out;
}

List list_of(const Channels& channels) {
  List out;
  for (const double channel : channels) out.emplace_back(static_cast<std::int64_t>(std::llround(channel)));
  return out;
}

class Fitter {
 public:
  Fitter(const EntityDescription& entity, const ServiceSpec& service, const CurrentValues& now)
      : entity_(entity), service_(service), now_(now) {}

  Result<Object> fit(const Object& data) {
    Object out;
    for (const Member& member : data) {
      if (!is_color(member.key) || native(member.key)) {
        out.append(member.key, member.value);
        continue;
      }
      auto error = convert(member, data, out);
      if (error) return *error;
    }
    return out;
  }

 private:
  [[nodiscard]] bool native(std::string_view param) const {
    if (is_temperature(param)) return entity_.has_feature("color_temp");
    const Way* way = way_of(param);
    return way != nullptr && entity_.has_feature(way->mode);
  }

  std::optional<Error> convert(const Member& member, const Object& data, Object& out) {
    const FieldSpec& param = *find_param(service_, member.key);
    const Result<Value> value = check_value(Target{entity_, param, {}}, member.value, now_);
    if (!value) return value.error();
    Member fitted;
    if (is_temperature(member.key)) {
      fitted =
          of_temperature(member.key == "color_temp" ? 1e6 / value->number_or(1) : value->number_or(0), data);
    } else {
      const auto rgb = pivot(member.key, *value);
      if (!rgb) {
        return Error{ErrorCode::out_of_range,
                     "there is no colour " + quoted(value->string_or("")) +
                         did_you_mean(value->string_or(""), color_names()),
                     member.key};
      }
      fitted = of_rgb(*rgb, member.key == "xy_color" ? &*value : nullptr);
    }
    if (out.contains(fitted.key) || data.contains(fitted.key))
      return Error{ErrorCode::malformed, "the colour is given twice, in two ways", member.key};
    out.append(std::move(fitted.key), std::move(fitted.value));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Rgb> pivot(std::string_view param, const Value& value) const {
    if (param == "color_name") return named_color(value.string_or(""));
    const Channels channels = channels_of(value);
    if (param == "rgbw_color") return from_rgbw(channels);
    if (param == "rgbww_color") return from_rgbww(channels, whites_of(entity_));
    if (param == "hs_color") return to_rgb(Hs{channels[0], channels[1]});
    if (param == "xy_color") return to_rgb(Xy{channels[0], channels[1]});
    return Rgb{channels[0], channels[1], channels[2]};
  }

  // `xy`: the colour as it was given, where that says more than red, green and blue do.
  [[nodiscard]] Member of_rgb(const Rgb& rgb, const Value* xy) const {
    if (entity_.has_feature("rgb")) return {"rgb_color", list_of({rgb.r, rgb.g, rgb.b})};
    if (entity_.has_feature("rgbw")) return {"rgbw_color", list_of(to_rgbw(rgb))};
    if (entity_.has_feature("rgbww")) return {"rgbww_color", list_of(to_rgbww(rgb, whites_of(entity_)))};
    if (entity_.has_feature("hs")) {
      const Hs hs = to_hs(rgb);
      return {"hs_color", List{hs.hue, hs.saturation}};
    }
    Xy point = to_xy(rgb);
    if (xy != nullptr) point = {xy->as_list()->front().number_or(0), xy->as_list()->back().number_or(0)};
    if (entity_.has_feature("xy")) return {"xy_color", List{point.x, point.y}};
    const FieldSpec& kelvin = *find_param(service_, "color_temp_kelvin");
    return {"color_temp_kelvin", fitted(kelvin, range_of(entity_, kelvin), kelvin_of(point))};
  }

  [[nodiscard]] Member of_temperature(double kelvin, const Object& data) const {
    if (entity_.has_feature("rgbww")) {
      const Value* given = data.find("brightness");
      const double now = current_number(entity_, "brightness", now_).value_or(255);
      const double level = given != nullptr ? given->number_or(now) : now;
      return {"rgbww_color", list_of(rgbww_of_kelvin(kelvin, level > 0 ? level : 255, whites_of(entity_)))};
    }
    const Rgb rgb = rgb_of_kelvin(kelvin);
    if (!entity_.has_feature("hs")) return of_rgb(rgb, nullptr);
    const Hs hs = to_hs(rgb);
    return {"hs_color", List{hs.hue, hs.saturation}};
  }

  const EntityDescription& entity_;
  const ServiceSpec& service_;
  const CurrentValues& now_;
};

}  // namespace

bool is_color(std::string_view param) {
  return param == "color_name" || is_temperature(param) || way_of(param) != nullptr;
}

bool has_color(const EntityDescription& entity) {
  for (const Way& way : kWays) {
    if (entity.has_feature(way.mode)) return true;
  }
  return false;
}

Result<Object> fit_color(const EntityDescription& entity, const ServiceSpec& service, const Object& data,
                         const CurrentValues& now) {
  if (!has_color(entity) || find_param(service, "rgb_color") == nullptr) return data;
  return Fitter(entity, service, now).fit(data);
}

}  // namespace gable::wire
