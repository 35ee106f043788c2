#include "yaml/loader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/node.h>  // clang-tidy takes a forward declaration of theirs for one of ours
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <unordered_set>

#include "wire/utf8.hpp"
#include "yaml/quoted.hpp"
#include "yaml/source_text.hpp"

namespace gable::rules::yaml {
namespace {

std::size_t offset_of(const YAML::Mark& mark) { return static_cast<std::size_t>(std::max(mark.pos, 0)); }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '#')) {
    if (text.front() == '#')
      text.remove_prefix(std::min(text.size(), text.find('\n')));
    else
      text.remove_prefix(1);
  }
}

// What follows the anchor and, unless `!` itself is looked for, the tag that stand before a node.
std::string_view skip_properties(std::string_view text, bool tags) {
  while (text.starts_with('&') || (tags && text.starts_with('!'))) {
    text.remove_prefix(std::min(text.size(), text.find_first_of(" \t\n")));
    skip_blanks(text);
  }
  return text;
}

constexpr std::array<std::string_view, 2> kSeparators{"\xe2\x80\xa8", "\xe2\x80\xa9"};

// Lines that begin with '%': yaml-cpp takes them for directives and, if no document follows, drops them.
std::size_t count_percents(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = text.find("\n%"); i != std::string_view::npos; i = text.find("\n%", i + 1)) ++count;
  return count;
}

std::size_t count_separators(std::string_view text) {
  std::size_t count = 0;
  for (const std::string_view separator : kSeparators) {
    for (std::size_t i = text.find(separator); i != std::string_view::npos; i = text.find(separator, i + 1))
      ++count;
  }
  return count;
}

// What stands before the document. yaml-cpp takes whatever begins with '%' for a directive, and "..." alone
// for nothing.
// Returns where it ends.
std::size_t check_prolog(const SourceText& source) {
  bool directives = false;
  std::string_view rest = source.text();
  while (!rest.empty()) {
    const std::size_t start = source.text().size() - rest.size();
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t content = line.find_first_not_of(" \t");
    if (content == std::string_view::npos || line[content] == '#') continue;
    if (line.starts_with('%')) {
      const std::size_t name = std::min(line.size(), line.find(' '));
      directives = name > 1 && line.substr(0, name).find_first_of(":,[]{}\"'") == std::string_view::npos;
      if (directives) continue;
      throw Refusal{source.place(start), "a text cannot begin with '%' (put it in quotes)"};
    }
    const bool marked = line.starts_with("---");
    if (line.starts_with("...") && line.find_first_not_of(". \t") == std::string_view::npos) {
      throw Refusal{source.place(start), "'...' ends a document that has not begun"};
    }
    if (!directives || marked) return start;
    throw Refusal{source.place(start), "'---' is missing between the directives and the document"};
  }
  if (directives) throw Refusal{source.whole_file(), "'---' is missing after the directives"};
  return source.text().size();
}

