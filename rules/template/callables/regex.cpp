// Regular expressions with Python's syntax and meaning, on RE2.

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <list>
#include <memory>

#include "template/callables/regex_syntax.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

struct Regex {
  RegexPattern pattern;
  std::unique_ptr<re2::RE2> program;
  // Finds the longest match instead of the first alternative's; made when it is needed.
  std::unique_ptr<re2::RE2> longest;
};

std::unique_ptr<re2::RE2> compile(const std::string& pattern, bool longest) {
  constexpr std::int64_t kMemory = 4 << 20;  // octets, of the program and its automata
  re2::RE2::Options settings;
  settings.set_log_errors(false);
  settings.set_max_mem(kMemory);
  settings.set_longest_match(longest);
  auto program = std::make_unique<re2::RE2>(pattern, settings);
  if (!program->ok()) {
    throw_value_error("regular expression: too large or not supported here: " + program->error());
  }
  return program;
}

}  // namespace

// The patterns of one evaluation: those within loops and map() are compiled once.
class RegexCache {
 public:
  Regex& find(Evaluation& evaluation, std::string_view pattern, const RegexOptions& options) {
    const auto found = std::ranges::find_if(
        entries_, [&](const Entry& entry) { return entry.options == options && entry.pattern == pattern; });
    if (found != entries_.end()) return found->regex;
    constexpr std::size_t kCost = 64;  // compiling is far more than going through the text of the pattern
    evaluation.budget().work(kCost * (pattern.size() + 1));
    if (entries_.size() == kMost) entries_.pop_back();
    RegexPattern translated = translate_regex(pattern, options);
    std::unique_ptr<re2::RE2> program = compile(translated.text, false);
    entries_.push_front(
        {std::string(pattern), options, {std::move(translated), std::move(program), nullptr}});
    return entries_.front().regex;
  }

 private:
  static constexpr std::size_t kMost = 8;
  struct Entry {
    std::string pattern;
    RegexOptions options;
    Regex regex;
  };
  std::list<Entry> entries_;
};

