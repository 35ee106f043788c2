#pragma once
// What happens when there is no memory left: the process ends at once, with kExitFailed, and its service
// manager starts it again. Whatever it has promised is stored before it is told, so ending is safe at any
// moment. Going on is not: an exception would leave a library's callback with its locks held, and the hub
// would hang on its way out.

namespace gable::node {

// From now on a failed `new` ends the process. Call once, in main.
void end_when_out_of_memory();

// For a C library that says that it got none.
[[noreturn]] void out_of_memory();

}  // namespace gable::node
