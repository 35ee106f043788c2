#include "protocol/random.hpp"

namespace gable::virtual_house {

namespace {

// splitmix64 (Steele, Lea, Flood 2014): one step of a counter through a mixing function.
constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15ULL;

std::uint64_t scramble(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

double to_unit(std::uint64_t bits) { return static_cast<double>(bits >> 11U) * 0x1.0p-53; }

}  // namespace

std::uint64_t mix(std::uint64_t seed, std::uint64_t number) {
  return scramble(scramble(seed + kStep) ^ (number * kStep));
}

std::uint64_t mix(std::uint64_t seed, std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix(seed, hash);
}

std::uint64_t Random::next() {
  state_ += kStep;
  return scramble(state_);
}

double Random::unit() { return to_unit(next()); }

double Random::between(double low, double high) { return low + (high - low) * unit(); }

Span Random::between(Span low, Span high) {
  return low + Span(static_cast<std::int64_t>(static_cast<double>((high - low).count()) * unit()));
}

std::size_t Random::pick(std::size_t count) { return static_cast<std::size_t>(next() % count); }

bool Random::chance(double probability) { return unit() < probability; }

double smooth_noise(std::uint64_t seed, Moment moment, Span period) {
  const auto since = moment.time_since_epoch();
  std::int64_t index = since / period;
  if (since < Span::zero() && since % period != Span::zero()) --index;
  const double part =
      static_cast<double>((since - index * period).count()) / static_cast<double>(period.count());
  const double from = to_unit(mix(seed, static_cast<std::uint64_t>(index))) * 2.0 - 1.0;
  const double to = to_unit(mix(seed, static_cast<std::uint64_t>(index + 1))) * 2.0 - 1.0;
  const double ease = part * part * (3.0 - 2.0 * part);
  return from + (to - from) * ease;
}

}  // namespace gable::virtual_house
