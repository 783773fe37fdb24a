"""The proposals of a kelurahan as one HTML file that opens on any phone, without internet and without an account.

It knows nothing about households: the file is passed on, so it holds what the public may see and nothing else.
folium draws the map; its links to other hosts are replaced by the Leaflet that our own build ships.
"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

import folium
from branca.element import Element, Figure, MacroElement
from jinja2 import Template

from webgis.planning import regions
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.vocabulary import PILLARS, pillar_name, state_name
from webgis.planning.errors import NotFound
from webgis.planning.mapping.slum_grades import grades
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.store import phone_map as table
from webgis.store.database import Database

LEAFLET: Final = Path(__file__).resolve().parents[3] / "static" / "dist" / "leaflet"
GRADE_COLOURS: Final = {"light": "#fbe3a1", "medium": "#f0a24e", "heavy": "#b3383a"}
PILLAR_COLOURS: Final = {"environment": "#0b6b5d", "social": "#3d6db5", "economy": "#b8862b"}
WORDS: Final = {
    "id": {
        "works": "Usulan", "slums": "Kawasan kumuh", "light": "Kumuh ringan", "medium": "Kumuh sedang",
        "heavy": "Kumuh berat", "made": "Dibuat {date}", "sample": "Data contoh: kota ini tidak nyata.",
        "cost": "Biaya", "state": "Status", "volume": "Volume", "draft": "Konsep",
        "waiting": "Diajukan atau ditinjau", "approved": "Disetujui",
        "built": "Dikerjakan atau selesai", "zoom_in": "Perbesar", "zoom_out": "Perkecil",
    },
    "en": {
        "works": "Proposals", "slums": "Slum areas", "light": "Light", "medium": "Medium", "heavy": "Heavy",
        "made": "Made on {date}", "sample": "Sample data: this city is not real.", "cost": "Cost",
        "state": "State", "volume": "Volume", "draft": "Draft", "waiting": "Submitted or under review",
        "approved": "Approved", "built": "Being built or done", "zoom_in": "Zoom in", "zoom_out": "Zoom out",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How a group of states is drawn, so that a photocopy still tells them apart: dashes and widths in px."""

    states: tuple[str, ...]
    dash: str | None
    weight: float
    fill: float


LOOKS: Final = {
    "draft": Look(("draft",), "1 6", 3.5, 0.12),
    "waiting": Look(("submitted", "verified", "under_review", "returned"), "8 6", 3.5, 0.12),
    "approved": Look(("approved", "funded"), None, 3.5, 0.45),
    "built": Look(("under_construction", "completed"), None, 6, 0.95),
}
STYLE: Final = """
  body { display: flex; flex-direction: column; margin: 0; font: 15px/1.45 system-ui, sans-serif; color: #12211e;
         background: #f4f4f0; }
  .folium-map { flex: 1; min-height: 0; height: auto !important; }
  .leaflet-container { background: #f4f4f0; font: inherit; }
  .leaflet-touch .leaflet-bar a, .leaflet-control-layers-toggle { width: 44px !important; height: 44px !important;
         line-height: 44px !important; }
  .leaflet-control-layers label { padding: 6px 4px; }
  .sheet { padding: 10px 14px; background: #fff; box-shadow: 0 -2px 12px #0002; }
  .sheet h1 { font-size: 17px; margin: 0 0 2px; } .sheet p { margin: 3px 0; font-size: 13px; }
  .sheet span { display: inline-block; margin-right: 12px; white-space: nowrap; }
  .sheet svg { margin-right: 5px; vertical-align: 2px; }
  .sheet i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin: 0 5px 0 0;
             vertical-align: -1px; border: 1px solid #0004; }
  .leaflet-popup-content h2 { font-size: 15px; margin: 0 0 4px; }
  .leaflet-popup-content p { margin: 2px 0; }
  @media (min-width: 600px) {
    .sheet { position: fixed; z-index: 1000; left: 8px; bottom: 8px; width: 420px; border-radius: 10px; }
    .leaflet-bottom.leaflet-left { left: 464px; }
  }
"""


class LeafletMissing(RuntimeError):
    """The front end has not been built, so there is no Leaflet to put into the file."""


