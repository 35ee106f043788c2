// `gable completion`: a script that lets the shell complete subcommands, options and entity ids.

#include <ostream>

#include "gable/commands.hpp"

namespace gable::cli {

namespace {

// Word lists in one place; a test compares them with what the program takes.
constexpr std::string_view kWords = R"sh(
_gable_words() {
  local common="--broker --root --json --log-level --help"
  case "$1" in
    ls) echo "$common --domain --area --state" ;;
    set) echo "$common --timeout" ;;
    call) echo "$common --target --area --timeout" ;;
    watch) echo "$common --for" ;;
    history | logbook) echo "$common --from --to --limit" ;;
    trace) echo "$common --last --run" ;;
    shadow) echo "$common --from --to" ;;
    live) echo "$common --shadow --file" ;;
    record) echo "$common --filter --for --count" ;;
    play) echo "$common --map --speed --bridge --offline" ;;
    replay) echo "$common --rules --blueprints --from --to --map --obey --time-zone --place --differences --traces" ;;
    setup) echo "$common --yes --dir --host --bridges --people --port --broker-user" ;;
    enroll) echo "$common --dir --out" ;;
    import) echo "homeassistant --out --blueprints --json --help" ;;
    conformance) echo "$common --entity --look-only" ;;
    completion) echo "bash zsh fish" ;;
    "") echo "--help --version COMMANDS" ;;
    *) echo "$common" ;;
  esac
}
# Entity ids of the running house; nothing when there is none.
_gable_entities() {
  gable ls --json "$@" 2>/dev/null | grep -o '"entity_id":"[^"]*"' | cut -d '"' -f 4
}
)sh";

constexpr std::string_view kBash = R"sh(
_gable() {
  local word="${COMP_WORDS[COMP_CWORD]}" command="" words
  if [ "$COMP_CWORD" -gt 1 ]; then command="${COMP_WORDS[1]}"; fi
  words="$(_gable_words "$command")"
  case "$command" in
    get | set | why | history | logbook | forget | rename | customize | watch | trace | shadow | live)
      case "$word" in -*) ;; *) words="$(_gable_entities)" ;; esac ;;
    record | play)
      case "$word" in -*) ;; *) COMPREPLY=($(compgen -f -- "$word")); return ;; esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _gable gable
)sh";

constexpr std::string_view kZsh = R"sh(
_gable() {
  local command="" entities
  (( CURRENT > 2 )) && command="${words[2]}"
  case "$command" in
    get|set|why|history|logbook|forget|rename|customize|watch|trace|shadow|live)
      if [[ "$PREFIX" != -* ]]; then entities=(${(f)"$(_gable_entities)"}); compadd -a entities; return; fi ;;
    record|play)
      if [[ "$PREFIX" != -* ]]; then _files; return; fi ;;
  esac
  compadd -- $(_gable_words "$command")
}
compdef _gable gable
)sh";

constexpr std::string_view kFish = R"sh(
function _gable_entities
  gable ls --json 2>/dev/null | string match -r -a '"entity_id":"[^"]*"' | string replace -r '.*:"(.*)"' '$1'
