"""Page, broker and hub on three hosts (network namespaces): a static server with the page, the broker with TLS, a
password and access rules on its WebSocket listener, and the browser on a fourth."""
import subprocess
import sys

import browser
import gable_network
from gable_house import HouseTest, main, program, wait_until

LAMPS = """
people: []
areas: {hall: {name: Hall}}
devices:
  hall_lamp: {kind: light, name: Hall lamp, area: hall, transition: 0}
  attic_lamp: {kind: light, name: Attic lamp, area: hall, transition: 0}
"""
PASSWORD = "correct-horse"
# The people's part of what gable setup writes, without one lamp.
RIGHTS = """
user hub
topic readwrite gable/#
topic readwrite homeassistant/#
user virtual
topic readwrite gable/#
user anna
topic read gable/#
topic deny gable/set/light/attic_lamp
topic write gable/set/#
topic write gable/hub/request/#
pattern readwrite gable/client/%u/#
"""


class Remote(HouseTest):
    broker_runs = False

    def test_the_page_on_another_host_over_tls(self):
        directory = self.house.directory
        network = gable_network.Network("10.78.0.254/24")
        hosts = {name: network.add(name, f"10.78.0.{number}/24") for number, name in enumerate(("broker", "hub", "page", "visitor"), 11)}
        page = browser.Page()
        self.addCleanup(page.close)
        key, certificate = directory / "key.pem", directory / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                        "-subj", "/CN=broker", "-addext", "subjectAltName=IP:10.78.0.11"], check=True, capture_output=True)
        users, rights = directory / "users", directory / "acl"
        users.write_text("".join(f"{name}:{PASSWORD}\n" for name in ("hub", "virtual", "anna")))
        subprocess.run(["mosquitto_passwd", "-U", users], check=True)
        rights.write_text(RIGHTS)
        rights.chmod(0o600)
        configuration = directory / "mosquitto.conf"
        configuration.write_text(f"allow_anonymous false\npassword_file {users}\nacl_file {rights}\nuser root\nmax_queued_messages 0\n"
                                 "listener 1883 10.78.0.11\n"
                                 f"listener 8443 10.78.0.11\nprotocol websockets\ncafile {certificate}\ncertfile {certificate}\nkeyfile {key}\n")
        broker = self.house.run("broker", hosts["broker"].command("mosquitto", "-c", configuration))
        address = "mqtt://{}:correct-horse@10.78.0.11:1883"
        wait_until(lambda: "running" in broker.output(), 10, broker.tail)
        self.house.run("virtual", hosts["hub"].command(program("gable-bridge-virtual"), "--broker", address.format("virtual"), "--config", self.written("virtual.yaml", LAMPS),
                                                       "--state", directory / "virtual"))
        hub = self.house.run("hub", hosts["hub"].command(program("gable-hub"), "--broker", address.format("hub"), "--state", directory / "state"))
        hub.wait_line("connected to", 30)
        self.house.run("server", hosts["page"].command(sys.executable, "-m", "http.server", "8000", "--bind", "10.78.0.13", "--directory", page.folder),
                       expected_exit=-15)
        page.address, page.port = "10.78.0.13", 8000
        browser.drive("remote", page, seconds=110, prefix=hosts["visitor"].command(), broker="wss://10.78.0.11:8443", password=PASSWORD)

    def written(self, name, text):
        path = self.house.directory / name
        path.write_text(text)
        return path


if __name__ == "__main__":
    gable_network.enter()
    browser.skip_unless_possible()
    main()
