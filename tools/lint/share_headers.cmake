# One precompiled header for all C++ targets of the tree with the same optimisation (the compiler refuses to share it
# between others). Included at the end of the top CMakeLists.txt, when all targets are known.

set(gable_shared_headers <algorithm> <chrono> <functional> <map> <memory> <optional> <set> <span> <string> <string_view>
  <unordered_map> <utility> <variant> <vector>)

# Appends the targets of DIRECTORY and of those below it to the list named by RESULT.
function(gable_targets_below directory result)
  get_property(found DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
  get_property(below DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
  foreach(each IN LISTS below)
    gable_targets_below(${each} found)
  endforeach()
  set(${result} ${${result}} ${found} PARENT_SCOPE)
endfunction()

gable_targets_below(${PROJECT_SOURCE_DIR} gable_targets)
file(WRITE ${CMAKE_BINARY_DIR}/shared_headers.cpp "")
foreach(kind optimised unoptimised)
  add_library(gable_headers_${kind} OBJECT ${CMAKE_BINARY_DIR}/shared_headers.cpp)
  target_link_libraries(gable_headers_${kind} PRIVATE gable_options Threads::Threads)
  target_precompile_headers(gable_headers_${kind} PRIVATE ${gable_shared_headers})
endforeach()
target_compile_options(gable_headers_unoptimised PRIVATE -O0)

foreach(target IN LISTS gable_targets)
  get_target_property(type ${target} TYPE)
  get_target_property(options ${target} COMPILE_OPTIONS)
  if(NOT type MATCHES "^(STATIC_LIBRARY|EXECUTABLE|OBJECT_LIBRARY)$")
    continue()
  endif()
  if("-O0" IN_LIST options)
    target_precompile_headers(${target} REUSE_FROM gable_headers_unoptimised)
  else()
    target_precompile_headers(${target} REUSE_FROM gable_headers_optimised)
  endif()
endforeach()
