#pragma once
// What the door keeps of one announced entity.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "discovery/binding.hpp"
#include "discovery/discovery.hpp"

namespace gable::discovery {

enum class Heard : std::int8_t { nothing = -1, no = 0, yes = 1 };

struct Discovery::Slot {
  Handle handle = 0;
  std::string key;           // unique id
  Source* source = nullptr;  // that announced it
  std::unique_ptr<Binding> binding;
  std::shared_ptr<const DeviceInfo> device;  // for triggers only
  std::vector<Heard> heard;                  // by availability topic
  Heard latest = Heard::nothing;
  bool attached = false;
  bool expired = false;  // waits for a message, by expire_after
  bool faulty = false;   // a fault of a message is reported
  bool tag = false;      // of what has no entity: a tag reader, else a device trigger
};

// What one topic announced last.
struct Discovery::Source {
  std::string topic;
  std::size_t* quota = nullptr;  // entities of its origin so far; shared with all of that origin
  std::size_t fingerprint = 0;   // of the payload
  bool migrating = false;
  std::vector<Handle> entities;
};

// The verdict of its availability topics (Home Assistant's modes), and why.
struct Judged {
  bool available = true;
  std::string reason;
};
Judged judge_availability(const Availability& availability, const std::vector<Heard>& heard, Heard latest);

}  // namespace gable::discovery
