"""What a row of the table is, and how ratios come about."""
import dataclasses
import statistics


@dataclasses.dataclass
class Row:
    what: str
    limit: str            # as the design has it; empty: none is given
    value: float | None   # the figure that the limit is about
    unit: str             # "×" for a ratio to the floor
    met: bool | None      # None: there is no limit, or nothing could be measured
    detail: dict = dataclasses.field(default_factory=dict)


def judged(what, value, most=None, least=None, unit="×", **detail):
    """A row whose figure has an upper or a lower limit."""
    limit, met = "", None
    if most is not None:
        limit, met = f"≤ {most:g} {unit}", value <= most
    if least is not None:
        limit, met = f"≥ {least:g} {unit}", value >= least
    return Row(what, limit, value, unit, met, detail)


def middle(values):
    return statistics.median(values)


def spread(values):
    """How far apart the rounds were: what a ratio of single rounds is worth."""
    return f"{min(values):.3g}…{max(values):.3g}"


def ratios(hub, floor, key):
    """The ratio round by round: both halves of a round saw the same machine."""
    return [h[key] / f[key] for h, f in zip(hub, floor) if f[key]]