end
complete -c gable -f
complete -c gable -n __fish_use_subcommand -a 'COMMANDS'
complete -c gable -n '__fish_seen_subcommand_from get set why history logbook forget rename customize watch trace shadow live' -a '(_gable_entities)'
complete -c gable -n '__fish_seen_subcommand_from record play' -F
complete -c gable -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c gable -l broker -x -d 'the broker, as mqtt://host'
complete -c gable -l root -x -d 'first level of the topic tree'
complete -c gable -l json -d 'write JSON'
complete -c gable -n '__fish_seen_subcommand_from ls' -l domain -x
complete -c gable -n '__fish_seen_subcommand_from ls call' -l area -x
complete -c gable -n '__fish_seen_subcommand_from ls' -l state -x
complete -c gable -n '__fish_seen_subcommand_from set call' -l timeout -x
complete -c gable -n '__fish_seen_subcommand_from call' -l target -x -a '(_gable_entities)'
complete -c gable -n '__fish_seen_subcommand_from watch record' -l for -x
complete -c gable -n '__fish_seen_subcommand_from record' -l filter -x
complete -c gable -n '__fish_seen_subcommand_from record' -l count -x
complete -c gable -n '__fish_seen_subcommand_from history logbook shadow' -l from -x
complete -c gable -n '__fish_seen_subcommand_from history logbook shadow' -l to -x
complete -c gable -n '__fish_seen_subcommand_from history logbook' -l limit -x
complete -c gable -n '__fish_seen_subcommand_from trace' -l last -x
complete -c gable -n '__fish_seen_subcommand_from trace' -l run -x
complete -c gable -n '__fish_seen_subcommand_from live' -l shadow
complete -c gable -n '__fish_seen_subcommand_from live' -l file
complete -c gable -n '__fish_seen_subcommand_from play' -l map -r
complete -c gable -n '__fish_seen_subcommand_from play' -l speed -x -a 'max 1 10 100'
complete -c gable -n '__fish_seen_subcommand_from play' -l bridge -x
complete -c gable -n '__fish_seen_subcommand_from play' -l offline
complete -c gable -n '__fish_seen_subcommand_from replay' -l rules -r
complete -c gable -n '__fish_seen_subcommand_from replay' -l blueprints -r
complete -c gable -n '__fish_seen_subcommand_from replay' -l from -x
complete -c gable -n '__fish_seen_subcommand_from replay' -l to -x
complete -c gable -n '__fish_seen_subcommand_from replay' -l map -r
complete -c gable -n '__fish_seen_subcommand_from replay' -l obey -x
complete -c gable -n '__fish_seen_subcommand_from replay' -l time-zone -x
complete -c gable -n '__fish_seen_subcommand_from replay' -l place -x
complete -c gable -n '__fish_seen_subcommand_from replay' -l differences
complete -c gable -n '__fish_seen_subcommand_from replay' -l traces
complete -c gable -n '__fish_seen_subcommand_from import' -a homeassistant -F
complete -c gable -n '__fish_seen_subcommand_from import' -l out -r
complete -c gable -n '__fish_seen_subcommand_from import' -l blueprints -r
complete -c gable -n '__fish_seen_subcommand_from setup' -l yes
)sh";

std::string with_commands(std::string_view script) {
  constexpr std::string_view kPlace = "COMMANDS";
  constexpr std::string_view kCommands =
      "ls get set call watch why history logbook problems bridges forget rename customize refresh reload "
      "rules trace "
      "shadow live record play replay conformance broker-check setup enroll check template test import "
      "completion";
  std::string out(script);
  if (const auto at = out.find(kPlace); at != std::string::npos) out.replace(at, kPlace.size(), kCommands);
  return out;
}

int print(const std::string& shell, const Context& context) {
  if (shell == "fish") {
    context.out << with_commands(kFish);
  } else if (shell == "bash" || shell == "zsh") {
    if (shell == "zsh") context.out << "#compdef gable\n";
    context.out << with_commands(kWords) << (shell == "bash" ? kBash : kZsh);
  } else {
    return context.fail("there is no completion for '" + printable(shell) + "'; take bash, zsh or fish");
  }
  return node::kExitOk;
}

}  // namespace

NamedRunner add_completion(node::Arguments& all) {
  auto& arguments = all.command("completion", "Print a completion script for a shell");
  auto shell = std::make_shared<std::string>();  // shared by the parser's target and the runner
  arguments.positional("SHELL", *shell, "bash, zsh or fish");
  arguments.epilog("bash: source <(gable completion bash)\nfish: gable completion fish | source");
  return {"completion", [shell](const Context& context) { return print(*shell, context); }};
}

}  // namespace gable::cli
