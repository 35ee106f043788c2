"""Starting and ending: an orderly end says so at once, one state folder has one hub, whoever starts first waits for
the others, and without the hub the devices still obey."""
import subprocess

from gable_house import HouseTest, main

SECONDS = 60
LAMP = """
devices:
  kitchen_ceiling: {kind: light, name: Kitchen ceiling, features: [brightness], transition: 0}
"""


class OrderlyEnd(HouseTest):
    def test_status_is_offline_before_the_process_is_gone(self):
        self.house.start(bridges=["host"])
        self.house.start_bridge("virtual", config=LAMP)
        for name, topic in (("virtual", "gable/bridge/virtual/status"), ("host", "gable/bridge/host/status"),
                            ("hub", "gable/hub/status")):
            since = self.house.watcher.mark()
            session = self.house.watcher.latest(topic).json["session"]
            self.house[name].terminate()
            self.assertEqual(self.house[name].wait_exit(SECONDS), 0, self.house[name].tail())
            self.house.watcher.barrier(SECONDS)  # without waiting for a will: it would come after five seconds
            last = self.house.watcher.latest(topic, since=since)
            self.assertIsNotNone(last, f"{topic} says nothing of the end")
            self.assertEqual(last.json["status"], "offline")
            self.assertEqual(last.json["session"], session)
            self.assertEqual(last.json["reason"], "stopped")
            self.assertTrue(last.retain)

    def test_the_end_is_not_held_up_by_a_missing_broker(self):
        self.house.start()
        self.house.start_bridge("virtual", config=LAMP)
        self.house.broker.kill()
        self.house["hub"].wait_line("no broker at", SECONDS)
        for name in ("virtual", "hub"):
            self.house[name].terminate()
            self.assertEqual(self.house[name].wait_exit(SECONDS), 0, self.house[name].tail())

    def test_ctrl_c_is_as_good(self):
        self.house.start()
        subprocess.run(["kill", "-INT", str(self.house["hub"].pid)], check=True)
        self.assertEqual(self.house["hub"].wait_exit(SECONDS), 0)
        self.house.watcher.wait_latest("gable/hub/status", {"status": "offline", "reason": "stopped"}, SECONDS)


class OneHubOneFolder(HouseTest):
    def test_a_second_hub_refuses(self):
        self.house.start()
        first = self.house["hub"]
        since = self.house.watcher.mark()
        second = subprocess.run(first.command, capture_output=True, text=True, timeout=SECONDS)
        said = second.stdout + second.stderr
        self.assertEqual(second.returncode, 2, said)
        self.assertIn(str(self.house.directory / "state"), said)
        self.assertIn(f"in use by process {first.pid}", said)
        self.house.watcher.barrier(SECONDS)
        self.assertEqual(self.house.watcher.seen("gable/hub/status", since=since), [])
        first.kill()  # the lock ends with its holder, however it ends
        self.house.start_hub()


class AnyOrder(HouseTest):
    broker_runs = False

    def test_the_hub_waits_for_the_broker(self):
        hub = self.house.start_hub(wait=False)
        bridge = self.house.start_bridge("virtual", config=LAMP, wait=False)
        hub.wait_line("no broker at", SECONDS)
        self.assertTrue(bridge.alive, bridge.tail())
        self.house.start_broker()
        self.house.wait_state("light.kitchen_ceiling", "off", SECONDS)
        self.house.wait_availability("light.kitchen_ceiling", "online", SECONDS)
        self.assertEqual(self.house.call("gable/set/light/kitchen_ceiling", "on", SECONDS)["status"], "done")


class WithoutTheHub(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.start()
        self.house.start_bridge("virtual", config=LAMP)
        self.house.wait_state("light.kitchen_ceiling", "off", SECONDS)
        self.house.wait_availability("light.kitchen_ceiling", "online", SECONDS)

    def test_the_lamp_obeys_and_the_hub_learns_of_it(self):
        self.house["hub"].stop()
        subprocess.run(["mosquitto_pub", "-p", str(self.house.broker.port), "-t",
                        "gable/bridge/virtual/set/kitchen_ceiling", "-m", "on"], check=True, timeout=SECONDS)
        self.house.watcher.wait_latest("gable/bridge/virtual/state/kitchen_ceiling", {"state": "on"}, SECONDS)
        since = self.house.watcher.mark()
        before = len(self.house.journal("change"))
        self.house.start_hub()
        self.house.wait_state("light.kitchen_ceiling", "on", SECONDS)
        self.house.wait_availability("light.kitchen_ceiling", "online", SECONDS)
        self.assertEqual(self.house.call("gable/set/light/kitchen_ceiling", "on", SECONDS)["status"], "done")
        changes = self.house.journal("change")[before:]
        self.assertEqual([(c["e"], c["from"], c["to"]) for c in changes], [("light.kitchen_ceiling", "off", "on")])
        self.assertTrue(changes[0]["initial"], "a rule would take it for a new event")
        self.assertEqual(changes[0]["by"], "device:virtual/kitchen_ceiling")
        # One command, ours; none that repeats what happened meanwhile.
        self.assertEqual(len(self.house.watcher.seen("gable/bridge/virtual/set/#", since=since)), 1)

    def test_a_command_of_a_bridge_without_hub_is_answered(self):
        self.house["hub"].stop()
        answer = self.house.call("gable/bridge/virtual/set/kitchen_ceiling", {"state": "on", "brightness": 999},
                                 SECONDS)
        self.assertEqual((answer["status"], answer["code"]), ("rejected", "out_of_range"), answer)
        answer = self.house.call("gable/bridge/virtual/set/kitchen_ceiling", {"state": "on", "brightness": 99},
                                 SECONDS)
        self.assertEqual(answer["status"], "done", answer)


class Frozen(HouseTest):
    def test_a_bridge_that_hangs_is_told_offline_and_comes_back(self):
        """No connection is closed: only the keep alive tells (20 s × 1.5, and the will's delay of 5 s)."""
        self.house.start()
        bridge = self.house.start_bridge("virtual", config=LAMP)
        self.house.wait_availability("light.kitchen_ceiling", "online", SECONDS)
        self.house.call("gable/set/light/kitchen_ceiling", "on", SECONDS)
        bridge.pause()
        told = self.house.wait_availability("light.kitchen_ceiling", "offline", 20 * 1.5 + 5 + SECONDS)
        self.assertIn("bridge virtual is offline", told["reason"])
        bridge.resume()
        self.house.wait_availability("light.kitchen_ceiling", "online", SECONDS)
        self.house.wait_state("light.kitchen_ceiling", "on", SECONDS)
        self.assertEqual(self.house.call("gable/set/light/kitchen_ceiling", "off", SECONDS)["status"], "done")
        changes = [(c["from"], c["to"]) for c in self.house.journal("change") if c["e"] == "light.kitchen_ceiling"]
        self.assertEqual(changes, [(None, "off"), ("off", "on"), ("on", "off")])


if __name__ == "__main__":
    main()
