#pragma once
// What every command gets: where the broker is, how to print, and how to end. Made by main, outlives the
// command.

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "gable/paint.hpp"
#include "node/arguments.hpp"
#include "node/mqtt_port.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::cli {

struct Context {
  node::ConnectOptions connect;  // host, port, user, TLS; a client id of its own for every run
  std::string address;           // "mqtt://127.0.0.1:1883": for people, without password
  std::string root = "gable";
  std::string user;           // whose private topics are used: <root>/client/<user>/…
  std::string run_id;         // new for every run
  bool broker_given = false;  // by --broker or $GABLE_BROKER
  bool root_given = false;
  bool json = false;
  Paint paint;
  std::size_t columns = 0;  // of the terminal; 0: stdout is none
  std::ostream& out;
  std::ostream& err;

  // "gable: text" on stderr. Returns the exit status kExitFailed.
  int fail(std::string_view text) const;
  int fail(const wire::Error& error) const;
  // The same for a command line that makes no sense: kExitUsage.
  int refuse(std::string_view text) const;
  // One line of JSON.
  void print(const wire::Value& value) const;
};

// Runs the command that was chosen; gives the exit status.
using Runner = std::function<int(const Context&)>;

// Fills what the command line says; the broker is mqtt://127.0.0.1:1883 where it says none. Errors:
// malformed.
wire::Result<Context> make_context(const node::CommonArguments& common, std::ostream& out, std::ostream& err);

}  // namespace gable::cli
