// Spelling of error codes and messages. Pure; any thread.
#include "wire/result_type.hpp"

namespace gable::wire {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
      return "malformed";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::wrong_type:
      return "wrong_type";
    case ErrorCode::out_of_range:
      return "out_of_range";
    case ErrorCode::unknown_entity:
      return "unknown_entity";
    case ErrorCode::unknown_attribute:
      return "unknown_attribute";
    case ErrorCode::unknown_service:
      return "unknown_service";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::starting:
      return "starting";
    case ErrorCode::expired:
      return "expired";
    case ErrorCode::duplicate:
      return "duplicate";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::newer_schema:
      return "newer_schema";
    case ErrorCode::failed:
      return "failed";
    case ErrorCode::refused:
      return "refused";
  }
  return "malformed";
}

std::string Error::message() const {
  if (where.empty()) return text;
  return text + " (at " + where + ")";
}

}  // namespace gable::wire