// Hands the events of yaml-cpp to the builder, with what PyYAML would have said of the same places.
class Handler final : public YAML::EventHandler {
 public:
  Handler(const SourceText& source, Builder& builder) : source_(source), builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      throw Refusal{source_.place(offset_of(mark)),
                    "the file should end here (wrong indentation, or a second document)"};
    }
  }
  void OnDocumentEnd() override {}

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    if (name.empty()) return;
    constexpr std::string_view kLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    if (name.find_first_not_of(kLetters) != std::string::npos) {
      throw Refusal{source_.place(offset_of(mark)),
                    "the name of an anchor has letters, digits, - and _ only"};
    }
    if (anchors_.insert(name).second) return;
    throw Refusal{source_.place(offset_of(mark)), "the anchor '" + name + "' is there twice"};
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    last_ = source_.place(offset_of(mark));
    const std::string_view after = skip_properties(source_.from(offset_of(mark)), true);
    const std::size_t end = after.find_first_of(" \t\n,]}:#");
    const std::string_view word = after.substr(0, end);
    // What stands where the key stands is the key.
    const bool written = !word.empty() && resolve_plain(word) == Plain::null && !at_key(last_);
    if (levels_.empty() && !written && source_.text().find('!') != std::string::npos) check_bare_tag();
    if (!written && anchor == YAML::NullAnchor) check_absent(last_);
    Cell place = last_;
    // The mark of an absent value is that of whatever comes next; its key's place is of more use.
    if (builder_.in_map() && !builder_.expects_key() && builder_.pending_key().line != place.line) {
      place = builder_.pending_key();
    }
    builder_.scalar({place_only(place), {}, anchor}, Style::plain, written ? word : std::string_view());
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    last_ = source_.place(offset_of(mark));
    check_indentation(last_);
    builder_.alias(last_, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    last_ = source_.place(offset_of(mark));
    const std::string_view begin = source_.from(offset_of(mark));
    const std::string_view written = skip_properties(begin, true);
    // yaml-cpp: "?" is a plain scalar, "!" a quoted one or one after a lone '!'.
    const std::string_view after_anchor = skip_properties(begin, false);
    const bool lone =
        after_anchor == "!" || after_anchor.starts_with("! ") || after_anchor.starts_with("!\n");
    const bool untagged = lone || tag.empty() || tag == "?" || tag == "!";
    if (!lone && after_anchor.starts_with('!')) check_tag(after_anchor);
    const Properties properties{last_, untagged ? std::string_view() : std::string_view(tag), anchor};
    check_indentation(last_);
    const char first = written.empty() ? '\0' : written.front();
    if (first == '"' || first == '\'') {
      return builder_.scalar(properties, lone ? Style::plain : Style::quoted, quoted_text(written, text));
    }
    if (first == ':' && in_flow() && !text.empty()) {
      throw Refusal{last_, "a text cannot begin with ':' here (put it in quotes)"};
    }
    const bool block = (first == '|' || first == '>') && !in_flow();
    scratch_ = text;
    if (first == '>' && block) mend_kept(written);
    if (source_.has_pairs()) source_.reveal(scratch_, false);
    builder_.scalar(properties, block && !lone ? Style::quoted : Style::plain, scratch_);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, false);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, true);
  }
  void OnMapEnd() override { close(); }

  // After the last event: what yaml-cpp has passed over.
  void check_rest(std::size_t prolog) const {
    check_separators();
    const std::string_view body = source_.from(prolog);
    if (percents_ == count_percents(body)) return;
    throw Refusal{place_of(body.substr(body.find("\n%") + 1)),
                  "a line cannot begin with '%' (put the text in quotes)"};
  }

  // U+2028 and U+2029 end lines in PyYAML, and are ordinary characters in yaml-cpp.
  void check_separators() const {
    if (!source_.has_separators() || separators_ == count_separators(source_.text())) return;
    const std::size_t first =
        std::min(source_.text().find(kSeparators[0]), source_.text().find(kSeparators[1]));
    throw Refusal{source_.place(first), "a line separator (U+2028 or U+2029) outside of quotes"};
  }

  // The place of the last thing that was understood.
  [[nodiscard]] const Cell& last() const { return last_; }

 private:
  struct Level {
    bool flow;
    std::uint32_t line, column;  // where it begins, behind its own tag and anchor
  };

  static Cell place_only(const Cell& cell) {
    Cell place;
    place.file = cell.file;
    place.line = cell.line;
    place.column = cell.column;
    return place;
  }

  // yaml-cpp loses the tag of a document that has nothing else.
  void check_bare_tag() const {
    std::string_view text = source_.text();
    skip_blanks(text);
    if (text.starts_with("---")) text.remove_prefix(3);
    skip_blanks(text);
    text = skip_properties(text, false);
    if (text.starts_with('!')) throw Refusal{place_of(text), "a value is missing after the tag"};
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style, bool is_map) {
    last_ = source_.place(offset_of(mark));
    const bool untagged = tag.empty() || tag == "?" || tag == "!";
    const bool flow = style == YAML::EmitterStyle::Flow;
    if (flow) check_indentation(last_);
    builder_.open({last_, untagged ? std::string_view() : std::string_view(tag), anchor}, is_map);
    // The tag and anchor before a block stand elsewhere; what precedes a block's first key is of that key.
    const bool own = anchor != YAML::NullAnchor || tag != "?";
    const Cell begin = own ? place_of(skip_properties(source_.from(offset_of(mark)), true)) : last_;
    levels_.push_back({flow, begin.line, begin.column});
  }

  void close() {
    levels_.pop_back();
    builder_.close();
  }

  [[nodiscard]] bool at_key(const Cell& place) const {
    if (!builder_.in_map() || builder_.expects_key()) return false;
    const Cell& key = builder_.pending_key();
    return key.line == place.line && key.column == place.column;
  }

  // yaml-cpp fills in nothing where PyYAML wants something.
  void check_absent(const Cell& place) const {
    if (builder_.expects_key()) throw Refusal{place, "a key is missing before ':'"};
    const bool flow = in_flow();
    if (builder_.in_list() && flow) throw Refusal{place, "a value is missing before this"};
    if (!builder_.in_map() || flow) return;
    const Cell& key = builder_.pending_key();
    if (key.line == place.line && key.column == place.column)
      throw Refusal{place, "a ':' is missing after this"};
  }

  [[nodiscard]] bool in_flow() const { return !levels_.empty() && levels_.back().flow; }

  // yaml-cpp takes "a:" and, in the next line, "b" for {a: b}.
  void check_indentation(const Cell& place) const {
    if (levels_.empty() || in_flow() || builder_.expects_key()) return;
    const Level& level = levels_.back();
    if (place.line == level.line || place.column > level.column) return;
    throw Refusal{place, "this does not belong to the block above (indent it, or is a ':' missing?)"};
  }

  [[nodiscard]] Cell place_of(std::string_view part) const {
    return source_.place(static_cast<std::size_t>(part.data() - source_.text().data()));
  }

  // PyYAML takes a tag up to the next blank.
  void check_tag(std::string_view written) const {
    constexpr std::string_view kForeign = ",[]{}\"\\#|^`";
    const std::string_view tag = written.substr(0, written.find_first_of(" \t\n"));
    if (tag.starts_with("!<") || tag.find_first_of(kForeign) == std::string_view::npos) return;
    throw Refusal{place_of(written), "a blank is missing after the tag"};
  }

  // What a quoted scalar means; `text` is what yaml-cpp made of it, borrowed.
  std::string_view quoted_text(std::string_view written, const std::string& text) {
    const auto part = quoted_part(written);
    // yaml-cpp takes it for closed when the file ends after a line break.
    if (!part) throw Refusal{place_of(written), "a quoted text is not closed"};
    const bool double_quoted = written.front() == '"';
    if (source_.has_separators()) separators_ += count_separators(*part);
    const bool one_line = part->find('\n') == std::string_view::npos;
    if (!one_line) percents_ += count_percents(*part);
    const bool simple = one_line && (!double_quoted || part->find('\\') == std::string_view::npos) &&
                        !source_.has_pairs() && !source_.has_separators();
    if (simple) return text;
    auto meant = unquote(*part, double_quoted);
    if (!meant) {
      throw Refusal{place_of(written),
                    "a backslash before a character that needs none, or an escape that is no character"};
    }
    scratch_ = std::move(*meant);
    source_.reveal(scratch_, double_quoted);
    return scratch_;
  }

  // yaml-cpp folds the lines that a '+' would keep.
  void mend_kept(std::string_view written) {
    const std::string_view header = written.substr(0, written.find_first_of(" #\n"));
    if (header.find('+') == std::string_view::npos) return;
    const std::size_t breaks = kept_breaks(written, scratch_);
    if (breaks == 0) return;
    scratch_.resize(scratch_.find_last_not_of('\n') + 1);
    scratch_.append(breaks, '\n');
  }

  const SourceText& source_;
  Builder& builder_;
  std::vector<Level> levels_;  // the open lists and maps
  std::unordered_set<std::string> anchors_;
  std::string scratch_;  // the text of the scalar that is handed on
  // That stood in quoted texts.
  std::size_t separators_ = 0, percents_ = 0;
  Cell last_;
  int documents_ = 0;
};

