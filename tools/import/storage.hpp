#pragma once
// The files of `.storage`, as Home Assistant writes them: {"version": 1, "minor_version": 3,
// "key": "core.area_registry", "data": {…}}. Values are read by type; what has another one is an error that
// names the file and the path to it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/folder.hpp"
#include "wire/value.hpp"

namespace gable::importing {

// One object of a file. Borrows it; null counts as absent, as in the files themselves.
class Record {
 public:
  Record(const wire::Object& object, std::string where) : object_(object), where_(std::move(where)) {}

  // "": absent.
  [[nodiscard]] std::string text(std::string_view key) const;
  // A text that must be there and not be empty.
  [[nodiscard]] std::string name(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key) const;
  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key) const;
  // The objects of a list, or the one object.
  [[nodiscard]] std::vector<Record> records(std::string_view key) const;
  [[nodiscard]] std::optional<Record> record(std::string_view key) const;
  // Whether it says anything about this.
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  [[nodiscard]] const wire::Value* find(std::string_view key) const;
  [[nodiscard]] const wire::Object& object() const { return object_; }
  // ".storage/person: data.items[2]"
  [[nodiscard]] const std::string& where() const { return where_; }
  // Throws FolderError at `key`.
  [[noreturn]] void fail(std::string_view key, const std::string& text) const;

 private:
  [[noreturn]] void fail_type(std::string_view key, std::string_view expected) const;

  const wire::Object& object_;
  std::string where_;
};

class Stored {
 public:
  Stored(std::string path, wire::Object data) : path_(std::move(path)), data_(std::move(data)) {}
  // A list stands in `items`.
  [[nodiscard]] Record data() const { return {data_, path_ + ": data"}; }

 private:
  std::string path_;
  wire::Object data_;
};

// Nothing: there is no such file. `version`: the newest that is understood. Throws FolderError: not JSON, not
// of this form, of another key, newer.
std::optional<Stored> read_stored(rules::yaml::FileSource& files, const std::string& key,
                                  std::int64_t version = 1);

}  // namespace gable::importing
