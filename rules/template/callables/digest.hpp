#pragma once
// Check sums of octets. Pure.

#include <string>
#include <string_view>

namespace gable::rules::jinja {

// In small hexadecimal digits. `algorithm`: "MD5", "SHA1", "SHA256", "SHA512".
std::string hex_digest(const char* algorithm, std::string_view octets);

}  // namespace gable::rules::jinja
