#include "notify_config.hpp"

#include <algorithm>
#include <charconv>

#include "node/config_reader.hpp"

namespace gable::notify {

namespace {

using node::ConfigNode;

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";

bool only(std::string_view text, std::string_view allowed, std::size_t longest) {
  return !text.empty() && text.size() <= longest && text.find_first_not_of(allowed) == text.npos;
}

std::string text_at(const ConfigNode& node, std::string_view key, std::string fallback = {}) {
  const ConfigNode* found = node.find(key);
  return found == nullptr ? std::move(fallback) : found->as_name();
}

Moment duration_of(const ConfigNode& node) { return std::chrono::duration_cast<Moment>(node.as_duration()); }

bool printable_url(std::string_view url) {
  return url.size() <= 2000 &&
         std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// A URL of one of the schemes. Whoever can read the house sees it in no message: it may hold a secret.
std::string read_url(const ConfigNode& node, std::initializer_list<std::string_view> schemes) {
  const std::string& url = node.as_name();
  std::string wanted;
  for (const std::string_view scheme : schemes) {
    if (url.starts_with(scheme) && url.size() > scheme.size() && printable_url(url)) return url;
    wanted += (wanted.empty() ? "" : " or ") + std::string(scheme);
  }
  node.fail_expected("a URL that begins with " + wanted);
}

void read_policy(const ConfigNode& node, TargetConfig& target) {
  Policy& policy = target.policy;
  if (target.kind == Kind::speech) {
    policy.waiting = 10;
    policy.keep = std::chrono::minutes(2);  // later nobody wants to hear it
    policy.retry_min = std::chrono::seconds(2);
  }
  if (const auto* waiting = node.find("waiting"))
    policy.waiting = static_cast<std::size_t>(waiting->as_int(1, 1000));
  if (const auto* burst = node.find("burst")) policy.burst = static_cast<int>(burst->as_int(1, 1000));
  if (const auto* pause = node.find("pause")) {
    policy.per_message = duration_of(*pause);
    if (policy.per_message < Moment(1) || policy.per_message > std::chrono::hours(1))
      pause->fail_expected("a time from 1 ms to 1 h");
  }
  if (const auto* keep = node.find("keep")) {
    policy.keep = duration_of(*keep);
    if (policy.keep < std::chrono::seconds(1) || policy.keep > std::chrono::hours(24 * 7))
      keep->fail_expected("a time from 1 s to 7 d");
  }
  if (const auto* retry = node.find("retry")) {
    policy.retry_min = duration_of(*retry);
    if (policy.retry_min < Moment(100) || policy.retry_min > policy.retry_max)
      retry->fail_expected("a time from 100 ms to 5 min");
  }
}

MailAddress read_address(const ConfigNode& node, const std::string& text) {
  const auto address = parse_address(text);
  if (!address) node.fail_expected("a mail address, anna@example.org or Anna <anna@example.org>");
  return *address;
}

void read_mail(const ConfigNode& node, TargetConfig& target) {
  node.expect_keys({"kind", "name", "area", "waiting", "burst", "pause", "keep", "retry", "server", "user",
                    "password", "ca_file", "from", "to", "subject", "starttls"});
  target.url = read_url(node.at("server"), {"smtps://", "smtp://"});
  const bool plain = target.url.starts_with("smtp://");
  target.encrypted = !plain || (node.find("starttls") != nullptr && node.at("starttls").as_bool());
  target.from = read_address(node.at("from"), node.at("from").as_name());
  for (const std::string& to : node.at("to").as_text_list())
    target.to.push_back(read_address(node.at("to"), to));
  if (target.to.empty() || target.to.size() > 50) node.at("to").fail_expected("1 to 50 mail addresses");
  target.subject = text_at(node, "subject", "Message from the house");
  if (!target.user.empty() && !target.encrypted)
    node.at("user").fail("a password would go over the network for all to read",
                         "use smtps:// or starttls: true");
}

void read_webhook(const ConfigNode& node, TargetConfig& target) {
  node.expect_keys({"kind", "name", "area", "waiting", "burst", "pause", "keep", "retry", "url", "user",
                    "password", "ca_file", "secret", "header"});
  target.url = read_url(node.at("url"), {"https://", "http://"});
  target.secret = text_at(node, "secret");
  target.header = text_at(node, "header", "X-Hub-Signature-256");
  if (!only(target.header, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", 64))
    node.at("header").fail_expected("the name of an HTTP header");
}

void read_ntfy(const ConfigNode& node, TargetConfig& target) {
  node.expect_keys({"kind", "name", "area", "waiting", "burst", "pause", "keep", "retry", "url", "user",
                    "password", "ca_file"});
  const ConfigNode& url = node.at("url");
  target.url = read_url(url, {"https://", "http://"});
  const std::size_t slash = target.url.rfind('/');
  target.topic = target.url.substr(slash + 1);
  if (slash < target.url.find("//") + 2 || !only(target.topic, kLetters, 64))
    url.fail_expected("the server and a topic, https://ntfy.example.org/house");
  target.url.resize(slash + 1);
}

void read_speech(const ConfigNode& node, TargetConfig& target) {
  node.expect_keys({"kind", "name", "area", "waiting", "burst", "pause", "keep", "retry", "player", "voice",
                    "speed", "volume"});
  target.player = node.at("player").as_name();
  const std::string prefix = "media_player.";
  if (!target.player.starts_with(prefix) ||
      !only(target.player.substr(prefix.size()), "abcdefghijklmnopqrstuvwxyz0123456789_", 128))
    node.at("player").fail_expected("a media player, media_player.kitchen");
  target.voice = text_at(node, "voice", "en");
  if (target.voice.front() == '-' || !only(target.voice, std::string(kLetters) + "+", 32))
    node.at("voice").fail_expected("a voice of espeak-ng, en-gb", "espeak-ng --voices lists them");
  if (const auto* speed = node.find("speed")) target.speed = static_cast<int>(speed->as_int(80, 450));
  if (const auto* volume = node.find("volume")) target.volume = volume->as_number(0, 1);
}

TargetConfig read_target(const node::ConfigEntry& entry) {
  const ConfigNode& node = entry.value;
  TargetConfig target;
  target.id = entry.key;
  if (!only(target.id, kLetters, 64))
    entry.fail("'" + entry.key + "' is no id", "use letters, digits, _ . : -, at most 64");
  target.name = text_at(node, "name", target.id);
  target.area = text_at(node, "area");
  target.user = text_at(node, "user");
  target.password = text_at(node, "password");
  target.ca_file = text_at(node, "ca_file");
  const ConfigNode& kind = node.at("kind");
  const std::string& word = kind.as_text();
  const auto is = [&](std::string_view name, Kind value) {
    return word == name && (target.kind = value, true);
  };
  if (!is("mail", Kind::mail) && !is("webhook", Kind::webhook) && !is("ntfy", Kind::ntfy) &&
      !is("speech", Kind::speech))
    kind.fail_expected("mail, webhook, ntfy or speech");
  if (target.kind == Kind::mail) read_mail(node, target);
  if (target.kind == Kind::webhook) read_webhook(node, target);
  if (target.kind == Kind::ntfy) read_ntfy(node, target);
  if (target.kind == Kind::speech) read_speech(node, target);
  read_policy(node, target);
  return target;
}

void read_listen(const ConfigNode& root, NotifyConfig& config) {
  const ConfigNode* listen = root.find("listen");
  if (listen != nullptr) {
    const std::string& text = listen->as_name();
    const std::size_t colon = text.rfind(':');
    const std::string_view port = std::string_view(text).substr(colon == text.npos ? text.size() : colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), config.listen_port);
    config.listen_host = text.substr(0, colon);
    if (!only(config.listen_host, "0123456789.", 15) || port.empty() || error != std::errc() ||
        end != port.data() + port.size())
      listen->fail_expected("an IPv4 address and a port, 127.0.0.1:8127");
  }
  if (const auto* url = root.find("url")) config.url = read_url(*url, {"http://", "https://"});
}

NotifyConfig read_root(const ConfigNode& root) {
  root.expect_keys({"targets", "listen", "url"});
  NotifyConfig config;
  const ConfigNode& targets = root.at("targets");
  for (const auto& entry : targets.entries()) {
    if (config.targets.size() == kTargetLimit)
      entry.fail("more than 32 targets", "run a second bridge with another --id");
    config.targets.push_back(read_target(entry));
  }
  if (config.targets.empty()) targets.fail_expected("at least one target");
  read_listen(root, config);
  return config;
}

}  // namespace

NotifyConfig read_notify_config(const ConfigNode& own) { return read_root(own); }

NotifyConfig read_notify_text(const std::string& name, std::string_view yaml) {
  return read_root(node::parse_config(name, yaml).root);
}

}  // namespace gable::notify
