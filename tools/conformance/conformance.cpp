#include "conformance/conformance.hpp"

#include <algorithm>

#include "conformance/checks.hpp"
#include "conformance/observer.hpp"

namespace gable::conformance {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::skipped:
      return "skipped";
  }
  return "fail";
}

bool conforms(const std::vector<Check>& checks) {
  return std::none_of(checks.begin(), checks.end(),
                      [](const Check& check) { return check.verdict == Verdict::fail; });
}

std::vector<Check> examine(Connection& connection, const Options& options) {
  Report report;
  Observer observer(connection, options);
  if (!observer.begin()) {
    report.fail("broker", "the broker does not let us read the bridge's topics, or does not answer");
    return report.take();
  }
  Announced announced;
  if (!check_documents(observer, announced, report)) return report.take();
  check_requests(observer, report);
  std::string why = "only looking (--read-only)";
  std::optional<Subject> subject;
  if (options.commands) subject = choose_subject(observer, announced, why);
  if (!subject && !options.entity.empty() && options.commands) {
    report.fail("command", why);
  } else if (!subject) {
    report.skip("command", why);
  } else {
    check_commands(observer, *subject, report);
    check_wrong_commands(observer, *subject, report);
    check_retained_command(observer, *subject, report);
  }
  check_alive(observer, announced, report);
  check_restart(observer, announced, subject, report);
  check_live_documents(observer, announced, report);
  return report.take();
}

}  // namespace gable::conformance
