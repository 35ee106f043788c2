#include "discovery/platforms/parts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "template/value/operations.hpp"
#include "wire/utf8.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr std::size_t kShownBytes = 60;
constexpr double kLargest = 9'007'199'254'740'992;  // 2^53: beyond, doubles are no longer whole numbers

}  // namespace

std::optional<double> real_in(std::string_view text) {
  const auto number = jinja::to_real(jinja::Value(text));
  if (!number || !std::isfinite(*number)) return std::nullopt;
  return number;
}

std::int64_t whole(double number) {
  if (std::isnan(number)) return 0;
  return static_cast<std::int64_t>(std::clamp(std::nearbyint(number), -kLargest, kLargest));
}

std::string shown(std::string_view text) { return "'" + wire::shortened(text, kShownBytes) + "'"; }

wire::List texts_list(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

bool listed(const std::vector<std::string>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

std::int64_t Scale::percent(double number) const {
  return static_cast<std::int64_t>(std::clamp(std::floor((number - zero) * 100 / (full - zero)), 0.0, 100.0));
}

Scale scale(Fields& fields, std::string_view zero_key, std::string_view full_key, Scale fallback) {
  const Scale read{fields.number(zero_key, fallback.zero), fields.number(full_key, fallback.full)};
  if (read.zero != read.full && std::isfinite(read.full - read.zero)) return read;
  fields.fault(std::string(full_key) + ": expected another number than " + std::string(zero_key) +
               "; the usual range is taken");
  return fallback;
}

std::optional<std::string> payload_of(Fields& fields, std::string_view key, std::string_view fallback) {
  if (const wire::Value* value = fields.find(key); value != nullptr && value->is_null()) return std::nullopt;
  return fields.text(key, fallback);
}

std::string_view first_key(const Fields& fields, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (fields.has(key)) return key;
  }
  return *std::prev(keys.end());
}

void unread(std::string_view attribute, std::string_view text, std::string_view expected, Said& said) {
  if (text.starts_with('{')) return;
  said.fault = std::string(attribute) + ": expected " + std::string(expected) + ", found " + shown(text);
}

void say_word(std::string_view attribute, const std::vector<Word>& words, std::string_view text, Said& said) {
  if (text.empty()) return;
  const auto word = std::ranges::find(words, text, &Word::payload);
  if (word != words.end()) {
    said.set(attribute, word->state);
  } else if (text == kNoneText) {
    said.set(attribute, nullptr);
  } else {
    unread(attribute, text, "one of its payloads", said);
  }
}

void say_real(std::string_view attribute, std::string_view text, Said& said) {
  if (text.empty()) return;
  if (text == kNoneText) return said.set(attribute, nullptr);
  if (const auto number = real_in(text)) return said.set(attribute, *number);
  unread(attribute, text, "a number", said);
}

void say_option(std::string_view attribute, const std::vector<std::string>& allowed, std::string_view text,
                Said& said) {
  if (text.empty()) return;
  if (allowed.empty() || listed(allowed, text)) return said.set(attribute, text);
  if (text == kNoneText) return said.set(attribute, nullptr);
  unread(attribute, text, "one of those that its announcement lists", said);
}

void say_attributes(const wire::DomainSpec& domain, const Payload& payload, Said& said) {
  Said read;
  receive_attributes(payload, read);
  if (!read.fault.empty()) said.fault = std::move(read.fault);
  for (auto& [name, value] : read.values) {
    if (wire::find_attribute(domain, name) == nullptr) said.set(name, std::move(value));
  }
}

std::string_view state_now(const wire::CurrentValues& now) {
  const wire::Value* state = now.current("state");
  return state == nullptr ? std::string_view() : state->string_or("");
}

std::string_view text_in(const wire::Command& command, std::string_view param) {
  const wire::Value* value = command.data.find(param);
  return value == nullptr ? std::string_view() : value->string_or("");
}

std::optional<double> number_in(const wire::Command& command, std::string_view param) {
  const wire::Value* value = command.data.find(param);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->number_or(0);
}

bool Outlets::read(Fields& fields, int slot, std::string_view topic_key, std::string_view template_key) {
  Outlet made = outlet(fields, topic_key, template_key);
  if (!made) return false;
  entries_.push_back({slot, std::move(made)});
  return true;
}

const Outlet* Outlets::find(int slot) const {
  const auto entry = std::ranges::find(entries_, slot, &Entry::slot);
  return entry == entries_.end() ? nullptr : &entry->outlet;
}

Reading read_ways(Fields& fields, Outlets& outlets, const Ways& ways, bool shared_template) {
  Reading reading;
  const bool own = !ways.state_template.empty() && fields.has(ways.state_template);
  const std::string_view source = own || !shared_template ? ways.state_template : "value_template";
  reading.in = !ways.state_topic.empty() && fields.inlet(ways.slot, ways.state_topic, source);
  reading.out = !ways.command_topic.empty() &&
                outlets.read(fields, ways.slot, ways.command_topic, ways.command_template);
  return reading;
}

void Messages::add(const Outlet* outlet, const jinja::Value& value,
                   const std::vector<jinja::Variable>& more) {
  if (outlet == nullptr || !*outlet || error_) return;
  auto message = outgoing(*outlet, value, renderer_, more);
  if (message) {
    messages_.push_back(std::move(*message));
  } else {
    error_ = message.error();
  }
}

void Messages::add_plain(const Outlet* outlet, std::string payload) {
  if (outlet == nullptr || !*outlet || error_) return;
  messages_.push_back({.topic = *outlet->topic,
                       .payload = std::move(payload),
                       .qos = outlet->qos,
                       .retained = outlet->retained});
}

void Messages::add_rendered(const Outlet* outlet, const jinja::Template& source,
                            const std::vector<jinja::Variable>& variables) {
  if (outlet == nullptr || !*outlet || error_) return;
  auto rendered = renderer_.render(source, variables);
  if (rendered) {
    add_plain(outlet, std::move(*rendered));
  } else {
    error_ = rendered.error();
  }
}

wire::Result<std::vector<Outgoing>> Messages::take(const wire::Command& command) {
  if (error_) return *error_;
  if (messages_.empty()) return no_topic(command);
  return std::move(messages_);
}

wire::Error no_topic(const wire::Command& command) {
  return {wire::ErrorCode::unsupported,
          "its announcement names no topic for " + std::string(command.service->name), ""};
}

}  // namespace gable::discovery::platforms