struct Wording {
  std::string_view theirs, ours;
};
constexpr std::array<Wording, 23> kWordings{{
    {"illegal map value", "a ':' is not allowed here (wrong indentation, or a text that needs quotes)"},
    {"illegal block entry", "a '-' is not allowed here (a list begins on a line of its own)"},
    {"illegal map key", "a key is not allowed here (wrong indentation)"},
    {"end of map not found",
     "this does not belong to the block above (wrong indentation, or a text that needs quotes)"},
    {"end of sequence not found", "this does not belong to the list above (wrong indentation)"},
    {"end of sequence flow not found", "a '[' is not closed"},
    {"end of map flow not found", "a '{' is not closed (put '{{ … }}' in quotes)"},
    {"illegal flow end", "a closing bracket without an opening one"},
    {"unknown token", "a text cannot begin with this character (put the text in quotes)"},
    {"illegal EOF in scalar", "a quoted text is not closed"},
    {"illegal document indicator in scalar", "a quoted text is not closed"},
    {"the referenced anchor is not defined", "an alias to an anchor that is not defined above"},
    {"alias not found after *", "a text cannot begin with '*' (put the text in quotes)"},
    {"illegal character found while scanning alias", "a text cannot begin with '*' (put the text in quotes)"},
    {"anchor not found after &", "a text cannot begin with '&' (put the text in quotes)"},
    {"illegal character found while scanning anchor",
     "a text cannot begin with '&' (put the text in quotes)"},
    {"illegal tab when looking for indentation", "a tab in the indentation (use spaces)"},
    {"bad file", "nested too deep"},
    {"invalid unicode", "an escape that is no character (half of a surrogate pair?)"},
    {"unknown escape character",
     "a backslash before a character that needs none (write \\\\ for a backslash)"},
    {"bad character found while scanning hex number", "an escape with too few hexadecimal digits"},
    {"unexpected character in block scalar", "only + - and a digit may follow '|' or '>'"},
    {"illegal character in scalar",
     "a text cannot begin or go on like this (wrong indentation, or a text that needs quotes)"},
}};

