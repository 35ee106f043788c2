#include "node/logging.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace gable::node {

namespace {

constexpr std::array<std::pair<LogLevel, std::string_view>, 6> kNames{{{LogLevel::trace, "trace"},
                                                                       {LogLevel::debug, "debug"},
                                                                       {LogLevel::info, "info"},
                                                                       {LogLevel::warning, "warning"},
                                                                       {LogLevel::error, "error"},
                                                                       {LogLevel::off, "off"}}};

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::trace:
      return spdlog::level::trace;
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
    case LogLevel::off:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

// syslog's numbers, which journald reads at the start of a line.
class JournalPrefix final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm& /*time*/,
              spdlog::memory_buf_t& out) override {
    constexpr std::array<std::string_view, 6> kPrefixes{"<7>", "<7>", "<6>", "<4>", "<3>", "<2>"};
    const std::string_view prefix = kPrefixes.at(static_cast<std::size_t>(message.level));
    out.append(prefix.data(), prefix.data() + prefix.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JournalPrefix>();
  }
};

std::unique_ptr<spdlog::formatter> formatter_of(LogStyle style) {
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  switch (style) {
    case LogStyle::terminal:
      formatter->set_pattern("%H:%M:%S.%e %^%-7l%$ %v");
      break;
    case LogStyle::journal:
      formatter->add_flag<JournalPrefix>('*').set_pattern("%*%v");
      break;
    case LogStyle::plain:
      formatter->set_pattern("%Y-%m-%d %H:%M:%S.%e %-7l %v");
      break;
  }
  return formatter;
}

std::shared_ptr<spdlog::logger> make_logger() {
  auto logger =
      std::make_shared<spdlog::logger>("gable", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_formatter(formatter_of(log_style_of_stderr()));
  logger->set_level(spdlog::level::info);
  logger->flush_on(spdlog::level::trace);
  return logger;
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> kOnly = make_logger();
  return *kOnly;
}

struct Hook {
  std::mutex mutex;
  std::atomic<LogLevel> level{LogLevel::off};
  LogHook function;
};

Hook& hook() {
  static Hook one;
  return one;
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
      out += '?';
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string_view to_string(LogLevel level) {
  for (const auto& [known, name] : kNames) {
    if (known == level) return name;
  }
  return "info";
}

std::optional<LogLevel> parse_log_level(std::string_view text) {
  if (text == "warn") return LogLevel::warning;
  for (const auto& [level, name] : kNames) {
    if (name == text) return level;
  }
  return std::nullopt;
}

LogStyle log_style_of_stderr() {
  if (isatty(STDERR_FILENO) == 1) return LogStyle::terminal;
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat info {};
  if (stream == nullptr || fstat(STDERR_FILENO, &info) != 0) return LogStyle::plain;
  // "device:inode" of the journal's socket: stderr may have been redirected since.
  const std::string ours = std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
  return ours == stream ? LogStyle::journal : LogStyle::plain;
}

void set_log(LogLevel level, std::optional<LogStyle> style) {
  logger().set_level(spdlog_level(level));
  if (style) logger().set_formatter(formatter_of(*style));
}

void log(LogLevel level, std::string_view text) {
  const auto wanted = spdlog_level(level);
  const bool hooked = level >= hook().level.load(std::memory_order_relaxed) && level != LogLevel::off;
  if (!hooked && !logger().should_log(wanted)) return;
  const std::string safe = escaped(text);
  logger().log(wanted, "{}", safe);
  if (!hooked) return;
  const std::scoped_lock lock(hook().mutex);
  if (hook().function) hook().function(level, safe);
}

void set_log_hook(LogLevel level, LogHook function) {
  const std::scoped_lock lock(hook().mutex);
  hook().function = std::move(function);
  hook().level.store(hook().function ? level : LogLevel::off);
}

}  // namespace gable::node
