// The filter pprint: Python's pprint.pformat() with its usual 80 columns.

#include <algorithm>
#include <string>
#include <vector>

#include "template/callables/text_filters.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::size_t kColumns = 80;

// Where something is printed: columns before it, columns that must stay free behind it, and how deep.
struct Place {
  std::size_t indent = 0;
  std::size_t allowance = 0;
  int level = 0;
};

class Printer {
 public:
  explicit Printer(Evaluation& evaluation) : evaluation_(evaluation) {}

  void print(const Value& value, Place place) {
    std::string flat;
    append_flat(value, flat);
    evaluation_.budget().work(flat.size());
    if (unicode::count(flat) + place.indent + place.allowance <= kColumns || !print_long(value, place)) {
      reserve_text(evaluation_, out_.size(), flat.size());
      out_ += flat;
    }
  }
  std::string take() { return std::move(out_); }

 private:
  // Keys in order; those that have none go by the names of their types.
  static std::vector<const Dict::Entry*> sorted(const Dict& dict) {
    std::vector<const Dict::Entry*> entries;
    for (const Dict::Entry& entry : dict.entries()) entries.push_back(&entry);
    std::ranges::stable_sort(
        entries, [](const Dict::Entry* a, const Dict::Entry* b) { return before(a->key, b->key); });
    return entries;
  }

  static bool before(const Value& a, const Value& b) {
    const bool comparable = (a.is_number() && b.is_number()) || a.kind() == b.kind();
    if (!comparable) return type_name(a) < type_name(b);
    try {
      return less(a, b);
    } catch (const EvaluationError&) {
      return false;
    }
  }

  void append_flat(const Value& value, std::string& out) {
    evaluation_.budget().work(1);
    if (const Dict* const dict = value.as_dict()) {
      out += '{';
      for (const char* between = ""; const Dict::Entry* entry : sorted(*dict)) {
        out += between;
        between = ", ";
        append_flat(entry->key, out);
        out += ": ";
        append_flat(entry->value, out);
      }
      out += '}';
    } else if (const Values* const items = value.as_sequence()) {
      const bool is_tuple = value.as_tuple() != nullptr;
      out += is_tuple ? '(' : '[';
      for (const char* between = ""; const Value& item : *items) {
        out += between;
        between = ", ";
        append_flat(item, out);
      }
      out += is_tuple ? (items->size() == 1 ? ",)" : ")") : "]";
    } else {
      const std::string leaf = repr(value);
      reserve_text(evaluation_, out.size(), leaf.size());
      out += leaf;
    }
  }

  void new_line(std::size_t indent) {
    reserve_text(evaluation_, out_.size(), indent + 1);
    out_ += '\n';
    out_.append(indent, ' ');
  }

  // False: there is no other way than in one line.
  bool print_long(const Value& value, Place place) {
    ++place.level;
    if (const Dict* const dict = value.as_dict()) return print_dict(*dict, place);
    if (const std::string* const text = value.as_text()) return print_text(*text, place);
    if (const std::string* const octets = value.as_bytes()) return print_bytes(*octets, place);
    if (const Values* const list = value.as_list()) return print_items(*list, "[", "]", place);
    if (const Values* const tuple = value.as_tuple()) {
      return print_items(*tuple, "(", tuple->size() == 1 ? ",)" : ")", place);
    }
    if (const Set* const set = value.as_set()) {
      Values items = set->items();
      std::ranges::stable_sort(items, before);
      return print_items(items, "{", "}", place);
    }
    return false;
  }

