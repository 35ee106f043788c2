// Certificates, made by the openssl program: every call is a fixed list of arguments, no shell takes part.

#include "setup/broker_files.hpp"
#include "setup/private_files.hpp"

namespace gable::setup {

namespace fs = std::filesystem;

namespace {

constexpr const char* kTenYears = "3650";  // days
// A certificate is renewed when it ends within 30 days, in seconds.
constexpr const char* kRenewBefore = "2592000";

std::string alternative_names(const std::vector<std::string>& hosts) {
  std::string names;
  for (const std::string& host : hosts) {
    names += (names.empty() ? "" : ",") + std::string(is_address(host) ? "IP:" : "DNS:") + host;
  }
  return names;
}

// True for a certificate that this CA has signed and that is good for another 30 days.
bool usable(const House& house) {
  const std::string certificate = house.file("broker.crt").string();
  try {
    run_program({"openssl", "x509", "-checkend", kRenewBefore, "-noout", "-in", certificate});
    run_program({"openssl", "verify", "-CAfile", house.file("ca.crt").string(), certificate});
    return true;
  } catch (const SetupError&) {
    return false;
  }
}

// A request for the house's own broker key, signed by the CA.
void sign(const House& house, const fs::path& work, const std::string& names) {
  // A common name holds 64 characters at most; nothing reads it where alternative names are given.
  const std::string subject = "/CN=" + house.hosts.front().substr(0, 64);
  run_program({"openssl", "req", "-new", "-sha256", "-key", house.file("broker.key").string(), "-subj",
               subject, "-out", (work / "broker.csr").string()});
  write_private(work / "extensions",
                "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
                "extendedKeyUsage=serverAuth\nsubjectAltName=" +
                    names + "\n");
  run_program({"openssl", "x509", "-req", "-sha256", "-days", kTenYears, "-in",
               (work / "broker.csr").string(), "-CA", house.file("ca.crt").string(), "-CAkey",
               house.file("ca.key").string(), "-CAcreateserial", "-CAserial", (work / "serial").string(),
               "-extfile", (work / "extensions").string(), "-out", (work / "broker.crt").string()});
}

}  // namespace

void make_authority(const House& house, Report& report) {
  const bool key = fs::exists(house.file("ca.key"));
  const bool certificate = fs::exists(house.file("ca.crt"));
  if (key && certificate) {
    report.kept.emplace_back("ca.key, ca.crt (the house's own authority)");
    return;
  }
  if (key || certificate) {
    throw SetupError("Of ca.key and ca.crt only one is in " + house.directory.string() +
                     ". Put the other one back, or move it away to begin with a new authority.");
  }
  const TemporaryDirectory work(house.directory);
  run_program({"openssl",
               "req",
               "-x509",
               "-newkey",
               "ec",
               "-pkeyopt",
               "ec_paramgen_curve:P-256",
               "-nodes",
               "-sha256",
               "-days",
               kTenYears,
               "-subj",
               "/CN=Gable house authority",
               "-addext",
               "basicConstraints=critical,CA:TRUE,pathlen:0",
               "-addext",
               "keyUsage=critical,keyCertSign,cRLSign",
               "-keyout",
               (work.path() / "ca.key").string(),
               "-out",
               (work.path() / "ca.crt").string()});
  // The certificate last: whoever finds it has its key too.
  write_private(house.file("ca.key"), read_text(work.path() / "ca.key"));
  write_private(house.file("ca.crt"), read_text(work.path() / "ca.crt"));
  report.made.emplace_back("ca.key, ca.crt (the house's own authority, 10 years)");
}

void make_broker_certificate(const House& house, Report& report) {
  const TemporaryDirectory work(house.directory);
  if (!fs::exists(house.file("broker.key"))) {
    run_program({"openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out",
                 (work.path() / "broker.key").string()});
    write_private(house.file("broker.key"), read_text(work.path() / "broker.key"));
    report.made.emplace_back("broker.key");
  } else {
    report.kept.emplace_back("broker.key");
  }
  const std::string names = alternative_names(house.hosts);
  if (read_text(house.file("broker.names")) == names && fs::exists(house.file("broker.crt")) &&
      usable(house)) {
    report.kept.emplace_back("broker.crt");
    return;
  }
  sign(house, work.path(), names);
  write_private(house.file("broker.crt"), read_text(work.path() / "broker.crt"));
  write_private(house.file("broker.names"), names);
  report.made.push_back("broker.crt (for " + names + ")");
}

}  // namespace gable::setup
