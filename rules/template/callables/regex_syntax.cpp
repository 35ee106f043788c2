// Python's regular expressions → RE2's.

#include "template/callables/regex_syntax.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "template/callables/regex_classes.hpp"
#include "template/callables/regex_scanner.hpp"
#include "template/value/error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

constexpr int kDeepest = 100;  // groups within groups

constexpr bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_ascii_digit(char32_t c) { return c >= '0' && c <= '9'; }
constexpr bool is_class(char32_t c) {
  return c == 'd' || c == 'D' || c == 'w' || c == 'W' || c == 's' || c == 'S';
}

void append_literal(char32_t c, std::string& out) {
  if (is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == ' ') {
    out += static_cast<char>(c);
    return;
  }
  constexpr int kHexadecimal = 16;
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<std::uint32_t>(c), kHexadecimal);
  out.append("\\x{").append(digits, end.ptr).append("}");
}

struct Flags {
  bool ignore_case = false;
  bool multiline = false;
  bool dot_all = false;
  bool verbose = false;
  bool ascii = false;
};

class Translator {
 public:
  Translator(std::string_view pattern, const RegexOptions& options) : in_(pattern), options_(options) {
    flags_.ignore_case = options.ignore_case;
  }

  RegexPattern translate() {
    alternatives(true);
    if (!in_.at_end()) in_.fail("unbalanced parenthesis");
    result_.text = (flags_.ignore_case ? "(?i)" : "") + out_;
    return std::move(result_);
  }

 private:
  // What the last thing was, for the repetition that may follow.
  enum class Last { nothing, assertion, item, repetition };

  void alternatives(bool outermost) {
    if (++depth_ > kDeepest) in_.fail("groups nested too deep");
    sequence(outermost);
    while (in_.take('|')) {
      out_ += '|';
      sequence(false);
    }
    --depth_;
  }

  void sequence(bool may_set_flags) {
    last_ = Last::nothing;
    const std::size_t begin = out_.size();
    while (!in_.at_end() && in_.peek() != '|' && in_.peek() != ')') {
      const char32_t c = in_.next();
      if (flags_.verbose && skip_verbose(c)) continue;
      may_set_flags_ = may_set_flags && out_.size() == begin;
      element(c);
    }
  }

  bool skip_verbose(char32_t c) {
    if (c == '#') {
      while (!in_.at_end() && in_.next() != '\n') {
      }
      return true;
    }
    return c == ' ' || (c >= 9 && c <= 13);
  }

  void element(char32_t c) {
    switch (c) {
      case '\\':
        return escape();
      case '[':
        return set();
      case '(':
        return group();
      case '.':
        return item(flags_.dot_all ? "(?s:.)" : "[^\\n]");
      case '^':
        return assertion(flags_.multiline ? "(?m:^)" : "\\A");
      case '$':
        return assertion(flags_.multiline || options_.last_line_ends ? "(?m:$)" : "\\z");
      case '*':
        return repeat("*");
      case '+':
        return repeat("+");
      case '?':
        return repeat("?");
      case '{':
        return counted();
      default:
        return literal(c);
    }
  }

  void item(std::string_view text) {
    out_ += text;
    last_ = Last::item;
  }
  void assertion(std::string_view text) {
    out_ += text;
    last_ = Last::assertion;
  }
  void literal(char32_t c) {
    append_literal(c, out_);
    last_ = Last::item;
  }

  void repeat(std::string_view how) {
    if (last_ == Last::nothing || last_ == Last::assertion) in_.fail("nothing to repeat");
    if (last_ == Last::repetition) in_.fail("multiple repeat");
    out_ += how;
    if (in_.take('?')) {
      out_ += '?';
      result_.lazy = true;
    }
    if (in_.take('+')) unsupported("possessive repetition");
    last_ = Last::repetition;
  }

  std::string number() {
    std::string digits;
    while (is_ascii_digit(in_.peek())) digits += static_cast<char>(in_.next());
    if (digits.size() > 4) unsupported("more than 1000 repetitions");
    return digits;
  }

  // {m}, {m,}, {,n}, {m,n}; anything else is a brace.
  void counted() {
    const RegexScanner brace = in_;
    if (in_.peek() == '}') return literal('{');
    std::string low = number();
    std::string high = low;
    if (in_.take(',')) high = number();
    const bool only_comma = low.empty() && high.empty();
    if (!in_.take('}')) {
      in_ = brace;
      return literal('{');
    }
    if (!low.empty() && !high.empty() && std::stoi(low) > std::stoi(high)) {
      in_.fail("min repeat greater than max repeat");
    }
    if (only_comma) return repeat("*");
    if (low.empty()) low = "0";
    repeat(low == high ? "{" + low + "}" : "{" + low + "," + high + "}");
  }