  bool print_items(const Values& items, std::string_view open, std::string_view close, Place place) {
    out_ += open;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) {
        out_ += ',';
        new_line(place.indent + 1);
      }
      const std::size_t after = i + 1 == items.size() ? place.allowance + close.size() : 1;
      print(items[i], {place.indent + 1, after, place.level});
    }
    out_ += close;
    return true;
  }

  bool print_dict(const Dict& dict, Place place) {
    const std::vector<const Dict::Entry*> entries = sorted(dict);
    out_ += '{';
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0) {
        out_ += ',';
        new_line(place.indent + 1);
      }
      std::string key;
      append_flat(entries[i]->key, key);
      reserve_text(evaluation_, out_.size(), key.size() + 2);
      out_.append(key).append(": ");
      const std::size_t after = i + 1 == entries.size() ? place.allowance + 1 : 1;
      print(entries[i]->value, {place.indent + 1 + unicode::count(key) + 2, after, place.level});
    }
    out_ += '}';
    return true;
  }

  void print_chunks(const std::vector<std::string>& chunks, Place place) {
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      if (i > 0) new_line(place.indent);
      reserve_text(evaluation_, out_.size(), chunks[i].size());
      out_ += chunks[i];
    }
  }

  // Cuts behind lines and words; in brackets where nothing else holds the pieces together.
  bool print_text(std::string_view text, Place place) {
    const bool alone = place.level == 1;
    if (alone) {
      ++place.indent;
      ++place.allowance;
    }
    const std::size_t width = place.indent < kColumns ? kColumns - place.indent : 0;
    const auto fits = [](std::string_view printed, std::size_t columns, std::size_t free) {
      return unicode::count(printed) + free <= columns;
    };
    std::vector<std::string> chunks;
    const Pieces lines = split_lines<TextKind>(text, true);
    for (const std::string_view& line : lines) {
      const bool last_line = &line == &lines.back();
      std::string printed = repr(Value(line));
      if (fits(printed, width, last_line ? place.allowance : 0)) {
        chunks.push_back(std::move(printed));
        continue;
      }
      std::string_view current = line.substr(0, 0);
      for (std::string_view rest = line; !rest.empty();) {
        const std::size_t word = jinja::word_end<TextKind>(rest);
        const std::size_t end = rest.size() - trim_left<TextKind>(rest.substr(word)).size();
        const std::string_view candidate(current.data(), current.size() + end);
        evaluation_.budget().work(candidate.size());
        const std::size_t free = last_line && end == rest.size() ? place.allowance : 0;
        const bool fit = fits(repr(Value(candidate)), width, free);
        if (!fit && !current.empty()) chunks.push_back(repr(Value(current)));
        current = fit ? candidate : rest.substr(0, end);
        rest.remove_prefix(end);
      }
      if (!current.empty()) chunks.push_back(repr(Value(current)));
    }
    const bool brackets = alone && chunks.size() > 1;
    if (brackets) out_ += '(';
    print_chunks(chunks, place);
    if (brackets) out_ += ')';
    return true;
  }

  bool print_bytes(std::string_view octets, Place place) {
    constexpr std::size_t kStep = 4;
    if (octets.size() <= kStep) return false;
    const bool alone = place.level == 1;
    if (alone) {
      ++place.indent;
      ++place.allowance;
    }
    const std::size_t width = place.indent < kColumns ? kColumns - place.indent : 0;
    const auto printed = [](std::string_view part) { return repr(Bytes{std::string(part)}); };
    std::vector<std::string> chunks;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < octets.size(); at += kStep) {
      const std::size_t end = std::min(at + kStep, octets.size());
      evaluation_.budget().work(end - begin);
      const std::size_t free = at == octets.size() / kStep * kStep ? place.allowance : 0;
      if (begin < at && printed(octets.substr(begin, end - begin)).size() + free > width) {
        chunks.push_back(printed(octets.substr(begin, at - begin)));
        begin = at;
      }
    }
    chunks.push_back(printed(octets.substr(begin)));
    if (alone) out_ += '(';
    print_chunks(chunks, place);
    if (alone) out_ += ')';
    return true;
  }

  Evaluation& evaluation_;
  std::string out_;
};

}  // namespace

Value pretty_printed(Evaluation& evaluation, const Bound& arguments) {
  Printer printer(evaluation);
  printer.print(arguments[0], {});
  return printer.take();
}

}  // namespace gable::rules::jinja
