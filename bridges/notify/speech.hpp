#pragma once
// Text to a sound file, by the program espeak-ng. Blocks: for a worker's thread.

#include <atomic>
#include <string>

namespace gable::notify {

inline constexpr std::size_t kSpokenLimit = 2000;  // bytes of a text

struct Speech {
  std::string text;   // UTF-8
  std::string voice;  // of espeak-ng
  int speed = 150;    // words a minute
  std::string path;   // of the WAV file; the text lies beside it meanwhile
};
// Empty when the file is there; else what is wrong, for people. Ends soon after `stop` has become true.
std::string speak(const Speech& speech, const std::atomic<bool>& stop);

}  // namespace gable::notify
