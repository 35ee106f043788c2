#pragma once
// The log of a process: lines on stderr, for people on a terminal, for journald or for a file. Any thread.
// Which library writes them is known to logging.cpp only. Text from outside is safe: control characters are
// escaped.

#include <functional>
#include <optional>
#include <string_view>

namespace gable::node {

enum class LogLevel { trace, debug, info, warning, error, off };
std::string_view to_string(LogLevel level);
// "warn" and "warning" are both taken. Nothing for an unknown word.
std::optional<LogLevel> parse_log_level(std::string_view text);

enum class LogStyle {
  terminal,  // time and coloured level
  journal,   // "<4>text": the level as journald reads it (sd-daemon(3))
  plain,     // date, time and level
};
// What stderr is connected to: a terminal, the journal (JOURNAL_STREAM) or neither.
LogStyle log_style_of_stderr();

// Begins, or changes, what is written and how. Before the first call it is `info` in the style of stderr.
void set_log(LogLevel level, std::optional<LogStyle> style = {});

void log(LogLevel level, std::string_view text);
inline void log_debug(std::string_view text) { log(LogLevel::debug, text); }
inline void log_info(std::string_view text) { log(LogLevel::info, text); }
inline void log_warning(std::string_view text) { log(LogLevel::warning, text); }
inline void log_error(std::string_view text) { log(LogLevel::error, text); }

// Hears of what is logged at `level` or above, whatever stderr shows, on the thread that logs: it only
// enqueues (to publish on …/log). An empty function takes the hook away; the call returns when no other
// thread is in it.
using LogHook = std::function<void(LogLevel, std::string_view text)>;
void set_log_hook(LogLevel level, LogHook hook);

}  // namespace gable::node
