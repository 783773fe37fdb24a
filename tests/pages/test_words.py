"""Every word is translated: in templates, in labels, and for the scripts."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from webgis.pages.wording.words import WORDS, WRITTEN
from webgis.settings import ROOT

TEMPLATES = ROOT / "webgis" / "templates"
CATALOGUE = ROOT / "webgis" / "translations" / "id" / "LC_MESSAGES" / "messages.po"
METHODS = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
SAME_IN_BOTH = re.compile(
    r"EPSG:\d+|^(?:peek|half)$|Peta Swadaya|"
    r"PAKET|GeoJSON|RW|RT|Rp|Enter|Esc|Backspace|Delete|Ctrl|Shift|Alt|ha|Bahasa Indonesia|English|[A-Z]\b"
)
WORDY = ("aria-label", "title", "placeholder", "alt")


def test_every_message_has_an_indonesian_translation() -> None:
    with CATALOGUE.open("rb") as stream:
        known = {message.id: message.string for message in read_po(stream, locale="id") if message.id}
    options = {"templates/**.html": {"trimmed": "true"}}
    found = {
        message
        for _, _, message, _, _ in extract_from_dir(
            ROOT / "webgis",
            METHODS,
            options,
            keywords={**KEYWORDS},
        )
    }
    assert len(found) > 300
    assert [message for message in found if not known.get(message)] == []
    assert [message for message in known if message not in found] == []


def test_placeholders_survive_translation() -> None:
    with CATALOGUE.open("rb") as stream:
        for message in read_po(stream, locale="id"):
            source, target = (
                "".join(part[:1] if isinstance(part, tuple | list) else str(part))
                for part in (message.id, message.string)
            )
            holes = r"%\(\w+\)s|\{\w+\}"
            assert sorted(re.findall(holes, source)) == sorted(re.findall(holes, target)), source


def test_no_template_contains_untranslated_text() -> None:
    left = [f"{path.name}: {text}" for path in sorted(TEMPLATES.rglob("*.html")) for text in bare_words(path)]
    assert left == []


def bare_words(path: Path) -> list[str]:
    """Words in a template that no translation reaches: texts between tags, and wordy attributes."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text("utf-8"))
    # A marker stands for what the template fills in, so that attributes keep their shape.
    parts = [
        piece.data if isinstance(piece, nodes.TemplateData) else "\x00"
        for output in tree.find_all(nodes.Output)
        for piece in output.nodes
    ]
    text = re.sub(r"<script.*?</script>|<!--.*?-->", "", "".join(parts), flags=re.S)
    attributes = re.findall(rf'\b(?:{"|".join(WORDY)})="([^"]*)"', text)
    between = re.sub(r"<[^>]*>?|^[^<]*>", "\n", text, flags=re.M).splitlines()
    kept = (SAME_IN_BOTH.sub("", run) for run in [*attributes, *between])
    return [run.strip() for run in kept if re.search(r"[A-Za-z]{2,}", run) and not re.search(r'[="]', run)]


def test_scripts_get_every_word_they_ask_for() -> None:
    asked = {
        key
        for path in (ROOT / "static" / "src").rglob("*.ts")
        if not path.name.endswith(".test.ts")
        for key in re.findall(r"\bword\(\s*\"([a-z_.]+)\"", path.read_text("utf-8"))
    }
    assert len(asked) > 20
    assert asked - set(WORDS) - set(WRITTEN) == set()
