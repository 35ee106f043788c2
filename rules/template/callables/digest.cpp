// Check sums through OpenSSL.

#include "template/callables/digest.hpp"

#include <openssl/evp.h>

#include <array>

#include "template/callables/codec.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

std::string hex_digest(const char* algorithm, std::string_view octets) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  std::size_t size = 0;
  // Fails where the library was built or set up without the algorithm.
  if (EVP_Q_digest(nullptr, algorithm, nullptr, octets.data(), octets.size(), sum.data(), &size) != 1) {
    throw_value_error(std::string("unsupported hash type ") + algorithm);
  }
  std::string out;
  out.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) append_hex(static_cast<char>(sum[i]), out);
  return out;
}

}  // namespace gable::rules::jinja
