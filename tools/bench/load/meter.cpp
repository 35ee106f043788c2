#include "meter.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace gable::bench {

bool Meter::send(std::size_t sensor) {
  Sensor& one = sensors_[sensor];
  one.on = !one.on;
  one.open.push_back(std::chrono::steady_clock::now());
  ++sent_;
  return one.on;
}

void Meter::answer(std::size_t sensor, bool on, Steady arrived) {
  if (sensor >= sensors_.size() || sensors_[sensor].open.empty()) {
    ++extra_;
    return;
  }
  Sensor& one = sensors_[sensor];
  one.expected = !one.expected;
  wrong_ += on == one.expected ? 0 : 1;
  micros_.push_back(std::chrono::duration<float, std::micro>(arrived - one.open.front()).count());
  one.open.pop_front();
  ++answered_;
}

void Meter::begin() {
  micros_.clear();
  sent_ = open();
  answered_ = extra_ = wrong_ = 0;
}

double Meter::quantile(double part) const {
  if (micros_.empty()) return 0;
  const auto place = static_cast<std::size_t>(part * static_cast<double>(micros_.size() - 1));
  return static_cast<double>(micros_[place]);
}

std::string Meter::report(double seconds) {
  std::sort(micros_.begin(), micros_.end());
  std::array<char, 400> line{};
  std::snprintf(
      line.data(), line.size(),
      R"({"events":%zu,"seconds":%.3f,"per_second":%.1f,"p50_us":%.1f,"p99_us":%.1f,"p999_us":%.1f,)"
      R"("lost":%zu,"extra":%zu,"wrong":%zu})",
      micros_.size(), seconds, static_cast<double>(micros_.size()) / seconds, quantile(0.5), quantile(0.99),
      quantile(0.999), open(), extra_, wrong_);
  return line.data();
}

}  // namespace gable::bench
