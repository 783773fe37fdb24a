"""Scripts planted in every text that people can enter run nowhere: not in pages, panels, cards, forms, files or errors.

The city of this server holds markup in all its names, titles, notes and comments. A dialog, a blocked script, a picture
that only injected markup would ask for, or an error of a script of ours fails the test.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import create_engine, text

from tests import files
from tests.e2e.steps import DESKTOP, KELURAHAN, signed_in
from tests.live import serving
from webgis.headers import POLICY
from webgis.settings import database_url

TRAP = "/umpan.png"
HOSTILE = (
    f"</script></textarea>\"'><img src={TRAP} onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>"
)
TYPED = {
    "region": ("name", "source"), "asset": ("name", "material", "owner", "source"),
    "proposal": ("title", "description", "source"), "slum_area": ("name", "source"), "road": ("name", "source"),
    "building": ("name", "source"), "waterway": ("name", "source"), "place": ("name", "source"),
    "review": ("note", "author"), "forum": ("place", "note", "author"), "account": ("name",),
}  # fmt: skip
"""Columns that hold what somebody typed or a file brought."""
NEAR = "where st_intersects(geom, (select geom from region where code = :home))"
"""Of the twelve thousand buildings those of the kelurahan that is looked at."""
PAGES = (
    "/", "/usulan", "/usulan?kelurahan={home}", "/usulan/{work}", "/usulan/{work}/riwayat", "/kelurahan/{home}",
    "/prasarana/{asset}", "/daftar", "/help/method", "/data", "/login?next={hostile}", "/{hostile}",
    "/usulan?q={hostile}", "/?code={hostile}",
)  # fmt: skip
OFFICE = (
    "/review", "/review/{paket}", "/admin", "/admin/people/{person}", "/admin/tokens", "/admin/catalogue",
    "/admin/system", "/account", "/notices",
)  # fmt: skip
PANELS = (
    "proposals/{work}", "table", "ranking", "ranking/weights", "ranking/meeting", "forums", "forums/new", "reports",
    "assets", "assets/{asset}", "survey", "slums", "new", "scores",
)  # fmt: skip


def plant(url: str) -> None:
    """Write the markup over everything that was typed."""
    engine = create_engine(database_url(url))
    with engine.begin() as session:
        session.execute(text("select set_config('app.reason', :said, true)"), {"said": HOSTILE})
        for table, columns in TYPED.items():
            pairs = ", ".join(f"{name} = :said || ctid::text" for name in columns)
            where = NEAR if table == "building" else ""
            session.execute(text(f"update {table} set {pairs} {where}"), {"said": HOSTILE, "home": KELURAHAN})
    engine.dispose()


@pytest.fixture(scope="module")
def hostile_server(test_databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(test_databases, tmp_path_factory.mktemp("hostile"), plant) as base:
        yield base


class Watch:
    """A browser that writes down everything a planted script could do."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.seen: list[str] = []
        self.context: BrowserContext = browser.new_context(base_url=base, viewport=DESKTOP, locale="id")
        self.context.expose_binding("blocked", lambda source, what: self.seen.append(f"blocked: {what}"))
        self.context.add_init_script("""
            document.addEventListener("securitypolicyviolation",
                (event) => window.blocked(`${event.violatedDirective} ${event.blockedURI} ${location}`));
            try { localStorage.setItem("tour", "done") } catch {}
        """)
        self.context.on("request", self._asked)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.seen.append(f"error: {error} {self.page.url}"))
        self.page.on("dialog", self._asks)

    def _asked(self, request: Any) -> None:
        if TRAP in request.url.partition("?")[0] and HOSTILE[:5] not in request.url:
            self.seen.append(f"asked for {request.url} by {self.page.url}")

    def _asks(self, dialog: Any) -> None:
        self.seen.append(f"dialog: {dialog.message} {self.page.url}")
        dialog.dismiss()

    def open(self, address: str) -> None:
        """A page, until nothing of it is on its way any more."""
        self.page.goto("about:blank")
        answer = self.page.goto(address)
        assert answer and answer.status in (200, 404, 422), address
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=30_000)


@pytest.fixture
def watch(browser: Browser, hostile_server: str) -> Iterator[Watch]:
    found = Watch(browser, hostile_server)
    yield found
    found.context.close()
    assert found.seen == []


