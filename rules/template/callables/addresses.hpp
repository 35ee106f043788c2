#pragma once
// Which words are addresses, as Jinja's urlize sees it. Words have no white space. Pure.

#include <string_view>

namespace gable::rules::jinja {

// http://…, https://… or www.… before a name or a number, or a bare name under com, net, int, edu, gov, org,
// info or mil; with or without port and path.
bool is_web_address(std::string_view word);
// name@domain.top
bool is_mail_address(std::string_view word);
// Two or more of letters, digits and "._+-", ":" and at most two "/".
bool is_scheme(std::string_view text);

}  // namespace gable::rules::jinja
