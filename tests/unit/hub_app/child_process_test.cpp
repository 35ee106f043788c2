// Programs that the hub runs: input, output, limits.

#include "app/child_process.hpp"

#include <gtest/gtest.h>

namespace gable::hub {
namespace {

ProcessEnded run(EdgeAction action) {
  const std::atomic<bool> stopping{false};
  action.id = 5;
  return run_process(action, stopping);
}

TEST(ChildProcess, GivesWhatItPrintedAndItsStatus) {
  EdgeAction action;
  action.shell = "cat; echo oops >&2; exit 3";
  action.input = "hello";
  const ProcessEnded ended = run(action);
  EXPECT_EQ(ended.id, 5u);
  EXPECT_EQ(ended.output, "hello");
  EXPECT_EQ(ended.errors, "oops\n");
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.failure, "");
}

TEST(ChildProcess, NoShellSeesItsArguments) {
  EdgeAction action;
  action.arguments = {"printf", "%s", "$HOME; `ls`"};
  EXPECT_EQ(run(action).output, "$HOME; `ls`");
}

TEST(ChildProcess, WhatTakesTooLongIsKilledWithAllThatItStarted) {
  EdgeAction action;
  action.shell = "sleep 1000 & sleep 1000";
  action.limit = wire::Duration(100);
  const ProcessEnded ended = run(action);
  EXPECT_NE(ended.failure.find("longer than"), std::string::npos);
  EXPECT_EQ(ended.status, 137);
}

TEST(ChildProcess, OutputIsCutAndAMissingProgramNamed) {
  EdgeAction action;
  action.shell = "head -c 1000000 /dev/zero";
  EXPECT_EQ(run(action).output.size(), kOutputLimit);
  action.shell.clear();
  action.arguments = {"no-such-program-here"};
  EXPECT_NE(run(action).failure.find("cannot run no-such-program-here"), std::string::npos);
}

TEST(ChildProcess, AProgramThatReadsNothingEndsAsItWill) {
  EdgeAction action;
  action.shell = "exec 0<&-; exit 0";
  action.input.assign(1'000'000, 'x');
  EXPECT_EQ(run(action).status, 0);
}

}  // namespace
}  // namespace gable::hub