  [[nodiscard]] ClassAlphabet alphabet() const {
    if (flags_.ascii) return ClassAlphabet::ascii;
    return options_.ascii_text ? ClassAlphabet::ascii_text : ClassAlphabet::unicode;
  }

  void escape() {
    if (in_.at_end()) in_.fail("bad escape (end of pattern)");
    const char32_t c = in_.next();
    switch (c) {
      case 'A':
        return assertion("\\A");
      case 'Z':
        return assertion("\\z");
      case 'b':
        return assertion("\\b");
      case 'B':
        return assertion(options_.empty_text ? "[^\\x00-\\x{10ffff}]" : "\\B");
      default:
        break;
    }
    if (is_class(c)) return item("[" + std::string(regex_class(c, alphabet())) + "]");
    if (const std::optional<char32_t> meant = in_.escaped(c)) return literal(*meant);
    if (is_ascii_digit(c)) return numbered_escape(c);
    if (c == 'N') unsupported("\\N{name}");
    if (is_ascii_letter(c)) in_.fail(std::string("bad escape \\") + static_cast<char>(c));
    literal(c);
  }

  // \123 is a character by its octal number, \1 and \12 are what a group has matched.
  void numbered_escape(char32_t c) {
    if (c > '7' || !in_.octal_ahead(0) || !in_.octal_ahead(1)) unsupported("a reference back to a group");
    literal(in_.octal(c - '0', 2));
  }

  // One end of a range within [ ]: a character; nothing for a class, which is then written to `out`.
  std::optional<char32_t> set_member(char32_t c, std::string& out) {
    if (c != '\\') return c;
    if (in_.at_end()) in_.fail("bad escape (end of pattern)");
    c = in_.next();
    if (is_class(c)) {
      out += regex_class(c, alphabet());
      return std::nullopt;
    }
    if (c == 'b') return 0x08;
    if (const std::optional<char32_t> meant = in_.escaped(c)) return meant;
    if (c >= '1' && c <= '7') return in_.octal(c - '0', 2);
    if (is_ascii_letter(c) || is_ascii_digit(c)) {
      in_.fail(std::string("bad escape \\") + static_cast<char>(c));
    }
    return c;
  }

  void set() {
    std::string out = in_.take('^') ? "[^" : "[";
    for (bool first = true; first || in_.peek() != ']'; first = false) {
      if (in_.at_end()) in_.fail("unterminated character set");
      const std::optional<char32_t> low = set_member(in_.next(), out);
      const RegexScanner before_dash = in_;
      if (!in_.take('-')) {
        if (low) append_literal(*low, out);
        continue;
      }
      if (in_.peek() == ']') {
        in_ = before_dash;
        if (low) append_literal(*low, out);
        continue;
      }
      if (in_.at_end()) in_.fail("unterminated character set");
      const std::optional<char32_t> high = set_member(in_.next(), out);
      if (!low || !high || *low > *high) in_.fail("bad character range");
      append_literal(*low, out);
      out += '-';
      append_literal(*high, out);
    }
    in_.take(']');
    item(out + "]");
  }

  void group() {
    const bool at_begin = may_set_flags_;
    const Last before = last_;
    if (!in_.take('?')) return capture({});
    const char32_t c = in_.next();
    switch (c) {
      case ':':
        return enclosed("(?:");
      case 'P':
        return named_group();
      case '#':
        in_.until(')');
        last_ = before;
        return;
      case '=':
      case '!':
        unsupported("look-ahead");
      case '>':
        unsupported("an atomic group");
      case '(':
        unsupported("a conditional group");
      case '<':
        if (in_.peek() == '=' || in_.peek() == '!') unsupported("look-behind");
        in_.fail("unknown extension ?<");
      default:
        return flags(c, at_begin);
    }
  }

  void enclosed(std::string_view open) {
    out_ += open;
    const Flags outer = flags_;
    alternatives(false);
    flags_ = outer;
    if (!in_.take(')')) in_.fail("missing ), unterminated subpattern");
    item(")");
  }

  void capture(std::string_view name) {
    ++result_.groups;
    if (!name.empty()) result_.names.push_back({std::string(name), result_.groups});
    enclosed("(");
  }

  void named_group() {
    if (in_.take('=')) unsupported("a reference back to a group");
    if (!in_.take('<')) in_.fail("unknown extension ?P");
    const std::string_view name = in_.until('>');
    const bool good = !name.empty() && !is_ascii_digit(static_cast<unsigned char>(name.front())) &&
                      std::ranges::all_of(name, [](char c) {
                        const auto octet = static_cast<unsigned char>(c);
                        return octet >= 0x80 || c == '_' || is_ascii_letter(octet) || is_ascii_digit(octet);
                      });
    if (!good) in_.fail("bad character in group name");
    if (std::ranges::find(result_.names, name, &RegexName::name) != result_.names.end()) {
      in_.fail("redefinition of group name");
    }
    capture(name);
  }

