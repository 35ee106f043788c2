"""A home network for tests of the presence bridge: a DHCP server (dnsmasq), phones that ask it (udhcpc), a router that
tells by SNMP whom it knows (snmpd). Where the test itself is, are the broker, the bridge and the DHCP server.
"""
import os
import select
import shutil
import signal
import socket
import sys
import threading
import time

import gable_network
from gable_house import HouseTest, program, wait_until

HERE = "10.77.0.254"
FAR_PORT = 1884
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


class Router:
    """A router that tells by SNMP whom it knows. It goes on asking for the phone, as a router's own traffic does."""

    PORT = 16161

    def __init__(self, test, address, community):
        self.test, self.address = test, address
        self.host = test.network.add("router", f"{address}/24")
        # Its table forgets within seconds.
        for key, value in (("delay_first_probe_time", 1), ("base_reachable_time_ms", 2000), ("retrans_time_ms", 300)):
            self.host.run("sh", "-c", f"echo {value} > /proc/sys/net/ipv4/neigh/eth0/{key}")
        self.config = test.house.directory / "snmpd.conf"
        self.config.write_text(f"agentAddress udp:{address}:{self.PORT}\nrocommunity {community}\n")
        self.process = None

    def talk_to(self, address):
        self.test.house.run(f"traffic to {address}", self.host.command("busybox", "ping", "-q", address),
                            expected_exit=-signal.SIGTERM)

    def start(self):
        self.process = self.test.house.run("snmpd", self.host.command(
            "snmpd", "-f", "-Lo", "-C", "-c", self.config, "-p", self.test.house.directory / "snmpd.pid"),
            env={"MIBS": "", "SNMP_PERSISTENT_DIR": str(self.test.house.directory / "snmp")})
        self.process.wait_line("NET-SNMP version")


class Relay:
    """Stands between the bridge and a router, and spoils what comes back as `mode` says: pass, half, garbage, late,
    twice, lose. Counts the questions."""

    def __init__(self, address, port):
        self.mode, self.questions = "pass", 0
        self._to = (address, port)
        self._front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._front.bind(("127.0.0.1", 0))
        self._back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port = self._front.getsockname()[1]
        self._closed = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def close(self):
        self._closed = True
        self._thread.join()
        self._front.close()
        self._back.close()

    def _work(self):
        client, waiting = None, []
        while not self._closed:
            for ready in select.select([self._front, self._back], [], [], 0.05)[0]:
                datagram, sender = ready.recvfrom(65536)
                if ready is self._front:
                    client, self.questions = sender, self.questions + 1
                    self._back.sendto(datagram, self._to)
                elif client:
                    waiting += [(client, at, answer) for at, answer in self._spoil(datagram)]
            now = time.monotonic()
            for to, _, answer in [entry for entry in waiting if entry[1] <= now]:
                self._front.sendto(answer, to)
            waiting = [entry for entry in waiting if entry[1] > now]

    def _spoil(self, answer):
        now = time.monotonic()
        return {"pass": [(now, answer)], "half": [(now, answer[:len(answer) // 2])],
                "garbage": [(now, bytes(255 - byte for byte in answer))], "late": [(now + 1.5, answer)],
                "twice": [(now, answer), (now, answer[:9]), (now, answer)], "lose": []}[self.mode]


class PresenceTest(HouseTest):
    broker_runs = False
    broker_options = {"extra": f"listener {FAR_PORT} {HERE}\n"}  # for copies of the bridge on other hosts

    def setUp(self):
        super().setUp()
        self.network = gable_network.Network(f"{HERE}/24")
        self.addCleanup(self.network.close)
        self.addCleanup(self.house.stop)  # before its network goes
        self.house.start_broker()
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

    def start_presence(self, config, **options):
        return self.start_copy("presence", config, **options)

    def start_copy(self, kind, config, id=None, on=None, wait=True):
        """A bridge, here or on the host `on`, where it has a state of its own."""
        id = id or kind
        name = f"{id} on {on.name}" if on else id
        path = self.house.directory / f"{name}.yaml"
        path.write_text(config)
        url = f"mqtt://{HERE}:{FAR_PORT}" if on else self.house.broker.url
        command = [program(f"gable-bridge-{kind}"), "--config", path, "--broker", url, "--id", id,
                   "--state", self.house.directory / f"state-{name}"]
        watcher = self.house.watcher
        since = watcher.mark()
        process = self.house.run(name, on.command(*command) if on else command)
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

