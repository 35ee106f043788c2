#pragma once
// Which names belong to which scope.

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

// Fills `hidden` of the tree and its statements.
void note_hidden_names(Tree& tree);

}  // namespace gable::rules::jinja
