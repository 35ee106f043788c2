#include "gable/check_report.hpp"

#include <algorithm>
#include <ostream>
#include <set>

#include "gable/table.hpp"

namespace gable::cli {

namespace {

using rules::Finding;
using rules::Severity;
using rules::Status;

struct Look {
  std::string_view word;
  Colour colour;
};

Look look_of(Severity severity) {
  if (severity == Severity::error) return {"refused", Colour::red};
  if (severity == Severity::waits) return {"waits", Colour::yellow};
  return {"warning", Colour::cyan};
}

std::string where(const Finding& finding, const std::vector<std::string>& files) {
  std::string file = finding.place.file < files.size() ? files[finding.place.file] : std::string("?");
  if (finding.place.line == 0) return file;
  return file + ":" + std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column);
}

// What decided about the rule: of warnings nothing depends.
bool decides(const Finding& finding, Status status) {
  return (status == Status::refused && finding.severity == Severity::error) ||
         (status == Status::waits && finding.severity == Severity::waits);
}

}  // namespace

void print_report(const rules::RuleReport& report, const std::vector<std::string>& files,
                  const Context& context) {
  for (const Finding& finding : report.problems) {
    const Look look = look_of(finding.severity);
    context.out << context.paint(Colour::bold, printable(where(finding, files))) << ": "
                << context.paint(look.colour, look.word) << ": " << printable(finding.message);
    if (!report.id.empty()) context.out << context.paint(Colour::dim, " (" + printable(report.id) + ")");
    context.out << '\n';
  }
}

void CheckSummary::add(const rules::RuleReport& report) {
  Counts& counts = kinds_[report.kind];
  ++(report.status == Status::ok      ? counts.ok
     : report.status == Status::waits ? counts.waits
                                      : counts.refused);
  if (report.status == Status::refused) ++refused_;
  std::set<std::string> told;
  for (const Finding& finding : report.problems) {
    if (finding.severity == Severity::warning) ++warnings_;
    if (!decides(finding, report.status)) continue;
    const std::string name = std::string(to_string(report.status)) + " " + finding.code;
    if (!told.insert(name).second) continue;
    Reason& reason = reasons_[name];
    if (reason.rules++ == 0) reason.example = finding.message;
  }
}

void CheckSummary::print(const Context& context, bool reasons) const {
  if (kinds_.empty()) {
    context.err << "gable: there are no rules\n";
    return;
  }
  Table table({"KIND", "OK", "WAIT", "REFUSED"});
  for (const auto& [kind, counts] : kinds_) {
    table.add({{kind, Colour::none},
               {std::to_string(counts.ok), Colour::green},
               {std::to_string(counts.waits), counts.waits > 0 ? Colour::yellow : Colour::none},
               {std::to_string(counts.refused), counts.refused > 0 ? Colour::red : Colour::none}});
  }
  table.write(context.out, context.paint, context.columns);
  if (warnings_ > 0) context.out << warnings_ << (warnings_ == 1 ? " warning\n" : " warnings\n");
  if (!reasons || reasons_.empty()) return;
  std::vector<std::pair<std::string, Reason>> ranking(reasons_.begin(), reasons_.end());
  std::stable_sort(ranking.begin(), ranking.end(),
                   [](const auto& a, const auto& b) { return a.second.rules > b.second.rules; });
  Table why({"RULES", "WHY", "FOR EXAMPLE"});
  for (const auto& [name, reason] : ranking) {
    why.add({{std::to_string(reason.rules), Colour::bold},
             {name, Colour::none},
             {printable(reason.example), Colour::dim}});
  }
  context.out << '\n';
  why.write(context.out, context.paint, context.columns);
}

}  // namespace gable::cli
