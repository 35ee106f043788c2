// Distances on the earth. T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid", Survey
// Review 23 (1975); the letters are his.

#include "template/house/places.hpp"

#include <cmath>
#include <numbers>

namespace gable::rules::jinja {
namespace {

constexpr double kEquatorRadius = 6'378'137;  // metres
constexpr double kPoleRadius = 6'356'752.314245;
constexpr double kFlattening = 1 / 298.257223563;
constexpr int kMostRounds = 200;
constexpr double kNearEnough = 1e-12;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// The point on the auxiliary sphere.
struct Reduced {
  double sin = 0;
  double cos = 0;

  explicit Reduced(double latitude) {
    const double u = std::atan((1 - kFlattening) * std::tan(radians(latitude)));
    sin = std::sin(u);
    cos = std::cos(u);
  }
};

struct Arc {
  double sin_sigma = 0;
  double cos_sigma = 0;
  double sigma = 0;
  double cos_sq_alpha = 0;
  double cos_2sigma_m = 0;
  double next_lambda = 0;
};

// One round with the difference of longitude `lambda` on the sphere; `l` is that on the ellipsoid.
Arc arc_with(const Reduced& u1, const Reduced& u2, double l, double lambda) {
  Arc arc;
  arc.sin_sigma = std::hypot(u2.cos * std::sin(lambda), u1.cos * u2.sin - u1.sin * u2.cos * std::cos(lambda));
  if (arc.sin_sigma == 0) return arc;
  arc.cos_sigma = u1.sin * u2.sin + u1.cos * u2.cos * std::cos(lambda);
  arc.sigma = std::atan2(arc.sin_sigma, arc.cos_sigma);
  const double sin_alpha = u1.cos * u2.cos * std::sin(lambda) / arc.sin_sigma;
  arc.cos_sq_alpha = 1 - sin_alpha * sin_alpha;
  // Along the equator there is no such angle.
  arc.cos_2sigma_m = arc.cos_sq_alpha == 0 ? 0 : arc.cos_sigma - 2 * u1.sin * u2.sin / arc.cos_sq_alpha;
  const double c = kFlattening / 16 * arc.cos_sq_alpha * (4 + kFlattening * (4 - 3 * arc.cos_sq_alpha));
  const double m = arc.cos_2sigma_m;
  const double inner = m + c * arc.cos_sigma * (2 * m * m - 1);
  arc.next_lambda = l + (1 - c) * kFlattening * sin_alpha * (arc.sigma + c * arc.sin_sigma * inner);
  return arc;
}

double length_of(const Arc& arc) {
  const double u_sq = arc.cos_sq_alpha * (kEquatorRadius * kEquatorRadius - kPoleRadius * kPoleRadius) /
                      (kPoleRadius * kPoleRadius);
  const double a = 1 + u_sq / 16384 * (4096 + u_sq * (-768 + u_sq * (320 - 175 * u_sq)));
  const double b = u_sq / 1024 * (256 + u_sq * (-128 + u_sq * (74 - 47 * u_sq)));
  const double m = arc.cos_2sigma_m;
  const double inner =
      arc.cos_sigma * (2 * m * m - 1) - b / 6 * m * (4 * arc.sin_sigma * arc.sin_sigma - 3) * (4 * m * m - 3);
  const double delta_sigma = b * arc.sin_sigma * (m + b / 4 * inner);
  return kPoleRadius * a * (arc.sigma - delta_sigma);
}

const double* float_attribute(const EntityState& state, std::string_view name) {
  const wire::Value* value = state.attributes->find(name);
  return value == nullptr ? nullptr : value->as_double();
}

}  // namespace

std::optional<double> kilometres_between(const House::Place& a, const House::Place& b) {
  if (a.latitude == b.latitude && a.longitude == b.longitude) return 0;
  const Reduced u1(a.latitude);
  const Reduced u2(b.latitude);
  const double l = radians(b.longitude - a.longitude);
  double lambda = l;
  for (int round = 0; round < kMostRounds; ++round) {
    const Arc arc = arc_with(u1, u2, l, lambda);
    if (arc.sin_sigma == 0) return 0;
    const double change = std::fabs(lambda - arc.next_lambda);
    lambda = arc.next_lambda;
    if (change < kNearEnough) return std::nearbyint(length_of(arc) * 1000) / 1e6;
  }
  return std::nullopt;
}

std::optional<House::Place> place_of(const EntityState& state) {
  const double* latitude = float_attribute(state, "latitude");
  const double* longitude = float_attribute(state, "longitude");
  if (latitude == nullptr || longitude == nullptr) return std::nullopt;
  return House::Place{*latitude, *longitude};
}

}  // namespace gable::rules::jinja