def things(page: Page) -> dict[str, str]:
    """Ids of what the pages show; the first time it also says something where everybody reads it."""
    headers = signed_in(page, "admin@contoh.test")
    works = page.request.get(f"/api/v1/proposals?kelurahan={KELURAHAN}&limit=200").json()["features"]
    line = next(one for one in works if one["properties"]["work_type"] == "drain_new")
    work = line["id"]
    asset = page.request.get(f"/api/v1/assets?kelurahan={KELURAHAN}&limit=1").json()["features"][0]["id"]
    said = page.request.post(f"/api/v1/proposals/{work}/comments", data={"body": HOSTILE}, headers=headers)
    assert said.status == 201, said.text()
    photo = {"name": f"{HOSTILE.replace('/', '')}.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    for address in (f"/api/v1/proposals/{work}/attachments", f"/api/v1/assets/{asset}/attachments"):
        sent = {"file": photo, "caption": HOSTILE} | ({"kind": "photo_0"} if "proposals" in address else {})
        kept = page.request.post(address, multipart=sent, headers=headers)
        assert kept.status in (200, 201), kept.text()
    report = page.request.post(
        f"/api/v1/assets/{asset}/reports", multipart={"body": HOSTILE, "name": HOSTILE[:80]}, headers=headers
    ).json()["id"]
    shown = page.request.put(
        f"/api/v1/reports/{report}", data={"state": "handled", "public": True, "answer": HOSTILE},
        headers={**headers, "If-Match": page.request.get(f"/api/v1/reports/{report}").headers["etag"]},
    )  # fmt: skip
    assert shown.status == 200, shown.text()
    judged = {"kelurahan": KELURAHAN, "method": "roc", "judgements": {"ranks": {"poor_served": 1, "land": 2}}}
    kept = page.request.post(
        "/api/v1/weight-sets", data={**judged, "name": HOSTILE, "participant": HOSTILE}, headers=headers
    )
    assert kept.status == 201, kept.text()
    page.goto("/admin")
    person = page.locator(".rows a.row").first.get_attribute("href") or ""
    page.goto("/review")
    paket = page.locator("[data-proposal]").first.get_attribute("data-proposal") or ""
    return {
        "home": KELURAHAN, "work": work, "asset": asset, "person": person.rpartition("/")[2], "paket": paket,
        "hostile": HOSTILE.replace("/", "%2F").replace("?", "%3F").replace("#", "%23"),
    }  # fmt: skip


def test_no_planted_script_runs_anywhere(watch: Watch, tmp_path: Path) -> None:
    page = watch.page
    known = things(page)
    for address in OFFICE:
        watch.open(address.format(**known))
    for panel in PANELS:
        watch.open(f"/plan/{KELURAHAN}/panel/{panel.format(**known)}")
    watch.open(f"/plan/{KELURAHAN}#p={known['work']}")
    expect(page.locator("[data-pane=proposal] h2").first).to_contain_text("<img src=")
    for tab in ("ranking", "plan", "slums"):
        page.locator(f"[data-tab={tab}]").click()
        expect(page.locator(f"[data-pane={tab}]")).to_be_visible(timeout=30_000)
    search(page)
    bring_in(watch)
    page.context.clear_cookies()
    for address in PAGES:
        watch.open(address.format(**known))
    watch.open(f"/#18/0/0&p={known['work']}")
    expect(page.locator("[data-pane=card] h2").first).to_contain_text("<img src=")
    watch.open("/")
    search(page)
    alone(watch, tmp_path)
    files_are_no_pages(page)


@pytest.mark.parametrize(
    ("headers", "seen"),
    [({"Content-Security-Policy": POLICY}, ("blocked", "asked")), ({}, ("dialog", "asked"))],
)
def test_the_watch_sees_what_would_run(
    browser: Browser, hostile_server: str, headers: dict[str, str], seen: tuple[str, ...]
) -> None:
    watch = Watch(browser, hostile_server)
    watch.context.route(
        "**/trap",
        lambda route: route.fulfill(content_type="text/html", headers=headers, body=f"<p>{HOSTILE}"),
    )
    watch.page.goto("/trap")
    expect(watch.page.locator("img")).to_have_js_property("complete", True)
    watch.page.goto("/help")  # what was reported has arrived
    watch.context.close()
    for what in seen:
        assert any(one.startswith(what) for one in watch.seen), (what, watch.seen)


def search(page: Page) -> None:
    """Names come back as words, and so does what was looked for."""
    box = page.locator("#search input[type=search]").first
    box.fill("<img src=")
    expect(page.locator("#search-results")).to_contain_text("<img src=")


def bring_in(watch: Watch) -> None:
    """A file with hostile attributes, columns and a hostile name of its own; its report is shown."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [107.7, -5.6]},
        "properties": {
            "kind": HOSTILE,
            "name": HOSTILE,
            HOSTILE: HOSTILE,
            "id": HOSTILE,
            "condition": HOSTILE,
        },
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    watch.open("/data")
    name = HOSTILE.replace("/", "") + ".geojson"
    watch.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/geo+json", "buffer": io.BytesIO(content).getvalue()}
    )
    watch.page.locator("#i-layer").select_option("assets")
    watch.page.locator("button[name=dry_run][value=true]").click()
    expect(watch.page.locator("#report-title")).to_contain_text("<img src=")


def alone(watch: Watch, folder: Path) -> None:
    """The stand-alone map has no policy to protect it: every card is opened, every label hovered."""
    answer = watch.page.request.get(f"/map/{KELURAHAN}.html")
    assert answer.status == 200
    file = folder / "peta.html"
    file.write_bytes(answer.body())
    page = watch.page
    page.goto(file.as_uri())
    expect(page.locator(".sheet h1")).to_contain_text("<img src=")
    opened = page.evaluate("""() => {
        const map = Object.values(window).find((one) => one instanceof L.Map);
        let count = 0;
        map.on("popupopen tooltipopen", () => (count += 1));
        map.eachLayer((layer) => {
            if (!layer.feature || layer.eachLayer) return;
            const latlng = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
            map.closePopup();
            for (const event of ["mouseover", "mouseout", "click"]) layer.fire(event, { latlng, layer }, true);
        });
        return count;
    }""")
    assert opened > 10
    expect(page.locator(".leaflet-popup-content").last).to_contain_text("<img src=")


def files_are_no_pages(page: Page) -> None:
    """What is downloaded is never read as a page of ours."""
    for name in ("proposals.geojson", "proposals.kml", "proposals.csv", "assets.geojson", "rw.kml"):
        answer = page.request.get(f"/api/v1/export/{name}?kelurahan={KELURAHAN}")
        assert answer.status == 200
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
