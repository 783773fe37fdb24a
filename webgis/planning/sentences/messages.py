"""Sentences for refusals and remarks, filled in as people of a language write.

It knows nothing about when they are said; the words themselves are in `sentences`. Keys are the codes of `errors` and
of the preview's warnings; {names} are filled from their params, numbers as people of the language write them.
"code:variant" is another sentence of a code for whoever gave the param `variant`, so that a program sees one kind of
refusal where a person needs two ways to read of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from webgis.planning.catalogues.catalogue import weighed_name
from webgis.planning.catalogues.named import NAMES
from webgis.planning.catalogues.vocabulary import fund_name
from webgis.planning.judging.gates import Gate
from webgis.planning.sentences import WORDS
from webgis.planning.written import written


def message(code: str, params: Mapping[str, Any] | None = None, lang: str = "id") -> str:
    """The sentence of a code in a language ("id", else English)."""
    params = params or {}
    pair = WORDS.get(f"{code}:{params.get('variant')}") or WORDS.get(code)
    if pair is None:
        return code
    return pair[0 if lang == "id" else 1].format_map(_Params(_in_words(code, params, lang)))


def gate_message(gate: Gate, lang: str = "id") -> str:
    """Why a gate is failed or not checked, and how to mend it; empty for one that is passed."""
    params = dict(gate.params)
    if "fund" in params:
        params["fund"] = fund_name(str(params["fund"]), lang)
    return message(gate.code, params, lang) if gate.code else ""


_NAMED: Final = ("state", "action", "possible", "wanted")


def _in_words(code: str, params: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Params with keys in words and numbers as one writes them; nobody's name becomes "somebody"."""

    def word(keys: str) -> str:
        pairs = [NAMES.get(key, (key, key)) for key in keys.split(", ")]
        return ", ".join(pair[0 if lang == "id" else 1] for pair in pairs)

    params = {
        name: ", ".join(message(gap, {}, lang) for gap in value.split(", ")) if name == "gaps" else value
        for name, value in params.items()
    }
    named = (*_NAMED, "given") if code in ("geometry_kind", "shape_kind") else _NAMED
    shown = {
        name: word(value) if name in named and isinstance(value, str) else written(value, lang)
        for name, value in params.items()
    }
    if code.startswith("pair_"):
        shown |= {side: weighed_name(str(params[side]), lang) for side in ("a", "b") if side in params}
    if shown.get("who") == "":
        shown["who"] = "Seseorang" if lang == "id" else "Somebody"
    return shown


class _Params(dict[str, Any]):
    """Params of a sentence; one that nobody gave shows as an ellipsis instead of breaking the answer."""

    def __missing__(self, key: str) -> str:
        return "…"
