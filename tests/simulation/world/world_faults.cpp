// How each fault strikes, and how all of them end.

#include "world/world.hpp"

namespace gable::sim {

namespace {

enum Actor : std::size_t { broker, hub, zw, mb, z2m, anna };

}  // namespace

void World::strike(const Fault& fault) {
  history_.troubles.push_back(time_.now());
  if (fault.kind <= FaultKind::duplicate) return strike_link(fault);
  if (fault.kind <= FaultKind::broker_wiped) return strike_broker(fault);
  if (fault.kind >= FaultKind::bridge_crash && fault.kind <= FaultKind::announcer_crash)
    return strike_bridge(fault);
  strike_hub(fault);
}

void World::strike_link(const Fault& fault) {
  const std::string& who = fault.who;
  if (fault.kind == FaultKind::slow_link) {
    broker_.set_latency(who, Span{fault.size});
    schedule_.after(Span{60'000}, [this, who] { broker_.set_latency(who, Span{0}); });
    return;
  }
  if (!broker_.connected(who)) return history_.note("… is not connected");
  if (fault.kind == FaultKind::lose_connection) return broker_.drop(who);
  if (fault.kind == FaultKind::duplicate) return broker_.duplicate_next(who);
  broker_.hold(who);
  schedule_.after(Span{fault.size}, [this, who] {
    try {
      broker_.release(who);
    } catch (const std::out_of_range&) {
      history_.note("… " + who + " has a new link meanwhile");
    }
  });
}

void World::strike_broker(const Fault& fault) {
  if (!broker_.running()) return;
  broker_.stop();
  if (fault.kind == FaultKind::broker_restores) {
    history_.restored.push_back(time_.now());
    return schedule_.after(Span{fault.size}, [this] {
      if (!broker_.running()) broker_.start_as_saved();
    });
  }
  gable::test::MemoryBroker::Kept kept;
  kept.sessions = fault.kind == FaultKind::broker_restart;
  kept.retained = fault.kind != FaultKind::broker_wiped;
  schedule_.after(Span{fault.size}, [this, kept] {
    if (!broker_.running()) broker_.start(kept);
  });
}

void World::strike_hub(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::hub_crash:
      return kill_hub("killed", Span{fault.size});
    case FaultKind::hub_crash_write:
      if (hub_.running()) hub_.fuse().light(static_cast<std::uint64_t>(fault.size));
      return;
    case FaultKind::hub_freeze:
      hub_.frozen = hub_.running();
      schedule_.after(Span{fault.size}, [this] { hub_.frozen = false; });
      return;
    case FaultKind::clock_jump:
      return hub_.clock().jump(Span{fault.size});
    case FaultKind::power_loss:
      hub_.disk().set_sync_delay(Span{fault.size});
      // A disk that has been slow for a while; then the light goes out.
      schedule_.after(Span{10'000}, [this] {
        if (quiet_) return;
        if (hub_.running()) kill_hub("without power", random_.span(Span{1'000}, Span{30'000}));
        hub_.disk().power_lost();
        hub_.disk().set_sync_delay(Span{100});
      });
      return;
    case FaultKind::disk_full:
    case FaultKind::disk_full_crash:
      hub_.disk().set_full(true);
      ++disk_full_until_;
      schedule_.after(Span{fault.size}, [this, crash = fault.kind == FaultKind::disk_full_crash] {
        if (crash && !quiet_) kill_hub("killed with a full disk", Span{1'000});
        if (--disk_full_until_ == 0) hub_.disk().set_full(false);
      });
      return;
    default:
      return;
  }
}

void World::strike_bridge(const Fault& fault) {
  if (fault.kind == FaultKind::announcer_crash) {
    if (z2m_.running()) {
      z2m_.died();
      restart_later(z2m, Span{fault.size});
    }
    return;
  }
  BridgeHost& host = bridge(fault.who);
  if (!host.running()) return;
  if (fault.kind == FaultKind::bridge_crash_write)
    return host.fuse().light(static_cast<std::uint64_t>(fault.size));
  if (fault.kind == FaultKind::bridge_freeze) {
    host.frozen = true;
    schedule_.after(Span{fault.size}, [&host] { host.frozen = false; });
    return;
  }
  host.died();
  restart_later(fault.who == "zw" ? zw : mb, Span{fault.size});
}

void World::kill_hub(const std::string& why, Span until_restart) {
  if (!hub_.running()) return;
  history_.note("hub dies: " + why);
  hub_.died();
  restart_later(hub, until_restart);
}

void World::crash(std::size_t actor, const std::string& where) {
  history_.note("process " + std::to_string(actor) + " dies " + where);
  ++history_.faults["died " + where];
  if (actor == hub) hub_.died();
  if (actor == zw) zw_.died();
  if (actor == mb) mb_.died();
  if (actor == z2m) z2m_.died();
  if (actor == anna) anna_.died();
  restart_later(actor, random_.span(Span{100}, Span{10'000}));
}

void World::restart_later(std::size_t actor, Span delay) {
  schedule_.after(delay, [this, actor] {
    try {
      if (actor == hub && !hub_.running()) hub_.start();
      if (actor == zw && !zw_.running()) zw_.start();
      if (actor == mb && !mb_.running()) mb_.start();
      if (actor == z2m && !z2m_.running()) z2m_.start();
      if (actor == anna && !anna_.running()) anna_.start();
    } catch (const Crash& death) {
      crash(actor, death.where);
    }
  });
}

// Those that are away come back by what is planned already, or now.
void World::end_all_faults() {
  history_.note("all faults end");
  quiet_ = true;
  hub_.disk().set_full(false);
  hub_.disk().set_sync_delay(Span{100});
  hub_.frozen = zw_.frozen = mb_.frozen = false;
  hub_.fuse().put_out();
  zw_.fuse().put_out();
  mb_.fuse().put_out();
  if (!broker_.running()) broker_.start({});
  for (const char* who : {"gable-hub", "gable-bridge-zw", "gable-bridge-mb", "z2m"}) {
    broker_.set_latency(who, Span{0});
    try {
      broker_.release(who);
    } catch (const std::out_of_range&) {
      continue;  // nothing held it
    }
  }
  for (const std::size_t actor : {hub, zw, mb, z2m}) restart_later(actor, Span{0});
}

}  // namespace gable::sim