// yaml-cpp's words, translated.
Refusal translate(const YAML::Exception& error, const SourceText& source, const Cell& last) {
  const auto number = static_cast<std::size_t>(std::max(error.mark.line, 0));
  const std::string_view line = source.line(number);
  const std::size_t tab = line.substr(0, line.find_first_not_of(" \t")).find('\t');
  if (tab != std::string_view::npos) {
    const auto start = static_cast<std::size_t>(line.data() - source.text().data());
    return {source.place(start + tab), "a tab in the indentation (use spaces)"};
  }
  const Cell place = source.place(offset_of(error.mark));
  const auto* found = std::find_if(kWordings.begin(), kWordings.end(), [&](const Wording& wording) {
    return error.msg.starts_with(wording.theirs);
  });
  if (found == kWordings.end()) return {place, std::string(wire::utf8_start(error.msg))};
  std::string text(found->ours);
  if (text.ends_with("not closed") && last.line > 0) {
    text += " (it begins at or after line " + std::to_string(last.line) + ", column " +
            std::to_string(last.column) + ")";
  }
  return {place, std::move(text)};
}

}  // namespace

Parsed parse_into(const Target& target, std::uint16_t file, std::string_view text, const Limits& limits) {
  // Columns and lines of a larger file would not fit everywhere.
  if (text.size() > limits.bytes) {
    Cell whole;
    whole.file = file;
    throw Refusal{whole, "larger than " + std::to_string(limits.bytes) + " bytes", true};
  }
  const SourceText source(text, file);
  Builder builder(target.tree, target.texts, limits, target.warnings);
  Handler handler(source, builder);
  const std::size_t prolog = check_prolog(source);
  std::istringstream in(source.text());
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(handler)) {
    }
    handler.check_rest(prolog);
  } catch (const YAML::Exception& error) {
    throw translate(error, source, handler.last());
  }
  const CellIndex root = builder.finish(source.whole_file());
  return {root, builder.nodes(), builder.height()};
}

wire::Error to_error(const Refusal& refusal, const Tree& tree) {
  const Position position{tree.files[refusal.place.file].path, refusal.place.line, refusal.place.column};
  return {refusal.too_large ? wire::ErrorCode::too_large : wire::ErrorCode::malformed, refusal.text,
          position.text()};
}

wire::Result<Document> parse(std::string_view name, std::string_view text, const Limits& limits) {
  auto tree = std::make_unique<Tree>();
  tree->files.push_back({std::string(name)});
  std::vector<Warning> warnings;
  try {
    Interner texts(tree->text);
    const Parsed parsed = parse_into({*tree, texts, warnings}, 0, text, limits);
    tree->shrink();
    return Document(std::move(tree), parsed.root, std::move(warnings));
  } catch (const Refusal& refusal) {
    return to_error(refusal, *tree);
  }
}

}  // namespace gable::rules::yaml
