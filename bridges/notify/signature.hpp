#pragma once
// HMAC-SHA256 (RFC 2104), by OpenSSL, which is seen in signature.cpp only.

#include <string>
#include <string_view>

namespace gable::notify {

// 64 hexadecimal digits.
std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace gable::notify
