#pragma once
// What the readers of a Home Assistant configuration folder share: where files come from, what they complain
// with, and what they leave out. Calling thread; nothing is kept between calls.

#include <stdexcept>
#include <string>
#include <vector>

#include "yaml/includes.hpp"

namespace gable::importing {

// The folder cannot be imported. what() names the file, the place in it, what is wrong and what to do. Caught
// by whoever calls read_folder().
class FolderError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Something that is in the folder and not in the house that is made of it, or that people should know of it.
struct Remark {
  std::string what;   // "input_number.volume", "light: platform hue"
  std::string where;  // file, and place in it where there is one
  std::string why;
};
using Remarks = std::vector<Remark>;

// Names within a folder, sorted; none when there is no such folder.
std::vector<rules::yaml::FileSource::Entry> names_in(rules::yaml::FileSource& files,
                                                     const std::string& folder);

}  // namespace gable::importing
