#include "yaml/loader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <unordered_set>

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

// The text of a quoted scalar without its quotes; `text` begins with the first. Nothing when it is not
// closed, which yaml-cpp forgives when the file ends after a line break.
std::optional<std::string_view> quoted_part(std::string_view text) {
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool escape = quote == '"' && text[i] == '\\';
    const bool doubled = quote == '\'' && text[i] == quote && i + 1 < text.size() && text[i + 1] == quote;
    if (escape || doubled) {
      ++i;
    } else if (text[i] == quote) {
      return text.substr(1, i - 1);
    }
  }
  return std::nullopt;
}

// U+2028 and U+2029 end lines in PyYAML and are ordinary characters in yaml-cpp. Between other characters of
// a quoted text both give the same.
bool separators_matter(std::string_view text) {
  for (const std::string_view separator :
       {std::string_view("\xe2\x80\xa8"), std::string_view("\xe2\x80\xa9")}) {
    for (std::size_t i = text.find(separator); i != std::string_view::npos; i = text.find(separator, i + 1)) {
      const std::size_t after = i + separator.size();
      if ((i > 0 && is_blank(text[i - 1])) || (after < text.size() && is_blank(text[after]))) return true;
    }
  }
  return false;
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
    if (name.empty() || anchors_.insert(name).second) return;
    throw Refusal{source_.place(offset_of(mark)), "the anchor '" + name + "' is there twice"};
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    last_ = source_.place(offset_of(mark));
    const std::string_view after = skip_properties(source_.from(offset_of(mark)), true);
    const std::size_t end = after.find_first_of(" \t\n,]}:#");
    const std::string_view word = after.substr(0, end);
    const bool written = !word.empty() && resolve_plain(word) == Plain::null;
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
    builder_.alias(last_, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    last_ = source_.place(offset_of(mark));
    const std::string_view begin = source_.from(offset_of(mark));
    const std::string_view written = skip_properties(begin, true);
    const char first = written.empty() ? '\0' : written.front();
    check_written(written, text);
    // yaml-cpp: "?" is a plain scalar, "!" a quoted one or one after a lone '!'.
    const bool untagged = tag.empty() || tag == "?" || tag == "!";
    const bool lone = tag == "!" && skip_properties(begin, false).starts_with('!');
    const bool plain = first != '"' && first != '\'' && first != '|' && first != '>';
    const Properties properties{last_, untagged ? std::string_view() : std::string_view(tag), anchor};
    const Style style = lone || plain ? Style::plain : Style::quoted;
    if (!source_.has_pairs()) return builder_.scalar(properties, style, text);
    std::string meant = text;
    source_.reveal(meant, first == '"');
    builder_.scalar(properties, style, meant);
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

  // The place of the last thing that was understood.
  [[nodiscard]] const Cell& last() const { return last_; }

 private:
  static Cell place_only(const Cell& cell) {
    Cell place;
    place.file = cell.file;
    place.line = cell.line;
    place.column = cell.column;
    return place;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style, bool is_map) {
    last_ = source_.place(offset_of(mark));
    const bool untagged = tag.empty() || tag == "?" || tag == "!";
    builder_.open({last_, untagged ? std::string_view() : std::string_view(tag), anchor}, is_map);
    flow_.push_back(style == YAML::EmitterStyle::Flow);
  }

  void close() {
    flow_.pop_back();
    builder_.close();
  }

  // yaml-cpp fills in nothing where PyYAML wants something.
  void check_absent(const Cell& place) const {
    if (builder_.expects_key()) throw Refusal{place, "a key is missing before ':'"};
    const bool flow = !flow_.empty() && flow_.back();
    if (builder_.in_list() && flow) throw Refusal{place, "a value is missing before this"};
    if (!builder_.in_map() || flow) return;
    const Cell& key = builder_.pending_key();
    if (key.line == place.line && key.column == place.column)
      throw Refusal{place, "a ':' is missing after this"};
  }

  void check_written(std::string_view written, std::string_view text) const {
    const auto place = [&](std::string_view at) {
      return source_.place(static_cast<std::size_t>(at.data() - source_.text().data()));
    };
    const bool quoted = written.starts_with('"') || written.starts_with('\'');
    if (quoted) {
      const auto part = quoted_part(written);
      if (!part) throw Refusal{place(written), "a quoted text is not closed"};
      const std::size_t escape = written.starts_with('"') ? find_quote_escape(*part) : std::string_view::npos;
      if (escape != std::string_view::npos) {
        throw Refusal{place(part->substr(escape)), "a ' needs no backslash before it"};
      }
      if (!source_.has_separators() || !separators_matter(*part)) return;
    }
    if (!source_.has_separators()) return;
    const bool there = text.find("\xe2\x80\xa8") != std::string_view::npos ||
                       text.find("\xe2\x80\xa9") != std::string_view::npos;
    if (there) throw Refusal{place(written), "a line separator (U+2028 or U+2029) within this text"};
  }

  // yaml-cpp knows \', PyYAML does not.
  static std::size_t find_quote_escape(std::string_view part) {
    for (std::size_t i = part.find('\\'); i != std::string_view::npos; i = part.find('\\', i + 2)) {
      if (i + 1 < part.size() && part[i + 1] == '\'') return i;
    }
    return std::string_view::npos;
  }

  const SourceText& source_;
  Builder& builder_;
  std::vector<bool> flow_;  // of the open lists and maps
  std::unordered_set<std::string> anchors_;
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
  if (found == kWordings.end()) return {place, error.msg};
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
  std::istringstream in(source.text());
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(handler)) {
    }
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
    tree->cells.shrink_to_fit();
    tree->links.shrink_to_fit();
    tree->text.shrink_to_fit();
    return Document(std::move(tree), parsed.root, std::move(warnings));
  } catch (const Refusal& refusal) {
    return to_error(refusal, *tree);
  }
}

}  // namespace gable::rules::yaml
