#include "bridge/transport_driver.hpp"

#include <exception>
#include <utility>

#include "wire/time.hpp"

namespace gable::bridge {

namespace {

using namespace std::chrono_literals;

constexpr auto kBackoffMin = 500ms;
constexpr auto kBackoffMax = 60s;

}  // namespace

void Transport::ready() {
  if (on_ready_) on_ready_();
}

void Transport::lost(std::string reason) {
  if (on_lost_) on_lost_(std::move(reason));
}

TransportDriver::TransportDriver(Engine& engine, Transport& transport, std::uint32_t seed)
    : engine_(engine),
      transport_(transport),
      backoff_(kBackoffMin, kBackoffMax, seed),
      alive_(std::make_shared<TransportDriver*>(this)) {
  const std::weak_ptr weak(alive_);
  node::Loop& loop = engine.loop();
  // From any thread: only the loop's turn looks at the driver.
  transport.on_ready_ = [weak, &loop] {
    loop.post([weak] {
      if (const auto driver = weak.lock()) (*driver)->ready();
    });
  };
  transport.on_lost_ = [weak, &loop](std::string reason) {
    loop.post([weak, reason = std::move(reason)] {
      if (const auto driver = weak.lock()) (*driver)->lost(reason);
    });
  };
  engine_.first_reading_begins();
  engine_.handle(ConditionChanged{transport.name() + " is being opened", true});
  open();
}

TransportDriver::~TransportDriver() {
  alive_.reset();
  engine_.loop().cancel(retry_);
  if (opened_) transport_.close();
  transport_.on_ready_ = nullptr;
  transport_.on_lost_ = nullptr;
}

void TransportDriver::open() {
  retry_ = 0;
  if (std::exchange(opened_, true)) transport_.close();
  try {
    transport_.open();
  } catch (const std::exception& error) {
    lost(error.what());
  }
}

void TransportDriver::ready() {
  if (backoff_.attempts() > 0) engine_.log(LogLevel::info, transport_.name() + " is back");
  backoff_.reset();
  engine_.handle(ConditionChanged{});
  if (std::exchange(waited_for_, false)) engine_.first_reading_ends();
}

void TransportDriver::lost(const std::string& reason) {
  if (retry_ != 0) return;  // said already; the next attempt is on its way
  const auto delay = backoff_.next();
  const std::string text = transport_.name() + ": " + reason;
  // One line for each loss; the attempts that follow are in the status.
  if (backoff_.attempts() == 1) engine_.log(LogLevel::warning, text + "; trying again");
  engine_.handle(ConditionChanged{text, true});
  if (std::exchange(waited_for_, false)) engine_.first_reading_ends();
  retry_ = engine_.loop().after(delay, [this] { open(); });
}

}  // namespace gable::bridge
