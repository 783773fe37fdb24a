"""Line charts as SVG, drawn on the server: points, steps of the axes and words, in the units of a viewBox.

It knows nothing about plans. The figures stand in a table beside each chart, so a chart is one picture with one title.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 400
HEIGHT: Final = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 12, 30
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Dot:
    """A point of a line: place in the viewBox; here: the plan in hand; hollow: it does not keep to the rules."""

    x: float
    y: float
    here: bool
    hollow: bool


@dataclass(frozen=True)
class Tick:
    """A step of an axis: place in the viewBox and its words."""

    at: float
    said: str


@dataclass(frozen=True)
class Chart:
    """A line through dots; bottom and left: where the axes stand."""

    width: int
    height: int
    line: str
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    bottom: float
    left: float


def chart(
    points: Sequence[tuple[float, float]],
    across: Callable[[float], str],
    up: Callable[[float], str],
    here: tuple[float, float] | None = None,
    hollow: Sequence[bool] = (),
    *,
    from_zero: bool = True,
) -> Chart:
    """A chart of points (x, y) in their order; across, up: the words of a step of each axis; here: one more dot."""
    everything = [*points, *([here] if here else [])]
    xs, ys = _axis([x for x, _ in everything], from_zero), _axis([y for _, y in everything], from_zero)

    def place(x: float, y: float) -> tuple[float, float]:
        wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
        return (
            round(_LEFT + wide * (x - xs[0]) / (xs[-1] - xs[0]), 1),
            round(HEIGHT - _BOTTOM - high * (y - ys[0]) / (ys[-1] - ys[0]), 1),
        )

    placed = [place(x, y) for x, y in points]
    marks = list(hollow) or [False] * len(points)
    dots = [Dot(x, y, point == here, mark) for (x, y), point, mark in zip(placed, points, marks, strict=True)]
    if here and here not in points:
        dots.append(Dot(*place(*here), True, False))
    return Chart(
        WIDTH, HEIGHT, " ".join(f"{x},{y}" for x, y in placed), tuple(dots),
        tuple(Tick(place(x, ys[0])[0], across(x)) for x in xs),
        tuple(Tick(place(xs[0], y)[1], up(y)) for y in ys), HEIGHT - _BOTTOM, _LEFT,
    )  # fmt: skip


def _axis(values: Sequence[float], from_zero: bool) -> list[float]:
    """Round steps from below the least value (or 0) to above the largest, three to six of them."""
    low, high = (0.0 if from_zero else min(values)), max(values)
    span = (high - low) or abs(high) or 1.0
    size = 10.0 ** math.floor(math.log10(span / 4))
    step = next(size * factor for factor in _STEPS if size * factor >= span / 4)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * k for k in range(first, max(last, first + 1) + 1)]
