#pragma once
// mosquitto's ACL file, as far as Gable writes it, for the in-memory broker.

#include <string>
#include <string_view>
#include <vector>

namespace gable::test {

class AccessList {
 public:
  // `text` in the syntax of mosquitto.conf(5) acl_file: `user NAME`, `topic [read|write|readwrite|deny]
  // FILTER` (before the first `user`: for clients without a name) and `pattern … FILTER` with %u and %c, for
  // everybody. Throws std::invalid_argument on a line that it does not know.
  explicit AccessList(std::string_view text);

  [[nodiscard]] bool may_read(std::string_view user, std::string_view client_id,
                              std::string_view topic) const;
  [[nodiscard]] bool may_write(std::string_view user, std::string_view client_id,
                               std::string_view topic) const;

 private:
  enum class Access { read, write, readwrite, deny };
  struct Rule {
    bool pattern = false;
    std::string user;  // of a `topic` line
    Access access = Access::readwrite;
    std::string filter;
  };
  void add_line(std::string_view line, std::string& user);
  [[nodiscard]] bool allows(bool write, std::string_view user, std::string_view client_id,
                            std::string_view topic) const;
  std::vector<Rule> rules_;
};

}  // namespace gable::test
