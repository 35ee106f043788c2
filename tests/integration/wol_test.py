"""gable-bridge-wol and a host that sleeps: it has no address until the magic packet for its card has come."""
import subprocess, sys

import gable_network
from gable_house import HouseTest, main

SLEEPER = """import socket, subprocess, sys
link = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
while b"\\xff" * 6 + bytes.fromhex(sys.argv[1].replace(":", "")) * 16 not in link.recv(2048): pass
subprocess.run(["ip", "address", "add", "10.77.0.9/24", "dev", "eth0"], check=True)"""


class Wake(HouseTest):
    def test_wakes_and_tells(self):
        network, mac = gable_network.Network("10.77.0.254/24"), "02:00:00:00:00:09"
        nas = network.add("nas", "10.77.0.9/24")
        for command in (nas.command("ip", "address", "flush", "dev", "eth0"), ["sysctl", "net.ipv4.ping_group_range=0 0"]):
            subprocess.run(command, check=True)
        self.house.run("nas", nas.command(sys.executable, "-c", SLEEPER, mac))
        self.house.start_bridge("wol", config=f"hosts: {{nas: {{mac: '{mac}', address: 10.77.0.9, broadcast: 10.77.0.255}}}}")
        watcher = self.house.watcher
        watcher.wait_latest("gable/bridge/wol/state/nas", {"state": "off"}, 15)
        self.house.publish("gable/bridge/wol/set/nas", "on")
        watcher.wait_for("gable/bridge/wol/result/nas", {"status": "done"}, 10)
        watcher.wait_latest("gable/bridge/wol/state/nas", {"state": "on"}, 15)
        nas.unplug()
        watcher.wait_latest("gable/bridge/wol/state/nas", {"state": "off"}, 15)


gable_network.enter()
main()
