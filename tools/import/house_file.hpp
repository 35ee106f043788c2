#pragma once
// The house.yaml that is made of a folder, and the ids.yaml beside it.

#include <string>

#include "import/foreign_names.hpp"
#include "wire/value.hpp"

namespace gable::importing {

// What stands in it, in its order; secrets as {"!secret": name}.
wire::Object house_document(const Folder& folder, const ForeignNames& names, const rules::RuleSet& rules,
                            Remarks& remarks);

// `ids:`, which stands in a file of its own.
wire::Object ids_document(const ForeignNames& names);

// As texts of files, with a comment that says where they came from.
std::string house_text(const wire::Object& document);
std::string ids_text(const wire::Object& document);

}  // namespace gable::importing
