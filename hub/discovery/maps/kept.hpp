#pragma once
// What a device has said of itself: the messages that its map asked for, as they are now.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "wire/value.hpp"

namespace gable::discovery::maps {

struct Kept {
  wire::Value value;       // the document; a payload that is no JSON is a text
  std::uint64_t mark = 0;  // of what counts as a change
  std::size_t bytes = 0;
};

class Messages {
 public:
  struct Options {
    bool overlay = false;   // lay it over what was there
    bool changing = false;  // only keys count
  };
  // `part` tells apart messages of one name; empty where there is one only. True when this is another
  // announcement than before.
  bool put(const std::string& name, const std::string& part, std::string_view payload,
           const Options& options);
  // The same for an empty payload.
  bool erase(std::string_view name, std::string_view part);

  [[nodiscard]] bool has(std::string_view name) const { return messages_.contains(name); }
  // The document; of a name with parts an object of them, in their alphabetical order. Null: it has not come.
  [[nodiscard]] wire::Value value(std::string_view name, bool parts) const;
  [[nodiscard]] bool empty() const { return messages_.empty(); }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  using Parts = std::map<std::string, Kept, std::less<>>;
  std::map<std::string, Parts, std::less<>> messages_;
  std::size_t bytes_ = 0, count_ = 0;
};

// The document of a payload, or the payload as a text.
wire::Value document_of(std::string_view payload);

}  // namespace gable::discovery::maps
