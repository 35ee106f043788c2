#pragma once
// Who listens to which topic. A look-up costs the same with ten listeners as with fifty thousand: exact
// topics are hashed, filters with wildcards stand in a tree of levels.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gable::discovery {

using Handle = std::uint32_t;  // of an announced entity

// A filter that a broker takes (MQTT 5, 4.7): UTF-8, wildcards alone in their level, `#` in the last one.
bool valid_filter(std::string_view filter);

struct Listener {
  Handle entity = 0;
  std::uint16_t index = 0;    // of its inlets or of its availability topics
  bool availability = false;  // which of the two
};

class Topics {
 public:
  Topics();
  ~Topics();
  Topics(const Topics&) = delete;
  Topics& operator=(const Topics&) = delete;

  // True when nobody listened to this filter before.
  bool add(std::string_view filter, Listener listener);
  // Takes back all of the entity's listeners on this filter. True when nobody is left.
  bool remove(std::string_view filter, Handle entity);
  // Appends all that listen to `topic`; those of one entity stand together for each filter.
  void find(std::string_view topic, std::vector<Listener>& out) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <class T>
  using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  struct Level {
    Map<std::unique_ptr<Level>> below;  // by name, "+" too
    std::vector<Listener> here;         // a filter ends here
    std::vector<Listener> rest;         // … or with "#"
    [[nodiscard]] bool empty() const { return below.empty() && here.empty() && rest.empty(); }
  };

  static void collect(const Level& level, std::string_view topic, bool first, std::vector<Listener>& out);
  bool remove_below(Level& level, std::string_view filter, Handle entity);

  Map<std::vector<Listener>> exact_;
  std::unique_ptr<Level> wildcards_;
};

}  // namespace gable::discovery
