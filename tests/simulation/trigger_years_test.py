"""Twenty years of time, sun and daylight-saving triggers in five zones, against Python's own zone rules and PyEphem's sun:
two libraries that share nothing with ours. Times must be equal to the second, the sun within 60 s. (Debian 12's astral 1.6 is
no judge of sunsets: it takes the sun's place of another hour and is up to 100 s from PyEphem in winter.)"""
import bisect
import collections
import datetime
import os
import subprocess
import sys
import zoneinfo

import ephem

FIRST, YEARS, SUN_SECONDS = 2015, 20, 60
PLACES = [("Europe/Berlin", 52.52, 13.41), ("America/New_York", 40.71, -74.01), ("Australia/Lord_Howe", -31.55, 159.08),
          ("America/Sao_Paulo", -23.55, -46.63), ("Asia/Kathmandu", 27.71, 85.32)]
UTC = datetime.timezone.utc


def moments(zone, day, hour, minute):
    """The instants at which the clocks show this time on this day: none when it is skipped, two when it comes twice."""
    naive = datetime.datetime.combine(day, datetime.time(hour, minute))
    both = {naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return {int(one.timestamp()) for one in both if one.astimezone(zone).replace(tzinfo=None) == naive}


def expected(zone, begin, end):
    """Name of the trigger → sorted seconds."""
    found = collections.defaultdict(set)
    day = begin.astimezone(zone).date() - datetime.timedelta(days=1)
    while day <= end.astimezone(zone).date():
        found["at_0000"] |= moments(zone, day, 0, 0)
        found["at_0230"] |= moments(zone, day, 2, 30)
        found["at_0300"] |= moments(zone, day, 3, 0)
        if day.weekday() < 5:
            found["workdays_0715"] |= moments(zone, day, 7, 15)
        for hour in (0, 6, 12, 18):
            found["every_six_hours_45"] |= moments(zone, day, hour, 45)
        for minute in (0, 20, 40):
            found["at_two_every_20"] |= moments(zone, day, 2, minute)
        day += datetime.timedelta(days=1)
    first, last = int(begin.timestamp()), int(end.timestamp())
    return {name: sorted(time for time in times if first < time < last) for name, times in found.items()}


def sun(place, begin, end):
    """Sorted seconds of all sunrises, and of half an hour before all sunsets: the centre 50' below the horizon."""
    observer = ephem.Observer()
    observer.lat, observer.lon, observer.elevation = str(place[1]), str(place[2]), 0
    observer.pressure, observer.horizon = 0, "-0:50"

    def all_of(next_one):
        observer.date, found = begin.replace(tzinfo=None) - datetime.timedelta(days=1), []
        while not found or found[-1] < end.timestamp() + 86400:
            at = next_one(ephem.Sun(), use_center=True)
            found.append(at.datetime().replace(tzinfo=UTC).timestamp())
            observer.date = at + ephem.minute
        return found

    return all_of(observer.next_rising), [time - 1800 for time in all_of(observer.next_setting)]


def compare_sun(name, fired, wanted, begin, end):
    wrong, worst = [], 0.0
    for time in fired:
        at = bisect.bisect(wanted, time)
        off = min(abs(time - one) for one in wanted[max(0, at - 1):at + 1])
        worst = max(worst, off)
        if off > SUN_SECONDS:
            wrong.append(f"{name}: fired at {time}, {off:.0f} s off")
    inside = [time for time in wanted if begin.timestamp() + SUN_SECONDS < time < end.timestamp() - SUN_SECONDS]
    if not len(inside) <= len(fired) <= len(inside) + 2:
        wrong.append(f"{name}: {len(fired)} times instead of {len(inside)}")
    return wrong, worst


def main():
    wrong, count = [], 0
    begin, end = (datetime.datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST, FIRST + YEARS))
    for place in PLACES:
        output = subprocess.run([os.environ["GABLE_BIN"] + "/trigger_years", *map(str, place), str(FIRST), str(YEARS)],
                                capture_output=True, text=True, check=True)
        if output.stderr:
            wrong.append(output.stderr)
        fired = collections.defaultdict(list)
        for line in output.stdout.splitlines():
            name, time = line.split()
            fired[name].append(int(time))
        for name, times in expected(zoneinfo.ZoneInfo(place[0]), begin, end).items():
            count += len(times)
            if fired[name] != times:
                off = sorted(set(fired[name]) ^ set(times))
                wrong.append(f"{place[0]} {name}: {len(off)} differ, first "
                             f"{datetime.datetime.fromtimestamp(off[0], zoneinfo.ZoneInfo(place[0])) if off else 'order'}")
        rises, sets = sun(place, begin, end)
        for name, wanted in (("sunrise", rises), ("before_sunset", sets)):
            more, worst = compare_sun(f"{place[0]} {name}", fired[name], wanted, begin, end)
            wrong += more
            count += len(fired[name])
            print(f"{place[0]} {name}: {len(fired[name])} times, at most {worst:.0f} s from PyEphem")
    print(f"{count} firings in {len(PLACES)} zones and {YEARS} years, {len(wrong)} differences")
    print("\n".join(wrong[:20]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