def render(db: Database, kelurahan: str, lang: str = "id", today: dt.date | None = None) -> str:
    """The map of a kelurahan as one HTML document without any link. Raises NotFound, LeafletMissing.

    today: the date printed on it; the day of the call if None.
    """
    place = regions.region(db, kelurahan)
    if place.region.kind != "kelurahan" or place.bounds is None:
        raise NotFound("no_kelurahan", kelurahan=kelurahan)
    works = proposals.list_proposals(db, PUBLIC, kelurahan=kelurahan, limit=2_000).items
    words = WORDS["en" if lang == "en" else "id"]
    drawn = _canvas(words)
    with db.transaction() as session:
        layers = {
            name: table.layer(session, name, kelurahan)
            for name in ("buildings", "roads", "water", "rw", "slums")
        }
        outline = table.layer(session, "outline", kelurahan)
    _base(drawn, layers, outline)
    _slums(
        drawn,
        layers["slums"],
        {code: found.grade for code, found in grades(db, kelurahan).items() if found.grade},
        words,
    )
    _works(drawn, works, words, lang)
    west, south, east, north = place.bounds
    drawn.fit_bounds([[south, west], [north, east]])
    folium.LayerControl(collapsed=True).add_to(drawn)
    return _document(drawn, place.region, len(works), words, today or dt.datetime.now(dt.UTC).date())


class Controls(MacroElement):
    """Zoom buttons with names in the reader's language, and a scale in metres only: nobody here counts in feet."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        L.control.zoom({
            zoomInTitle: {{ this.words["zoom_in"]|tojson }}, zoomOutTitle: {{ this.words["zoom_out"]|tojson }}
        }).addTo({{ this._parent.get_name() }});
        L.control.scale({imperial: false}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self.words = words


def _canvas(words: dict[str, str]) -> folium.Map:
    """An empty map without tiles and without folium's links to other hosts."""
    drawn = folium.Map(
        tiles=None, prefer_canvas=True, zoom_control=False, zoom_snap=0.25, attribution_control=False
    )
    drawn.default_js, drawn.default_css = [], []
    Controls(words).add_to(drawn)
    return drawn


def _base(drawn: folium.Map, layers: dict[str, dict[str, Any]], outline: dict[str, Any]) -> None:
    """Water, roads, buildings and borders, quiet under the rest."""
    widths = {"main": 6, "collector": 4, "local": 2.5, "gang": 1.2, "path": 1, "rail": 1.5}
    _add(
        drawn,
        layers["water"],
        lambda f: {"color": "#aed0e3", "fillColor": "#aed0e3", "fillOpacity": 1, "weight": 2},
    )
    _add(
        drawn,
        layers["roads"],
        lambda f: {
            "color": "#8a8a86" if f["properties"]["class"] == "rail" else "#ffffff",
            "weight": widths.get(f["properties"]["class"], 1),
        },
    )
    _add(
        drawn,
        layers["buildings"],
        lambda f: {"color": "#d8d3c9", "fillColor": "#e5e1d8", "fillOpacity": 1, "weight": 0.5},
    )
    _add(
        drawn,
        layers["rw"],
        lambda f: {"color": "#6b6b66", "weight": 0.8, "dashArray": "4 4", "fillOpacity": 0},
    )
    _add(drawn, outline, lambda f: {"color": "#3b3b38", "weight": 2, "fillOpacity": 0})


def _slums(drawn: folium.Map, areas: dict[str, Any], grades: dict[str, str], words: dict[str, str]) -> None:
    """Graded areas with their grade in a tooltip."""
    features = []
    for feature in areas["features"]:
        grade = grades.get(feature["properties"]["code"], "none")
        if grade in GRADE_COLOURS:
            text = f"{escape(feature['properties']['name'])} · {words[grade]}"
            features.append(feature | {"properties": {"grade": grade, "text": text}})
    if features:
        layer = folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            name=words["slums"],
            style_function=lambda f: {
                "color": "#7a4a12", "weight": 1, "fillColor": GRADE_COLOURS[f["properties"]["grade"]],
                "fillOpacity": 0.62,
            },
            tooltip=folium.GeoJsonTooltip(["text"], labels=False),
        )  # fmt: skip
        layer.add_to(drawn)


