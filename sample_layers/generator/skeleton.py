"""The hand-drawn bones of the city: outline, river, canal, railway, main roads and the seeds of the kelurahan.

It knows nothing about terrain, blocks or people, only about lines in local metres.
The idea comes from town maps of Java's north coast: a meandering kali, an irrigation canal, a railway and a post road.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from .frame import smooth


@dataclass(frozen=True)
class Street:
    """A centre line with its class and width in metres; `bridge` if it may cross water."""

    line: LineString
    cls: str
    width: float
    name: str = ""
    bridge: bool = False


OUTLINE = [
    (250, 250), (480, 130), (700, 100), (1000, 150), (1300, 130), (1560, 40), (1800, 60), (2080, 90), (2350, 170),
    (2560, 330), (2650, 520), (2600, 760), (2590, 940), (2690, 1120), (2720, 1330), (2660, 1560), (2600, 1750),
    (2440, 1950), (2180, 2060), (1920, 2090), (1700, 2210), (1420, 2230), (1150, 2160), (930, 2170), (700, 2200),
    (470, 2110), (330, 1930), (210, 1720), (120, 1450), (150, 1200), (210, 980), (130, 760), (120, 520), (250, 250),
]  # fmt: skip
RIVER = [
    (2010, -330), (2000, -150), (1930, 150), (1720, 380), (1740, 660), (1930, 860), (1860, 1080), (1520, 1160),
    (1260, 1290), (1290, 1540), (1570, 1650), (1690, 1850), (1570, 2060), (1590, 2300), (1640, 2560),
]  # fmt: skip
CANAL = [
    (1932, 900),
    (1985, 960),
    (2010, 1100),
    (1990, 1350),
    (1930, 1600),
    (1900, 1850),
    (1920, 2100),
    (1910, 2450),
]
RAIL = [
    (-320, 1880),
    (0, 1850),
    (500, 1790),
    (1000, 1760),
    (1500, 1790),
    (2000, 1820),
    (2500, 1760),
    (3100, 1640),
]
MAIN = {
    "Jalan Jenderal Sudirman": [
        (-320, 1010), (100, 1000), (420, 1030), (800, 1080), (1250, 1040), (1650, 990), (1950, 985), (2330, 1040),
        (2700, 1100), (3100, 1090),
    ],
    "Jalan Ahmad Yani": [
        (960, 2560), (930, 2300), (900, 1900), (950, 1500), (930, 1075), (850, 700), (900, 300), (860, -50),
        (840, -300),
    ],
    "Jalan Gatot Subroto": [
        (-320, 1480), (100, 1480), (500, 1500), (950, 1470), (1300, 1440), (1700, 1430), (2050, 1400), (2390, 1330),
        (2800, 1380), (3100, 1420),
    ],
    "Jalan Diponegoro": [
        (2420, 2350), (2330, 1950), (2310, 1700), (2390, 1330), (2330, 1040), (2230, 600), (2310, 250), (2290, -50),
        (2320, -300),
    ],
}  # fmt: skip
COLLECTOR = {
    "Jalan Pahlawan": [
        (-250, 560), (150, 555), (450, 540), (850, 605), (1300, 570), (1700, 530), (2240, 560), (2600, 640),
    ],
    "Jalan Veteran": [(1420, 1037), (1390, 1240), (1450, 1437), (1440, 1620), (1390, 1785)],
    "Jalan Kartini": [(500, 1500), (520, 1270), (470, 1030), (450, 780), (450, 540)],
    "Jalan Cut Nyak Dien": [(1320, 1040), (1340, 800), (1300, 570), (1290, 330), (1310, 60)],
    "Jalan Imam Bonjol": [(1130, 1450), (1160, 1600), (1120, 1770), (1180, 1960), (1150, 2220)],
}  # fmt: skip
SEEDS = {  # a point in each kelurahan, with the barriers that part them being road, river and canal
    "99.01.01.1001": ("Tirta Mekar", "99.01.01"),
    "99.01.01.1002": ("Tirta Sari", "99.01.01"),
    "99.01.01.1003": ("Tirta Wangi", "99.01.01"),
    "99.01.02.1001": ("Asri Jaya", "99.01.02"),
    "99.01.02.1002": ("Asri Kulon", "99.01.02"),
    "99.01.02.1003": ("Bukit Asri", "99.01.02"),
}
KECAMATAN = {"99.01.01": "Tirta Hilir", "99.01.02": "Asri Hulu"}
RIVER_WIDTH, CANAL_WIDTH, RAIL_WIDTH = 27.0, 9.0, 14.0
RIVER_DEPTH, CANAL_DEPTH = 4.0, 1.5


@dataclass(frozen=True)
class Skeleton:
    """The bones as geometries in local metres."""

    outline: Polygon
    river: LineString
    canal: LineString
    rail: LineString
    streets: tuple[Street, ...]
    river_area: BaseGeometry
    canal_area: BaseGeometry

    @property
    def water(self) -> BaseGeometry:
        """River and canal together."""
        return self.river_area.union(self.canal_area)


def draw() -> Skeleton:
    """Smooth the hand-drawn points into lines and areas."""
    outline = Polygon(smooth([(float(x), float(y)) for x, y in OUTLINE], 25).coords)
    river, canal, rail = (smooth([(float(x), float(y)) for x, y in p], 10) for p in (RIVER, CANAL, RAIL))
    streets = [
        Street(smooth([(float(x), float(y)) for x, y in p]), "main", 12.0, n, True) for n, p in MAIN.items()
    ]
    streets += [
        Street(smooth([(float(x), float(y)) for x, y in p]), "collector", 7.5, n, True)
        for n, p in COLLECTOR.items()
    ]
    river_area = river.buffer(RIVER_WIDTH / 2, cap_style="flat").simplify(0.3)
    canal_area = canal.buffer(CANAL_WIDTH / 2, cap_style="flat").simplify(0.2).difference(river_area)
    return Skeleton(outline, river, canal, rail, tuple(streets), river_area, canal_area)


def kelurahan_of(x: float, y: float, bones: Skeleton) -> str:
    """The kelurahan a superblock belongs to, by the side of the road, river and canal it lies on."""
    hilir = _left_of(x, y, next(s.line for s in bones.streets if s.name == "Jalan Jenderal Sudirman"))
    west = _left_of(
        x,
        y,
        LineString(list(next(s.line for s in bones.streets if s.name == "Jalan Ahmad Yani").coords)[::-1]),
    )
    if west:
        return "99.01.01.1002" if hilir else "99.01.02.1002"
    if hilir:
        return "99.01.01.1001" if _left_of(x, y, bones.canal) and not _pocket(x, y) else "99.01.01.1003"
    return "99.01.02.1001" if _left_of(x, y, bones.river) else "99.01.02.1003"


def _pocket(x: float, y: float) -> bool:
    """The wedge between river and canal at the weir."""
    return 1895 < x < 2040 and 960 < y < 1070 and x > 1925


def _left_of(x: float, y: float, line: LineString) -> bool:
    """Whether a point lies left of a directed line, judged at the nearest segment."""
    xy = list(line.coords)
    best, side = 1e18, 0.0
    for (ax, ay), (bx, by) in pairwise(xy):
        t = max(
            0.0,
            min(
                1.0,
                ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / max((bx - ax) ** 2 + (by - ay) ** 2, 1e-9),
            ),
        )
        d = (x - ax - t * (bx - ax)) ** 2 + (y - ay - t * (by - ay)) ** 2
        if d < best:
            best, side = d, (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    return side > 0
