"""Named and surfaced streets: the cuts between blocks become main roads, streets, gang and the railway.

It knows nothing about drains or proposals; it gives each street a name, a surface, a condition and its RW.
Names follow custom: heroes for main roads, flowers and fruit for gang, one family of names per RW, Roman numbers after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString

from .frame import Noise, stream
from .regions import Regions
from .skeleton import Skeleton, Street

GANG = [
    "Melati", "Mawar", "Kenanga", "Anggrek", "Cempaka", "Dahlia", "Flamboyan", "Kamboja", "Teratai",
    "Seruni", "Nusa Indah",
    "Bougenvil", "Mangga", "Jambu", "Rambutan", "Salak", "Manggis", "Duku", "Sawo", "Kelapa", "Pisang",
    "Nangka", "Delima",
    "Kutilang", "Merpati", "Cendrawasih", "Kepodang", "Gelatik", "Perkutut", "Nuri", "Haji Saleh",
    "Haji Amin", "Pak Kasim",
    "Mbah Karto", "Langgar", "Sumur", "Pesantren", "Bengkel", "Sukun", "Waru", "Beringin", "Asem", "Randu",
    "Kemuning",
    "Alpukat", "Belimbing", "Cermai", "Durian", "Jeruk", "Kecapi", "Lengkeng", "Markisa", "Nanas", "Pepaya",
    "Sirsak",
    "Srikaya", "Bakung", "Gardenia", "Lavender", "Matahari", "Soka", "Tanjung", "Wijayakusuma", "Camar",
    "Elang", "Garuda",
    "Jalak", "Kakatua", "Murai", "Parkit", "Rajawali", "Walet", "Madrasah", "Lumbung", "Balong", "Tirta",
]  # fmt: skip
LOCAL = [
    "Pandan", "Cendana", "Mahoni", "Jati", "Akasia", "Meranti", "Angsana", "Ketapang", "Trembesi", "Damar",
    "Pinus", "Sengon",
    "Cemara", "Palem", "Glodokan", "Bungur", "Kenari", "Sonokeling", "Ulin", "Gaharu", "Bintaro",
    "Trengguli", "Dadap", "Kapuk",
]  # fmt: skip


@dataclass
class Road:
    """A street as it stands in the file, in local metres, with the RT it runs in (by its middle)."""

    id: str
    line: LineString
    cls: str
    name: str
    width: float
    surface: str
    condition: str
    rt: str


def lay(streets: list[Street], bones: Skeleton, regions: Regions) -> list[Road]:
    """Give every street its name, surface and condition."""
    rng, wear = stream("roads"), Noise("wear", 420)
    rts = regions.of_kind("rt")
    index = STRtree([r.metric for r in rts])
    counts: dict[str, int] = {}
    theme: dict[str, str] = {}
    roads: list[Road] = []
    for street in sorted(streets, key=lambda s: ("main", "collector", "local", "gang").index(s.cls)):
        middle = street.line.interpolate(0.5, normalized=True)
        nearest = rts[int(index.nearest(middle))].code
        name = street.name or _name(street.cls, nearest.rsplit("-", 1)[0], theme, counts)
        surface = _surface(street.cls, rng)
        worn = float(wear(middle.x, middle.y)) + rng.normal(0, 0.8)
        condition = _condition(street.cls, worn)
        roads.append(
            Road(
                f"R{len(roads) + 1:04d}",
                street.line,
                street.cls,
                name,
                street.width,
                surface,
                condition,
                nearest,
            )
        )
    roads.append(
        Road(
            f"R{len(roads) + 1:04d}",
            bones.rail,
            "rail",
            "Jalur kereta api Tirta Asri",
            6.0,
            "earth",
            "good",
            "",
        )
    )
    return roads


def _name(cls: str, rw: str, theme: dict[str, str], counts: dict[str, int]) -> str:
    """The family name of the RW and the next Roman number; a new family after nine."""
    if cls == "collector":
        base = [
            "Jalan Sisingamangaraja",
            "Jalan Pattimura",
            "Jalan Teuku Umar",
            "Jalan Hasanuddin",
            "Jalan Dewi Sartika",
        ]
        counts["collector"] = counts.get("collector", 0) + 1
        k = counts["collector"] - 1
        return base[k % 5] + (f" {roman(k // 5 + 1)}" if k >= 5 else "")
    names, prefix = (LOCAL, "Jalan") if cls == "local" else (GANG, "Gang")
    key = f"{prefix}/{rw}"
    if key not in theme or counts[theme[key]] >= 9:
        used = set(theme.values())
        pool = [
            f"{prefix} {n}{suffix}"
            for suffix in ("", " Dalam", " Baru", " Indah", " Asri", " Raya")
            for n in names
        ]
        theme[f"{key}/{len(theme)}"] = theme.get(key, "")
        theme[key] = next(n for n in pool if n not in used)
        counts[theme[key]] = 0
    counts[theme[key]] += 1
    number = counts[theme[key]]
    return theme[key] + (f" {roman(number)}" if number > 1 else "")


def roman(number: int) -> str:
    """Roman numerals up to 39."""
    return "X" * (number // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def _surface(cls: str, rng: np.random.Generator) -> str:
    share = {
        "main": (1.0, 0.0, 0.0, 0.0), "collector": (1.0, 0.0, 0.0, 0.0), "local": (0.55, 0.18, 0.22, 0.05),
        "gang": (0.04, 0.3, 0.46, 0.2),
    }[cls]  # fmt: skip
    return str(rng.choice(["asphalt", "concrete", "paving", "earth"], p=share))


def _condition(cls: str, worn: float) -> str:
    light, heavy = {"main": (1.6, 9.0), "collector": (1.2, 2.6), "local": (0.7, 1.6), "gang": (0.35, 1.15)}[
        cls
    ]
    return "heavy_damage" if worn > heavy else "light_damage" if worn > light else "good"


def metres_in(roads: list[Road], shape: shapely.Geometry) -> float:
    """Length of local streets and gang inside a shape."""
    lines = [r.line for r in roads if r.cls in ("local", "gang", "collector")]
    return float(shapely.length(shapely.intersection(np.array(lines), shape)).sum()) if lines else 0.0
