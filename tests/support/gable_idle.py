"""What a program needs while it has nothing to do: memory of its own, and how often it wakes."""
import os
import pathlib
import time


def own_memory(pid):
    """RssAnon, in kB."""
    return int(pathlib.Path(f"/proc/{pid}/status").read_text().split("RssAnon:")[1].split()[0])


def work(pid):
    """What all threads have had so far: (times that one of them slept or was put aside, seconds of processor time)."""
    switches = 0
    for thread in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (thread / "status").read_text().splitlines():
            if "ctxt_switches" in line:
                switches += int(line.split()[1])
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return switches, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def watch(processes, seconds):
    """Waits, and gives {process: (RssAnon in kB, switches a second, share of one core)}; prints that, too."""
    before = {process: work(process.pid) for process in processes}
    begun = time.monotonic()
    time.sleep(seconds)
    found = {}
    for process in processes:
        switches, used = (now - then for now, then in zip(work(process.pid), before[process]))
        took, own = time.monotonic() - begun, own_memory(process.pid)
        print(f"{process.name}: {own} kB of its own; in {took:.1f} s {switches} switches of threads, "
              f"{used * 1000:.0f} ms of processor time", flush=True)
        found[process] = own, switches / took, used / took
    return found
