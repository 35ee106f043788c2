// TLS: the house's own CA, client certificates, and clear words when something is wrong.

#include <gmock/gmock.h>

#include "port_probe.hpp"
#include "support/mosquitto.hpp"

namespace gable::test {
namespace {

using testing::HasSubstr;

// Certificates made by openssl for one run of the tests.
class Certificates {
 public:
  Certificates() {
    authority("ca");
    authority("stranger");
    leaf("server", "ca", "broker", "DNS:localhost,IP:127.0.0.1");
    leaf("elsewhere", "ca", "elsewhere", "DNS:elsewhere.example");
    leaf("client", "ca", "hub", "DNS:hub");
  }
  [[nodiscard]] std::string file(const std::string& name) const {
    return (directory_.path() / name).string();
  }
  [[nodiscard]] MosquittoOptions broker(const std::string& certificate,
                                        bool client_certificates = false) const {
    MosquittoOptions options;
    options.tls = MosquittoOptions::Tls{file("ca.crt"), file(certificate + ".crt"),
                                        file(certificate + ".key"), client_certificates};
    return options;
  }

 private:
  void openssl(std::vector<std::string> words) {
    words.insert(words.begin(), "openssl");
    ChildProcess process(words, directory_.path() / "openssl.log");
    if (process.wait(std::chrono::seconds(30)) != 0) throw std::runtime_error(process.output());
  }
  void authority(const std::string& name) {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=" + name, "-keyout", file(name + ".key"), "-out", file(name + ".crt")});
  }
  void leaf(const std::string& name, const std::string& ca, const std::string& common,
            const std::string& names) {
    openssl({"req",
             "-x509",
             "-newkey",
             "ec",
             "-pkeyopt",
             "ec_paramgen_curve:prime256v1",
             "-nodes",
             "-days",
             "2",
             "-subj",
             "/CN=" + common,
             "-addext",
             "subjectAltName=" + names,
             "-addext",
             "basicConstraints=critical,CA:FALSE",
             "-CA",
             file(ca + ".crt"),
             "-CAkey",
             file(ca + ".key"),
             "-keyout",
             file(name + ".key"),
             "-out",
             file(name + ".crt")});
  }

  TemporaryDirectory directory_;
};

struct PortTls : testing::TestWithParam<PortKind> {
  static const Certificates& certificates() {
    static const Certificates kOne;
    return kOne;
  }
  // How an attempt with `tls` ends: the text of the failure, or "connected".
  static std::string attempt(std::uint16_t port, std::optional<node::TlsOptions> tls,
                             const std::string& host = "127.0.0.1") {
    Client client(GetParam(), port, "tls-client");
    client.options.host = host;
    client.options.tls = std::move(tls);
    client.port.connect(client.options, client.probe);
    std::string result = "nothing happened";
    wait_until(
        [&] {
          if (const auto lost = client.probe.lost_now()) result = lost->text;
          if (client.probe.connected_now()) result = "connected";
          return result != "nothing happened";
        },
        PortProbe::kPatience);
    return result;
  }
};

INSTANTIATE_TEST_SUITE_P(Client, PortTls, testing::Values(PortKind::paho, PortKind::mosquitto),
                         [](const auto& kind) {
                           return kind.param == PortKind::paho ? "paho" : "mosquitto";
                         });

TEST_P(PortTls, ConnectsWithTheHousesOwnAuthority) {
  Mosquitto broker(certificates().broker("server"));
  EXPECT_EQ(attempt(broker.port(), node::TlsOptions{certificates().file("ca.crt"), {}, {}}), "connected");
  EXPECT_EQ(attempt(broker.port(), node::TlsOptions{certificates().file("ca.crt"), {}, {}}, "localhost"),
            "connected");
}

TEST_P(PortTls, AStrangersAuthorityIsRefused) {
  Mosquitto broker(certificates().broker("server"));
  for (const std::string& ca : {certificates().file("stranger.crt"), std::string()}) {
    const std::string text = attempt(broker.port(), node::TlsOptions{ca, {}, {}});
    EXPECT_THAT(text, HasSubstr("TLS")) << ca;
    EXPECT_THAT(text, HasSubstr("certificate verify failed")) << ca;
  }
}

TEST_P(PortTls, ACertificateForAnotherHostIsRefused) {
  Mosquitto broker(certificates().broker("elsewhere"));
  const std::string text = attempt(broker.port(), node::TlsOptions{certificates().file("ca.crt"), {}, {}});
  EXPECT_THAT(text, HasSubstr("is its certificate for this host?"));
}

TEST_P(PortTls, NobodyThereIsSaidAtOnce) {
  for (const auto* host : {"127.0.0.1", "localhost"}) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string text =
        attempt(free_port(), node::TlsOptions{certificates().file("ca.crt"), {}, {}}, host);
    EXPECT_THAT(text, HasSubstr("is the broker running")) << host;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << host;
  }
}

TEST_P(PortTls, AMissingFileIsNamed) {
  Mosquitto broker(certificates().broker("server"));
  EXPECT_THAT(attempt(broker.port(), node::TlsOptions{"/nonexistent/ca.crt", {}, {}}),
              HasSubstr("/nonexistent/ca.crt"));
}

TEST_P(PortTls, ClientCertificates) {
  Mosquitto broker(certificates().broker("server", true));
  const std::string ca = certificates().file("ca.crt");
  EXPECT_EQ(attempt(broker.port(), node::TlsOptions{ca, certificates().file("client.crt"),
                                                    certificates().file("client.key")}),
            "connected");
  EXPECT_NE(attempt(broker.port(), node::TlsOptions{ca, {}, {}}), "connected");
}

TEST_P(PortTls, PlainToATlsPortAndTlsToAPlainPort) {
  Mosquitto secure(certificates().broker("server"));
  EXPECT_THAT(attempt(secure.port(), std::nullopt), HasSubstr("mqtts://"));
  Mosquitto plain;
  EXPECT_THAT(attempt(plain.port(), node::TlsOptions{certificates().file("ca.crt"), {}, {}}),
              HasSubstr("TLS"));
}

}  // namespace
}  // namespace gable::test