namespace {

// The value as text and the pattern for it: parameters 0 and 1, ignorecase where it stands.
struct Search {
  Search(Evaluation& evaluation, const Bound& arguments, std::size_t ignore_case)
      : evaluation_(evaluation), text_(arguments.has(0) ? text_of(arguments[0], kept_) : "") {
    const std::string_view pattern = arguments.has(1) ? need_text(arguments[1], "pattern") : "";
    RegexOptions options;
    options.ignore_case = arguments.flag(ignore_case, false);
    options.ascii_text = unicode::is_ascii(text_);
    options.empty_text = text_.empty();
    options.last_line_ends = text_.ends_with('\n') && text_.find('\n') + 1 == text_.size();
    std::shared_ptr<RegexCache>& cache = evaluation.regexes();
    if (!cache) cache = std::make_shared<RegexCache>();
    regex_ = &cache->find(evaluation, pattern, options);
    groups_.resize(regex_->pattern.groups + 1);
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  [[nodiscard]] const Regex& regex() const { return *regex_; }

  bool matches(bool at_begin) {
    evaluation_.budget().work(text_.size());
    return regex_->program->Match(text_, 0, text_.size(),
                                  at_begin ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED, nullptr, 0);
  }

  // All matches in order. An empty one may follow another immediately, and behind an empty one there may be
  // another at the same place that is not empty, as in Python since 3.7.
  template <typename Visit>
  void each(const Visit& visit) {
    constexpr std::size_t kShare = 64;  // most searches end long before the text does
    std::size_t at = 0;
    while (at <= text_.size()) {
      evaluation_.budget().work(16 + (text_.size() - at) / kShare);
      if (!regex_->program->Match(text_, at, text_.size(), re2::RE2::UNANCHORED, groups_.data(),
                                  static_cast<int>(groups_.size()))) {
        break;
      }
      visit();
      const std::size_t end = begin_of(0) + groups_[0].size();
      if (!groups_[0].empty()) {
        at = end;
      } else if (const std::size_t longer = match_behind_empty(end); longer > end) {
        visit();
        at = longer;
      } else {
        at = end == text_.size() ? end + 1 : unicode::end_of(text_, end);
      }
    }
    evaluation_.budget().work(text_.size());
  }

  [[nodiscard]] std::string_view text() const { return text_; }
  // Empty where the group has no part in the match.
  [[nodiscard]] std::string_view group(std::size_t i) const { return {groups_[i].data(), groups_[i].size()}; }
  [[nodiscard]] std::size_t begin_of(std::size_t i) const {
    return static_cast<std::size_t>(groups_[i].data() - text_.data());
  }

 private:
  // Python takes the first alternative at `at` that is not empty; RE2 cannot be asked for that. The longest
  // is the same for nearly all patterns without lazy repetitions. Returns its end, `at` when there is none.
  std::size_t match_behind_empty(std::size_t at) {
    if (at == text_.size() || regex_->pattern.lazy) return at;
    if (!regex_->longest) regex_->longest = compile(regex_->pattern.text, true);
    re2::StringPiece whole;
    const auto anchored = re2::RE2::ANCHOR_START;
    if (!regex_->longest->Match(text_, at, text_.size(), anchored, &whole, 1) || whole.empty()) return at;
    const std::size_t end = at + whole.size();
    const auto groups = static_cast<int>(groups_.size());
    // The groups as the first alternative has them.
    const bool found = regex_->program->Match(text_, at, end, re2::RE2::ANCHOR_BOTH, groups_.data(), groups);
    return found ? end : at;
  }

  Evaluation& evaluation_;
  std::string kept_;
  std::string_view text_;
  Regex* regex_ = nullptr;
  std::vector<re2::StringPiece> groups_;
};

template <bool AtBegin>
Value matches(Evaluation& evaluation, const Bound& arguments) {
  return Search(evaluation, arguments, 2).matches(AtBegin);
}

Value replace(Evaluation& evaluation, const Bound& arguments) {
  Search search(evaluation, arguments, 3);
  // Something undefined can be called, as Python sees it: it fails at the first match only.
  const bool undefined = arguments.has(2) && arguments[2].is_undefined();
  const std::string_view replacement =
      arguments.has(2) && !undefined ? need_text(arguments[2], "replacement") : "";
  const RegexTemplate pieces = parse_regex_template(replacement, search.regex().pattern);
  const std::string_view text = search.text();
  std::string out;
  std::size_t copied = 0;
  const auto append = [&](std::string_view part) {
    reserve_text(evaluation, out.size(), part.size());
    out += part;
  };
  search.each([&] {
    if (undefined) require_defined(arguments[2]);
    const std::size_t begin = search.begin_of(0);
    append(text.substr(copied, begin - copied));
    for (const RegexPiece& piece : pieces.pieces) {
      append(piece.text);
      if (piece.group != RegexTemplate::kNoGroup) append(search.group(piece.group));
    }
    copied = begin + search.group(0).size();
  });
  append(text.substr(copied));
  return out;
}

// The whole match, the only group, or a tuple of the groups.
Value found(const Search& search) {
  const std::size_t groups = search.regex().pattern.groups;
  if (groups <= 1) return search.group(groups);
  Values parts;
  parts.reserve(groups);
  for (std::size_t i = 1; i <= groups; ++i) parts.emplace_back(search.group(i));
  return Value::tuple(std::move(parts));
}

Value find_all(Search& search, Evaluation& evaluation) {
  Values all;
  search.each([&] {
    evaluation.budget().work(search.group(0).size() + search.regex().pattern.groups);
    all.push_back(found(search));
  });
  return Value::list(std::move(all));
}

Value findall(Evaluation& evaluation, const Bound& arguments) {
  Search search(evaluation, arguments, 2);
  return find_all(search, evaluation);
}

Value findall_index(Evaluation& evaluation, const Bound& arguments) {
  static const Value kFirst = 0;
  Search search(evaluation, arguments, 3);
  return subscript(evaluation, find_all(search, evaluation), arguments.get(2, kFirst));
}

constexpr Callable kFilters[] = {
    {"regex_findall", "value, find?, ignorecase?", findall},
    {"regex_findall_index", "value, find?, index?, ignorecase?", findall_index},
    {"regex_match", "value, find?, ignorecase?", matches<true>},
    {"regex_replace", "value?, find?, replace?, ignorecase?", replace},
    {"regex_search", "value, find?, ignorecase?", matches<false>},
};

constexpr Callable kTests[] = {
    {"match", "value, find?, ignorecase?", matches<true>},
    {"search", "value, find?, ignorecase?", matches<false>},
};

}  // namespace

CallableTable regex_filters() { return kFilters; }
CallableTable regex_functions() { return {}; }
CallableTable regex_tests() { return kTests; }

}  // namespace gable::rules::jinja
