#pragma once
// shell_command.NAME and rest_command.NAME: programs that the configuration names, run by the edges. Off
// unless it says `allow_commands: true`. The call is pending until the program has ended; what it printed is
// the response.

#include <map>

#include "core/event.hpp"
#include "core/helpers/zone_rules.hpp"
#include "core/services/service_request.hpp"

namespace gable::hub {

class Processes {
 public:
  Processes(const Registry& registry, const ZoneRules& zone) : registry_(registry), zone_(zone) {}

  // Pending, or refused at once.
  rules::ServiceOutcome run(Turn& turn, const ServiceRequest& request);

  // What a program's end means to whoever called.
  struct End {
    std::uint64_t call = 0;  // 0: a client's
    Asker asker;
    std::string name;  // shell_command.x
    std::string error;
    wire::Object response;
  };
  std::optional<End> on_ended(Turn& turn, const ProcessEnded& ended);
  // Nobody waits any more. The program goes on: it cannot be undone half-way.
  void abandon(std::uint64_t call);

 private:
  struct Running {
    std::uint64_t call = 0;
    Asker asker;
    std::string name;
    bool server = false;  // rest_command
  };
  wire::Result<EdgeAction> shell(const ShellCommand& command, const ServiceRequest& request, Time now) const;
  wire::Result<EdgeAction> rest(const RestCommand& command, const ServiceRequest& request, Time now) const;
  [[nodiscard]] rules::ServiceOutcome no_such(const ServiceRequest& request) const;

  const Registry& registry_;
  const ZoneRules& zone_;
  std::uint64_t next_ = 1;
  std::map<std::uint64_t, Running> running_;
};

// The words of a line as a POSIX shell splits them, without expanding anything. Errors: malformed (a
// quotation that does not end).
wire::Result<std::vector<std::string>> shell_words(std::string_view line);

}  // namespace gable::hub
