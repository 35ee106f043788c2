#pragma once
// The command line of every executable. CLI11 parses it, in arguments.cpp only. Used once, by main.

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "node/logging.hpp"

namespace gable::node {

// Exit status of every executable.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  // it ran, and what was asked for did not succeed
inline constexpr int kExitUsage = 2;   // command line or configuration is wrong

// What every executable takes. Empty: not given.
struct CommonArguments {
  std::string config;  // --config FILE
  std::string broker;  // --broker URL, else $GABLE_BROKER
  std::string root;    // --root NAME
  std::optional<LogLevel> log_level;
  bool json = false;
};

class Arguments {
 public:
  // `program` as people call it: "gable-hub". `description`: one sentence.
  Arguments(const std::string& program, const std::string& description);
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // What follows is declared before parse(); targets must outlive it and keep their value when not given.
  // `names`: "--state" or "-s,--state"; `value`: what stands for the value in the help, "DIR".
  void option(const std::string& names, const std::string& value, std::string& target,
              const std::string& help);
  void option(const std::string& names, const std::string& value, std::vector<std::string>& target,
              const std::string& help);
  void option(const std::string& names, const std::string& value, double& target, const std::string& help);
  void flag(const std::string& names, bool& target, const std::string& help);
  // Arguments without a name, in the order of their declaration; `name` as the help shows it: "ENTITY".
  void positional(const std::string& name, std::string& target, const std::string& help,
                  bool required = true);
  void positional(const std::string& name, std::vector<std::string>& target, const std::string& help,
                  bool required = true);
  // A subcommand with options of its own; one of them must be given. It takes the common options too. The
  // reference lives as long as this object.
  Arguments& command(const std::string& name, const std::string& help);
  // Text after the options in --help: examples.
  void epilog(const std::string& text);

  // Nothing: go on. Else the exit status: help or version have been written to `out` (0), or what is wrong
  // and what to do to `err` (2).
  std::optional<int> parse(int argc, const char* const* argv);
  std::optional<int> parse(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

  [[nodiscard]] const CommonArguments& common() const;
  // Name of the subcommand that was given; empty when there is none.
  [[nodiscard]] std::string selected() const;

 private:
  struct Impl;
  explicit Arguments(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::node