def _works(drawn: folium.Map, works: tuple[ProposalView, ...], words: dict[str, str], lang: str) -> None:
    """The proposals: colour by pillar, line by state as LOOKS and the legend say."""
    looks = {state: look for look in LOOKS.values() for state in look.states}
    features = [
        {
            "type": "Feature",
            "geometry": work.geometry,
            "properties": {"pillar": work.pillar, "state": work.state, "card": _card(work, words, lang)},
        }
        for work in works
        if work.state in looks
    ]
    if not features:
        return
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=words["works"],
        marker=folium.CircleMarker(radius=7, fill=True),
        style_function=lambda f: {
            "color": PILLAR_COLOURS[f["properties"]["pillar"]],
            "fillColor": PILLAR_COLOURS[f["properties"]["pillar"]],
            "weight": looks[f["properties"]["state"]].weight,
            "dashArray": looks[f["properties"]["state"]].dash,
            "fillOpacity": looks[f["properties"]["state"]].fill,
        },
        popup=folium.GeoJsonPopup(["card"], labels=False, max_width=280),
    )  # fmt: skip
    layer.add_to(drawn)


def _card(work: ProposalView, words: dict[str, str], lang: str) -> str:
    """What a tap shows. Everything people typed is escaped."""
    volume = f"{work.volume:g} {escape(work.unit)}"
    return (
        f"<h2>{escape(work.title)}</h2><p>{escape(work.type.name(lang))} · {escape(work.rw_name or '')}</p>"
        f"<p>{words['state']}: {state_name(work.state, lang)} · {pillar_name(work.pillar, lang)}</p>"
        f"<p>{words['volume']}: {volume} · {words['cost']}: {_rupiah(work.cost, lang)}</p>"
    )


def _rupiah(amount: int, lang: str) -> str:
    grouped = f"{amount:,}"
    return "Rp " + (grouped if lang == "en" else grouped.replace(",", "."))


def _add(drawn: folium.Map, collection: dict[str, Any], style: Any) -> None:
    """A layer without a name in the layer switch, if it has anything."""
    if collection["features"]:
        folium.GeoJson(collection, style_function=style, control=False, interactive=False).add_to(drawn)


def _document(
    drawn: folium.Map, place: regions.Region, count: int, words: dict[str, str], today: dt.date
) -> str:
    """The finished document with script, style and title sheet inside."""
    script, style = _leaflet()
    figure = drawn.get_root()
    assert isinstance(figure, Figure)
    title = f"{escape(place.name)} · Peta Swadaya"
    figure.header.add_child(Element(f"<title>{title}</title><style>{style}{STYLE}</style>"), name="style")
    figure.header.add_child(Element(f"<script>{script}</script>"), name="leaflet")
    legend = "".join(
        f'<span><i style="background:{GRADE_COLOURS[grade]}"></i>{words[grade]}</span>'
        for grade in ("light", "medium", "heavy")
    )
    pillars = "".join(
        f'<span><i style="background:{PILLAR_COLOURS[key]}"></i>{PILLARS[key][words is WORDS["en"]]}</span>'
        for key in PILLAR_COLOURS
    )
    states = "".join(
        f'<span><svg width="26" height="8" aria-hidden="true"><path d="M2 4h22" stroke="#12211e" '
        f'stroke-linecap="round" stroke-width="{look.weight}" stroke-dasharray="{look.dash or "none"}"/></svg>'
        f"{words[key]}</span>"
        for key, look in LOOKS.items()
    )
    sample = f"<p>{words['sample']}</p>" if place.synthetic else ""
    made = words["made"].format(date=today.strftime("%d-%m-%Y"))
    figure.html.add_child(
        Element(
            f'<div class="sheet"><h1>{escape(place.name)}</h1><p>{count} {words["works"].lower()} · {made}</p>'
            f"<p>{pillars}</p><p>{states}</p><p>{legend}</p>{sample}</div>"
        ),
        name="sheet",
    )
    return str(figure.render())


@lru_cache(maxsize=1)
def _leaflet() -> tuple[str, str]:
    """Script and style of Leaflet as the front-end build laid them down, images inside."""
    try:
        script = (LEAFLET / "leaflet.js").read_text(encoding="utf-8")
        style = (LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise LeafletMissing("build the front end first: npm ci && npm run build") from error
    script = script.replace("//# sourceMappingURL=leaflet.js.map", "")
    for image in sorted((LEAFLET / "images").glob("*.png")):
        data = base64.b64encode(image.read_bytes()).decode()
        style = style.replace(f"url(images/{image.name})", f"url(data:image/png;base64,{data})")
    return script, style
