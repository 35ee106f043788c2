#pragma once
// The configuration of the notify bridge: its targets, and where spoken texts are served.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/config_tree.hpp"
#include "protocol/mail.hpp"
#include "protocol/outbox.hpp"

namespace gable::notify {

inline constexpr std::size_t kTargetLimit = 32;

enum class Kind { mail, webhook, ntfy, speech };

struct TargetConfig {
  std::string id, name, area;
  Kind kind = Kind::webhook;
  Policy policy;
  std::string url;             // smtp(s)://host:port, http(s)://…; of ntfy with its topic
  std::string user, password;  // may be empty; ntfy: an empty user is a token
  std::string ca_file;         // empty: the system's
  // mail
  MailAddress from;
  std::vector<MailAddress> to;
  std::string subject;     // when a message has no title
  bool encrypted = false;  // smtp:// only with STARTTLS
  // webhook
  std::string secret, header;
  // ntfy
  std::string topic;
  // speech
  std::string player;            // media_player.kitchen
  std::string voice;             // of espeak-ng
  int speed = 150;               // words a minute
  std::optional<double> volume;  // 0–1, while it is being said
};

struct NotifyConfig {
  std::vector<TargetConfig> targets;
  std::string listen_host = "127.0.0.1";
  std::uint16_t listen_port = 0;  // 0: any
  std::string url;                // under which players reach it; empty: listen_host and port
};

// `own`: the bridge's part of its file (Bridge::config). Throws node::ConfigError with file, line and column.
NotifyConfig read_notify_config(const node::ConfigNode& own);
// `name` stands in messages.
NotifyConfig read_notify_text(const std::string& name, std::string_view yaml);

}  // namespace gable::notify
