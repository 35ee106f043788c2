"""Several hosts on one machine: network namespaces on one virtual cable, in a network of the test's own.

    gable_network.enter()                       # first of all: nothing outside is seen or touched
    network = Network("10.77.0.254/24")         # where the test itself is
    attic = network.add("attic", "10.77.0.11/24")
    house.run("x", attic.command("gable-bridge-host", …))
    attic.unplug(); attic.plug()                # the carrier goes, as when a cable is pulled
    attic.swallow(); attic.deliver()            # the carrier stays and nothing arrives: a half-open connection

Whatever happens to the test, the kernel removes all of it together with the last process in it: the names of the
namespaces lie in a mount namespace that only this test has.
"""
import os
import shutil
import subprocess
import sys
import time

_INSIDE = "GABLE_TEST_HOSTS"
_CABLE = "cable"


def _skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def enter():
    """Starts this program again in network and mount namespaces of its own. Ends with 77 (skipped) where that cannot be."""
    if os.environ.get(_INSIDE):
        _run("ip", "link", "set", "lo", "up")
        # `ip netns` keeps its names in /run/netns, which need not exist outside.
        _run("mount", "-t", "tmpfs", "tmpfs", "/run")
        return
    if os.geteuid() != 0:
        _skip("several hosts on one machine (ip netns) need root")
    for tool, package in (("ip", "iproute2"), ("nft", "nftables"), ("unshare", "util-linux")):
        if not shutil.which(tool):
            _skip(f"{tool} is not here: apt-get install {package}")
    probe = "mount -t tmpfs tmpfs /run && ip link add probe type bridge && ip netns add probe && nft add table bridge probe"
    done = subprocess.run(["unshare", "--net", "--mount", "sh", "-c", probe], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        _skip(f"this kernel grants no hosts of our own: {done.stderr.strip()}")
    os.environ[_INSIDE] = "1"
    os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, "-u", *sys.argv])


def _run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.strip()}"


class Host:
    """One namespace with one network card; made by Network.add(). Without an address it may ask for one (DHCP)."""

    def __init__(self, name, address=None):
        self.name, self.address = name, address and address.split("/")[0]
        self._port = f"to-{name}"  # the other end of its card
        _run("ip", "netns", "add", name)
        _run("ip", "link", "add", self._port, "type", "veth", "peer", "name", "eth0", "netns", name)
        _run("ip", "link", "set", self._port, "master", _CABLE, "up")
        _run("ip", "-n", name, "link", "set", "lo", "up")
        if address:
            self.add_address(address)
        _run("ip", "-n", name, "link", "set", "eth0", "up")

    def add_address(self, address):
        _run("ip", "-n", self.name, "address", "add", address, "dev", "eth0")

    def run(self, *command):
        """Runs `command` on this host, to its end, which must be a good one."""
        _run(*self.command(*command))

    def command(self, *command):
        """The command line that runs `command` on this host."""
        return ["ip", "netns", "exec", self.name, *command]

    def set_card(self, mac):
        """Another card address, as phones take to be private. The card loses what it had been given."""
        _run("ip", "-n", self.name, "link", "set", "eth0", "down")
        _run("ip", "-n", self.name, "address", "flush", "dev", "eth0")
        _run("ip", "-n", self.name, "link", "set", "eth0", "address", mac)
        _run("ip", "-n", self.name, "link", "set", "eth0", "up")

    def unplug(self):
        _run("ip", "link", "set", self._port, "down")

    def plug(self):
        _run("ip", "link", "set", self._port, "up")

    def swallow(self):
        """From now on nothing passes in either direction, and nobody is told."""
        self._forward("drop")

    def lose(self, percent):
        """From now on so many packets of each direction are lost."""
        self._forward(f"numgen random mod 100 < {percent} drop")

    def _forward(self, what):
        # In and out of a port of the cable, whether the other end is another host or the test itself.
        _run("nft", "-f", "-", text=f"""
            table netdev {self.name} {{
              chain from {{
                type filter hook ingress device "{self._port}" priority 0
                {what}
              }}
            }}
            table bridge {self.name} {{
              chain to {{
                type filter hook postrouting priority 0
                oifname "{self._port}" {what}
              }}
            }}""")

    def deliver(self):
        _run("nft", "delete", "table", "netdev", self.name)
        _run("nft", "delete", "table", "bridge", self.name)

    def reset(self, port):
        """Ends the connections from here to that port with a reset, as a firewall does that has forgotten them."""
        rule = f"table inet forgotten {{ chain out {{ type filter hook output priority 0; tcp dport {port} reject with tcp reset; }}; }}"
        _run(*self.command("nft", "-f", "-"), text=rule)
        time.sleep(0.5)  # until both ends have sent something
        self.run("nft", "delete", "table", "inet", "forgotten")

    def remove(self):
        # The kernel takes its time with a namespace, and with the cards in it.
        _run("ip", "link", "delete", self._port)
        _run("ip", "netns", "delete", self.name)


class Network:
    """The cable. `address`: the test's own on it."""

    def __init__(self, address):
        self._hosts = []
        _run("ip", "link", "add", _CABLE, "type", "bridge")
        _run("ip", "address", "add", address, "dev", _CABLE)
        _run("ip", "link", "set", _CABLE, "up")

    def add(self, name, address=None):
        self._hosts.append(Host(name, address))
        return self._hosts[-1]

    def close(self):
        """For the next test; programs on the hosts have ended before."""
        _run("nft", "flush", "ruleset")
        for host in self._hosts:
            host.remove()
        _run("ip", "link", "delete", _CABLE)
