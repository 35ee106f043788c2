"""Tests of the test support itself: broker, processes and watcher do what black-box tests rely on."""
import contextlib
import io
import pathlib
import unittest

from gable_house import HouseTest, Process, Watcher, main, wait_until


class BrokerTest(HouseTest):
    def test_watcher_sees_what_is_published(self):
        self.house.publish("gable/a", {"state": "on", "brightness": 120})
        seen = self.house.watcher.wait_for("gable/+", {"state": "on", "brightness": lambda b: b > 100})
        self.assertEqual(seen.json["brightness"], 120)
        self.assertFalse(seen.retain)

    def test_a_failed_wait_tells_what_was_seen(self):
        self.house.publish("gable/a", "off")
        with self.assertRaisesRegex(AssertionError, r"(?s)waited for gable/a with on.*gable/a off"):
            self.house.watcher.wait_for("gable/a", "on", seconds=0.05)
        with self.assertRaisesRegex(AssertionError, r"(?s)nothing on it.*gable/a off"):
            self.house.watcher.wait_for("gable/b", seconds=0.05)

    def test_retained_reads_more_than_a_queue_holds(self):
        for number in range(1500):
            self.house.publish(f"gable/many/{number}", str(number), retain=True, qos=0)
        self.house.watcher.barrier()
        self.house.publish("gable/many/3", "", retain=True)
        held = self.house.retained("gable/many/#")
        self.assertEqual(len(held), 1499)
        self.assertEqual(held["gable/many/7"].text, "7")

    def test_broker_loses_what_is_wiped_and_keeps_the_port(self):
        self.house.publish("gable/kept", "1", retain=True)
        self.house.broker.restart()
        wait_until(lambda: "gable/kept" in self.house.retained(), 5, "not restored")
        self.house.broker.stop()
        self.house.broker.wipe()
        self.house.broker.start()
        self.assertEqual(self.house.retained(), {})

    def test_watcher_comes_back_after_a_kill_of_the_broker(self):
        watcher = self.house.watcher
        self.house.broker.restart(kill=True)
        with Watcher(self.house.broker) as other:
            def heard():
                other.publish("gable/again", "x", qos=0)
                return watcher.latest("gable/again")
            wait_until(heard, 10, "the watcher did not reconnect")

    def test_barrier_orders_and_quiet_is_noticed(self):
        with Watcher(self.house.broker, "x/#") as other:
            self.house.publish("x/1", "1", qos=0)
            self.house.watcher.barrier()
            other.barrier()
            self.assertIsNotNone(other.latest("x/1"))
            with self.assertRaisesRegex(AssertionError, "nothing was expected"):
                other.assert_quiet("x/#", 0.05, since=0)
            other.assert_quiet("x/#", 0.05)

    def test_response_topic_and_correlation_arrive(self):
        self.house.watcher  # subscribes
        self.house.publish("gable/set/x", "on", response_topic="gable/client/me/1", correlation="42", expiry=9)
        seen = self.house.watcher.wait_for("gable/set/x")
        self.assertEqual(seen.properties["ResponseTopic"], "gable/client/me/1")
        self.assertEqual(seen.properties["CorrelationData"], b"42")


class AccessTest(HouseTest):
    broker_options = {"users": {"lamp": "secret"}, "acl": "pattern readwrite gable/bridge/%u/#\n"}

    def test_refused_publishes_are_noticed(self):
        with Watcher(self.house.broker, "#", user="lamp", password="secret") as lamp:
            lamp.publish("gable/bridge/lamp/status", "x")
            lamp.wait_for("gable/bridge/lamp/status")
            with self.assertRaisesRegex(AssertionError, "reason 135"):
                lamp.publish("gable/bridge/other/status", "x")
        with self.assertRaisesRegex(AssertionError, "connection refused"):
            Watcher(self.house.broker, "#", user="lamp", password="wrong")


class DefaultsTest(HouseTest):
    broker_options = {"config": "defaults"}

    def test_a_killed_default_broker_forgets(self):
        self.house.publish("gable/kept", "1", retain=True)
        self.house.broker.restart(kill=True)
        self.assertEqual(self.house.retained(), {})


class ProcessTest(HouseTest):
    broker_runs = False

    def test_lines_exit_status_and_signals(self):
        shell = self.house.run("shell", ["/bin/sh", "-c", "trap 'echo bye; exit 0' TERM; echo ready 7; "
                                         "while :; do sleep 0.02; done"])
        self.assertEqual(shell.wait_line(r"ready (\d)").group(1), "7")
        shell.pause()
        wait_until(lambda: _state(shell.pid) == "T", 5, "not stopped")
        shell.stop()
        self.assertIn("bye", shell.output())

    def test_a_child_left_behind_is_a_failure(self):
        shell = self.house.run("shell", ["/bin/sh", "-c", "sleep 600 & echo $!; trap 'exit 0' TERM; "
                                         "while :; do sleep 0.02; done"])
        child = int(shell.wait_line(r"^(\d+)$").group(1))
        with self.assertRaisesRegex(AssertionError, "left processes behind"):
            shell.stop()
        wait_until(lambda: _state(child) in (None, "Z"), 5, "the child still runs")

    def test_a_bad_exit_status_is_a_failure(self):
        shell = self.house.run("shell", ["/bin/sh", "-c", "trap 'exit 3' TERM; echo ready; "
                                         "while :; do sleep 0.02; done"])
        shell.wait_line("ready")
        with self.assertRaisesRegex(AssertionError, "ended with 3"):
            shell.stop()

    def test_a_program_that_ends_early_is_told(self):
        shell = Process("shell", ["/bin/sh", "-c", "echo no config; exit 2"], self.house.directory / "s.log").start()
        with self.assertRaisesRegex(AssertionError, r"(?s)ended with 2 before.*no config"):
            shell.wait_line("ready")


class ReportTest(unittest.TestCase):
    def test_nothing_is_left_of_a_house(self):
        class Failing(HouseTest):
            def runTest(self):
                Failing.directory, Failing.pid = self.house.directory, self.house.broker.pid
                self.house.publish("gable/a", "here")
                self.house.watcher.wait_for("gable/a")
                self.fail("on purpose")

        result = unittest.TestResult()
        with _silent() as printed:
            Failing().run(result)
        self.assertEqual(len(result.failures), 1)
        self.assertFalse(pathlib.Path(Failing.directory).exists())
        wait_until(lambda: _state(Failing.pid) is None, 5, "the broker still runs")
        self.assertIn("── mosquitto", printed.text())
        self.assertIn("gable/a here", printed.text())


class _silent:
    """Catches what goes to standard error."""

    def __enter__(self):
        self._text = io.StringIO()
        self._redirect = contextlib.redirect_stderr(self._text)
        self._redirect.__enter__()
        return self

    def __exit__(self, *exc):
        return self._redirect.__exit__(*exc)

    def text(self):
        return self._text.getvalue()


def _state(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return None


if __name__ == "__main__":
    main()
