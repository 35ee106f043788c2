#pragma once
// A run as a row of the store, and back. Sequences are named by their place in the rule, so a row fits only
// the rule with the same fingerprint.

#include <memory>
#include <string>

#include "engine/runs/run.hpp"
#include "wire/result_type.hpp"

namespace gable::rules {

std::string row_of(const Run& run);
// Errors: malformed (no row of ours), failed (of another version of the rule).
wire::Result<std::unique_ptr<Run>> run_of(const std::string& json, const Runnable& runnable);

}  // namespace gable::rules
