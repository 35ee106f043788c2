#pragma once
// What several platforms share: texts of devices as numbers and words, scales, the topics of one entity's
// commands and the messages of one command.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/fields.hpp"

namespace gable::discovery::platforms {

namespace jinja = rules::jinja;

// What a template prints for a value that is not there: the attribute becomes unknown.
inline constexpr std::string_view kNoneText = "None";

// A number as Python's float() reads it; nothing for other texts, NaN and infinity.
std::optional<double> real_in(std::string_view text);
// The nearest whole number, halves to the even one, as Python rounds; at most ±2^53.
std::int64_t whole(double number);
// A text from outside for a message to people: in quotes, cut to a readable length.
std::string shown(std::string_view text);
wire::List texts_list(const std::vector<std::string>& texts);
bool listed(const std::vector<std::string>& texts, std::string_view text);

// A range of the device, for which 0 to 100 % stand here. It may run backwards.
struct Scale {
  double zero = 0, full = 100;

  // Of a device's number: whole per cent, rounded down, 0 to 100.
  [[nodiscard]] std::int64_t percent(double number) const;
  [[nodiscard]] double number(double percent) const { return zero + percent * (full - zero) / 100; }
};
// Both ends from the configuration. A range without extent is a fault; the fallback is taken.
Scale scale(Fields& fields, std::string_view zero_key, std::string_view full_key, Scale fallback);

// A payload of commands: nothing when the announcement says null, which takes the command away.
std::optional<std::string> payload_of(Fields& fields, std::string_view key, std::string_view fallback);
// The first of these keys that is there, else the last.
std::string_view first_key(const Fields& fields, std::initializer_list<std::string_view> keys);

// Notes that `text` could not be read as `attribute`. A whole JSON document is no fault: it is what a
// template leaves that found nothing for this entity in it.
void unread(std::string_view attribute, std::string_view text, std::string_view expected, Said& said);

// What a device says and what it is called here.
struct Word {
  std::string payload;
  std::string_view state;  // of the domain's table
};
// Finds `text` among the words and says it as `attribute`; "None" is unknown, an empty text says nothing, all
// else is a fault.
void say_word(std::string_view attribute, const std::vector<Word>& words, std::string_view text, Said& said);
// The same for a number.
void say_real(std::string_view attribute, std::string_view text, Said& said);
// The same for a text out of `allowed` (an empty list: any).
void say_option(std::string_view attribute, const std::vector<std::string>& allowed, std::string_view text,
                Said& said);

// json_attributes: what the domain's own attributes are called is said by the platform only.
void say_attributes(const wire::DomainSpec& domain, const Payload& payload, Said& said);

// The main state as it is in force; empty: unknown.
std::string_view state_now(const wire::CurrentValues& now);
// A parameter of a command, which the table has checked.
std::string_view text_in(const wire::Command& command, std::string_view param);
std::optional<double> number_in(const wire::Command& command, std::string_view param);

// The topics of one entity's commands: only those that there are, by the binding's own numbers.
class Outlets {
 public:
  // True when the announcement names the topic.
  bool read(Fields& fields, int slot, std::string_view topic_key, std::string_view template_key);
  [[nodiscard]] const Outlet* find(int slot) const;  // null: none

 private:
  struct Entry {
    int slot = 0;
    Outlet outlet;
  };
  std::vector<Entry> entries_;
};

// One attribute's topics, in and out, with their templates; any key may be empty.
struct Ways {
  int slot = 0;
  std::string_view state_topic, state_template, command_topic, command_template;
};
struct Reading {
  bool in = false, out = false;  // which of the topics are there

  [[nodiscard]] bool any() const { return in || out; }
  // It can be set, but nobody says what became of it.
  [[nodiscard]] bool assumed() const { return out && !in; }
};
// Where the attribute has no template of its own, `value_template` is taken if `shared_template` says so.
Reading read_ways(Fields& fields, Outlets& outlets, const Ways& ways, bool shared_template = false);

// The messages of one command. After the first error nothing more is added.
class Messages {
 public:
  explicit Messages(Renderer& renderer) : renderer_(renderer) {}

  // One message with `value`; a null outlet, and one without a topic, adds nothing.
  void add(const Outlet* outlet, const jinja::Value& value, const std::vector<jinja::Variable>& more = {});
  // A payload as it stands, past the outlet's template.
  void add_plain(const Outlet* outlet, std::string payload);
  void add_rendered(const Outlet* outlet, const jinja::Template& source,
                    const std::vector<jinja::Variable>& variables);
  // What was gathered; errors: the first one, unsupported when there is no message at all.
  wire::Result<std::vector<Outgoing>> take(const wire::Command& command);

 private:
  Renderer& renderer_;
  std::vector<Outgoing> messages_;
  std::optional<wire::Error> error_;
};

// "its announcement names no topic for …"
wire::Error no_topic(const wire::Command& command);

}  // namespace gable::discovery::platforms
