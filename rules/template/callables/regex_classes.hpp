#pragma once
// The classes \d, \w and \s of Python's regular expressions, as RE2 writes what stands between [ and ].

#include <string_view>

namespace gable::rules::jinja {

enum class ClassAlphabet {
  unicode,
  ascii,       // (?a)
  ascii_text,  // Unicode's meaning, as far as an ASCII text can have it
};

// `letter` is one of d, D, w, W, s, S.
std::string_view regex_class(char32_t letter, ClassAlphabet alphabet);

}  // namespace gable::rules::jinja
