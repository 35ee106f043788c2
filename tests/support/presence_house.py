"""A home network for tests of the presence bridge: a DHCP server (dnsmasq), phones that ask it (udhcpc), a router that
tells by SNMP whom it knows (snmpd). Where the test itself is, are the broker, the bridge and the DHCP server.
"""
import os
import shutil
import signal
import sys

import gable_network
from gable_house import HouseTest, program, wait_until

HERE = "10.77.0.254"
# busybox calls it with what happened, and what it was given in its environment.
SET_ADDRESS = """#!/bin/sh
case "$1" in
  deconfig) ip address flush dev "$interface" ;;
  bound|renew) ip address replace "$ip/24" dev "$interface" ;;
esac
"""


def need(*programs):
    """Ends the test as skipped where a peer is not installed."""
    for name, package in programs:
        if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin"):
            print(f"skipped: {name} is not here: apt-get install {package}")
            sys.exit(77)


class Phone:
    """A host that gets its address by DHCP. `mac`: of its card; `asks`: more arguments for udhcpc."""

    def __init__(self, test, name, mac, *asks):
        self.test, self.name, self.asks = test, name, asks
        self.host = test.network.add(name)
        self.host.set_card(mac)
        self.client = None

    def join(self, *asks):
        """Is in the network, and has got an address."""
        self.host.plug()
        script = self.test.house.directory / "set-address"
        script.write_text(SET_ADDRESS)
        script.chmod(0o755)
        if self.client:
            self.client.kill()
        self.client = self.test.house.run(f"udhcpc of {self.name}", self.host.command(
            "udhcpc", "-i", "eth0", "-f", "-t", "20", "-T", "1", "-s", script, *(asks or self.asks)))
        return self.client.wait_line(r"lease of (\S+) obtained", 20).group(1)

    def release(self):
        os.kill(self.client.pid, signal.SIGUSR2)

    def leave(self):
        self.host.unplug()


class PresenceTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.network = gable_network.Network(f"{HERE}/24")
        self.addCleanup(self.network.close)
        self.addCleanup(self.house.stop)  # before its network goes
        # The network goes on when a phone leaves.
        self.always = self.network.add("always", "10.77.0.2/24")
        self.leases = self.house.directory / "leases"

    def start_dhcp(self):
        server = self.house.run("dnsmasq", [
            "dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--user=root", "--interface=cable", "--bind-interfaces",
            "--port=0", "--dhcp-range=10.77.0.50,10.77.0.90,2m", f"--dhcp-leasefile={self.leases}", "--dhcp-authoritative",
            "--no-ping"])
        server.wait_line("DHCP, sockets bound|DHCP, IP range")
        wait_until(self.leases.exists, 5, "dnsmasq made no lease file")
        return server

    def start_presence(self, config, id="presence", on=None, wait=True):
        """The bridge, here or on the host `on`."""
        path = self.house.directory / f"{id}.yaml"
        path.write_text(config)
        command = [program("gable-bridge-presence"), "--config", path, "--broker", self.house.broker.url, "--id", id,
                   "--state", self.house.directory / f"state-{id}"]
        watcher = self.house.watcher
        since = watcher.mark()
        process = self.house.run(id, on.command(*command) if on else command)
        if wait:
            watcher.wait_for(f"gable/bridge/{id}/status", lambda m: m.json and m.json["status"] == "online", 20, since)
        return process

    def wait_device(self, device, state, seconds=20, id="presence"):
        check = state if isinstance(state, dict) else {"state": state}
        return self.house.watcher.wait_latest(f"gable/bridge/{id}/state/{device}", check, seconds).json

    def wait_link(self, device, status, seconds=20, id="presence"):
        return self.house.watcher.wait_latest(f"gable/bridge/{id}/link/{device}", {"status": status}, seconds).json

    def wait_status(self, status, seconds=20, id="presence"):
        return self.house.watcher.wait_latest(f"gable/bridge/{id}/status", {"status": status}, seconds).json

    def states(self, device, since, id="presence"):
        """What was said of the device since, one after the other."""
        return [m.json["state"] for m in self.house.watcher.seen(f"gable/bridge/{id}/state/{device}", since=since)]

