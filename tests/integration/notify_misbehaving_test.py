"""gable-bridge-notify and servers that answer late, half, nothing but garbage, or more than they were asked: nothing is
delivered twice, nothing is called delivered that may not be, and the next message passes.
"""
import socket
import threading
import time

from gable_house import main, wait_until
from notify_test import NotifyTest

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
MAY_BE = "may have been delivered"


class Misbehaving(NotifyTest):
    def serve(self, script):
        """Each connection gets `script(link, everything that came)`. Gives the port, and what came on each."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        taken = []

        def accept():
            while True:
                try:
                    link, _ = listener.accept()
                except OSError:
                    return
                with link:
                    link.settimeout(20)
                    try:
                        taken.append(b"")
                        script(link)
                    except OSError:
                        pass

        def read(link):
            """A whole request of HTTP."""
            while b"\r\n\r\n" not in taken[-1] or b"}" not in taken[-1]:
                got = link.recv(4096)
                if not got:
                    return
                taken[-1] += got
        self.read = read
        threading.Thread(target=accept, daemon=True).start()
        return listener.getsockname()[1], taken

    def answer(self, *answers):
        """A web server that gives these one after the other, and then good ones; (seconds, bytes): that much later."""
        left = list(answers)

        def script(link):
            self.read(link)
            what = left.pop(0) if left else GOOD
            seconds, what = what if isinstance(what, tuple) else (0, what)
            time.sleep(seconds)  # the fault itself
            link.sendall(what)
        port, taken = self.serve(script)
        self.start_bridge({"phone": {"kind": "webhook", "url": f"http://127.0.0.1:{port}/", "retry": "200ms"}})
        return taken

    def test_answers_that_are_half_or_garbage(self):
        half = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nab"
        taken = self.answer(half, b"\xff\xfe\x00 garbage\r\n\r\n", b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 900_000)
        for number in range(4):
            self.assertIn(MAY_BE, self.say("phone", f"n{number}", status="failed")["reason"])
        self.say("phone", "after it all")
        self.assertEqual(len(taken), 5)  # each was sent once

    def test_answers_that_are_late_or_too_many(self):
        taken = self.answer((3, GOOD), GOOD * 3, GOOD + b"more that nobody asked for")
        for text in ("late", "thrice", "more", "after it all"):
            self.say("phone", text)
        self.assertEqual(len(taken), 4)

    def test_half_a_failure_is_tried_again(self):
        taken = self.answer(b"HTTP/1.1 500 Broken\r\nContent-Length: 50\r\n\r\nab")
        self.say("phone", "again", status="failed")
        wait_until(lambda: len(taken) == 2, 10, lambda: f"{taken}")
        self.say("phone", "after it all")

    def test_a_mail_server_that_is_none(self):
        greetings = [b"\xff\xfe garbage\r\n", b"220 ", b"220-" + b"x" * 100_000, b"554 go away\r\n"]

        def script(link):
            link.sendall(greetings[min(len(taken), len(greetings)) - 1])
        port, taken = self.serve(script)
        self.start_bridge({"anna": {"kind": "mail", "server": f"smtp://127.0.0.1:{port}", "from": "h@example.org",
                                    "to": ["a@example.org"], "retry": "200ms", "pause": "10ms"}})
        result = self.say("anna", "hello", status="failed")
        self.assertNotIn(MAY_BE, result["reason"])
        # Three times it was kept; the fourth answer is a plain no.
        self.wait("anna", 20, waiting=0, error=lambda text: "554" in text)
        self.assertEqual(len(taken), 4)


if __name__ == "__main__":
    main()
