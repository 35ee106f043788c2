#pragma once
// The subcommands: each function declares one with its options and gives what runs it. The options live as
// long as the runner. Called once, by main.

#include <vector>

#include "gable/context.hpp"

namespace gable::cli {

struct NamedRunner {
  std::string name;
  Runner run;
};

NamedRunner add_ls(node::Arguments& all);
NamedRunner add_get(node::Arguments& all);
NamedRunner add_set(node::Arguments& all);
NamedRunner add_call(node::Arguments& all);
NamedRunner add_watch(node::Arguments& all);
NamedRunner add_why(node::Arguments& all);
NamedRunner add_history(node::Arguments& all);
NamedRunner add_logbook(node::Arguments& all);
NamedRunner add_problems(node::Arguments& all);
NamedRunner add_bridges(node::Arguments& all);
NamedRunner add_forget(node::Arguments& all);
NamedRunner add_rename(node::Arguments& all);
NamedRunner add_customize(node::Arguments& all);
NamedRunner add_refresh(node::Arguments& all);
NamedRunner add_reload(node::Arguments& all);
NamedRunner add_rules(node::Arguments& all);
NamedRunner add_trace(node::Arguments& all);
NamedRunner add_shadow(node::Arguments& all);
NamedRunner add_live(node::Arguments& all);
NamedRunner add_record(node::Arguments& all);
NamedRunner add_play(node::Arguments& all);
NamedRunner add_replay(node::Arguments& all);
NamedRunner add_look(node::Arguments& all);
NamedRunner add_conformance(node::Arguments& all);
NamedRunner add_broker_check(node::Arguments& all);
NamedRunner add_setup(node::Arguments& all);
NamedRunner add_enroll(node::Arguments& all);
NamedRunner add_check(node::Arguments& all);
NamedRunner add_template(node::Arguments& all);
NamedRunner add_import(node::Arguments& all);
NamedRunner add_test(node::Arguments& all);
NamedRunner add_completion(node::Arguments& all);

}  // namespace gable::cli