  void set_flag(char32_t letter, bool on, Flags& flags) const {
    switch (letter) {
      case 'i':
        flags.ignore_case = on;
        break;
      case 'm':
        flags.multiline = on;
        break;
      case 's':
        flags.dot_all = on;
        break;
      case 'x':
        flags.verbose = on;
        break;
      case 'a':
      case 'u':
        if (!on) in_.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        flags.ascii = letter == 'a';
        break;
      default:
        in_.fail("unknown flag");
    }
  }

  // (?im) for all that follows, (?im-s:…) for what is within.
  void flags(char32_t c, bool at_begin) {
    Flags changed = flags_;
    for (; c != ')' && c != ':' && c != '-'; c = in_.next()) set_flag(c, true, changed);
    if (c == ')') {
      if (!at_begin) in_.fail("global flags not at the start of the expression");
      flags_ = changed;
      return;
    }
    if (c == '-') {
      c = in_.next();
      if (c == ':') in_.fail("missing flag");
      for (; c != ':'; c = in_.next()) set_flag(c, false, changed);
    }
    const bool same = changed.ignore_case == flags_.ignore_case;
    const Flags outer = flags_;
    flags_ = changed;
    enclosed(same ? "(?:" : changed.ignore_case ? "(?i:" : "(?-i:");
    flags_ = outer;
  }

  [[noreturn]] void unsupported(std::string_view what) const {
    in_.fail(std::string(what) + " is not supported here");
  }

  RegexScanner in_;
  RegexOptions options_;
  RegexPattern result_;
  std::string out_;
  Flags flags_;
  Last last_ = Last::nothing;
  bool may_set_flags_ = false;
  int depth_ = 0;
};

class TemplateReader {
 public:
  TemplateReader(std::string_view text, const RegexPattern& pattern) : in_(text), pattern_(pattern) {}

  RegexTemplate read() {
    while (!in_.at_end()) {
      const char32_t c = in_.next();
      if (c != '\\') {
        unicode::append(c, text_);
        continue;
      }
      if (in_.at_end()) in_.fail("bad escape (end of pattern)");
      escape(in_.next());
    }
    result_.pieces.push_back({std::move(text_), RegexTemplate::kNoGroup});
    return std::move(result_);
  }

 private:
  void escape(char32_t c) {
    if (c == 'g') return named();
    if (c >= '1' && c <= '9') return numbered(c);
    if (c == '\\') return unicode::append(c, text_);
    if (c == 'b') return unicode::append(0x08, text_);
    const bool is_code = c == 'x' || c == 'u' || c == 'U';  // only in patterns
    if (const std::optional<char32_t> meant = is_code ? std::nullopt : in_.escaped(c)) {
      return unicode::append(*meant, text_);
    }
    if (is_ascii_letter(c)) in_.fail(std::string("bad escape \\") + static_cast<char>(c));
    text_ += '\\';
    unicode::append(c, text_);
  }

  void numbered(char32_t c) {
    if (c <= '7' && in_.octal_ahead(0) && in_.octal_ahead(1)) {
      return unicode::append(in_.octal(c - '0', 2), text_);
    }
    std::size_t group = c - '0';
    if (is_ascii_digit(in_.peek())) group = group * 10 + (in_.next() - '0');
    add(group);
  }

  void named() {
    if (!in_.take('<')) in_.fail("missing <");
    const std::string_view name = in_.until('>');
    if (name.empty()) in_.fail("missing group name");
    std::size_t group = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), group);
    if (read.ec == std::errc() && read.ptr == name.data() + name.size()) return add(group);
    const auto found = std::ranges::find(pattern_.names, name, &RegexName::name);
    if (found == pattern_.names.end()) {
      throw_error(ErrorClass::index_error, "unknown group name '" + std::string(name) + "'");
    }
    add(found->group);
  }

  void add(std::size_t group) {
    if (group > pattern_.groups) in_.fail("invalid group reference " + std::to_string(group));
    result_.pieces.push_back({std::move(text_), group});
    text_.clear();
  }

  RegexScanner in_;
  const RegexPattern& pattern_;
  RegexTemplate result_;
  std::string text_;
};

}  // namespace

RegexPattern translate_regex(std::string_view pattern, const RegexOptions& options) {
  return Translator(pattern, options).translate();
}

RegexTemplate parse_regex_template(std::string_view text, const RegexPattern& pattern) {
  return TemplateReader(text, pattern).read();
}

}  // namespace gable::rules::jinja
