"""The words that the scripts say themselves: saved states, hints while drawing, names of steps for undo.

It knows nothing about when they are said. The scripts get one object in the language of the page and no other words.
{names} in braces are filled by the scripts; a test compares the keys with those that static/src asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext

from webgis.pages.labels import N_

WORDS: Final[Mapping[str, str]] = {
    "action.retry": N_("Try again"),
    "action.undo": N_("Undo"),
    "conflict.all": N_("All: {version}"),
    "conflict.base": N_("Originally: {value}"),
    "conflict.both": N_("Keep both"),
    "conflict.both_hint": N_("The other version stays here, mine becomes a new draft."),
    "conflict.computed": N_("computed from the map"),
    "conflict.copied": N_("Both are kept. Yours is the new draft “{title}”."),
    "conflict.copy": N_("{title} (copy)"),
    "conflict.empty": N_("empty"),
    "conflict.merged": N_("Merged by itself with “{version}”: {fields}"),
    "conflict.mine": N_("Mine"),
    "conflict.missing": N_("Choose a version for: {fields}"),
    "conflict.no": N_("no"),
    "conflict.own_title": N_(
        "You changed this proposal yourself in another window at {when}. Choose part by part."
    ),
    "conflict.own_version": N_("Other window, {when}"),
    "conflict.size": N_("{size}, {n} points"),
    "conflict.somebody": N_("somebody"),
    "conflict.title": N_("{who} changed this proposal at {when}. Choose part by part."),
    "conflict.version": N_("Version of {who}, {when}"),
    "conflict.whole": N_("It stays as it is there; my changes are dropped."),
    "conflict.yes": N_("yes"),
    "deleted": N_("Proposal deleted."),
    "draft.found": N_("{n} drafts on this device were not sent yet."),
    "draft.open": N_("Continue"),
    "draw.add": N_("Add point"),
    "draw.choose_type": N_("Choose the type of work first."),
    "draw.crossing": N_("The line crosses itself at point {n}. Move or delete that point."),
    "draw.drop": N_("Drop what you drew?"),
    "draw.hint_hair": N_("Move the map, then tap Add point"),
    "draw.hint_more": N_("Click to add points, double-click to finish"),
    "draw.hint_point": N_("Click where it will stand"),
    "draw.hint_start": N_("Click where it begins"),
    "draw.too_few": N_("Too few points yet."),
    "draw.total": N_("in all"),
    "duplicated": N_("Copied. Move it to its place."),
    "edit.corner": N_("Point {n}"),
    "edit.middle": N_("New point after point {n}"),
    "edit.not_allowed": N_("This proposal can no longer be changed."),
    "edit.select_first": N_("Select a proposal first."),
    "edit.select_line": N_("Select a line first."),
    "edit.select_saved": N_("Select a saved proposal first."),
    "edit.too_few": N_("No fewer points are possible."),
    "error.editor": N_("The drawing tools could not be loaded. Check the connection and try again."),
    "error.forbidden": N_("This account may not see this."),
    "error.gone": N_("This no longer exists."),
    "error.kept": N_("{detail} Your work is kept on this device."),
    "error.offline": N_("No connection. Your work is kept on this device."),
    "error.other_account": N_("That is another account; the page is loaded again."),
    "error.osm": N_("OpenStreetMap cannot be reached. Our own map stays; try again when there is internet."),
    "error.server": N_("The server could not answer. Try again in a moment."),
    "error.signed_out": N_("Your session has ended. Sign in again."),
    "error.tiles": N_("Parts of the map could not be loaded."),
    "field.title": N_("Title"),
    "field.description": N_("Why is it needed?"),
    "field.volume": N_("Volume"),
    "field.cost": N_("Cost"),
    "field.funding": N_("Money by fund"),
    "field.readiness": N_("Readiness"),
    "field.is_paket": N_("PAKET"),
    "field.work_type": N_("Work type"),
    "field.geometry": N_("Shape"),
    "locate.failed": N_("Your position could not be found."),
    "locate.found": N_("Your position, accurate to {metres} m"),
    "locate.outside": N_("You are about {km} km outside this map, so it stays where it is."),
    "locate.refused": N_(
        "The browser may not use your position. Allow it in the settings of this page, then try again."
    ),
    "locate.searching": N_("Looking for your position…"),
    "map.credit": N_("Sample city: own data"),
    "move.hint": N_("Pull to move it, turn it with the round handle"),
    "move.hint_point": N_("Pull to move it"),
    "move.turn": N_("Turn (arrow keys: 1°, with Shift 15°)"),
    "op.corner": N_("point"),
    "op.create": N_("new proposal"),
    "op.delete": N_("deletion"),
    "op.duplicate": N_("copy"),
    "op.fields": N_("form"),
    "op.join": N_("joining"),
    "op.shape": N_("shape"),
    "op.split": N_("splitting"),
    "redo.done": N_("Done again: {name}"),
    "redo.named": N_("Redo: {name}"),
    "reversed": N_("The line now runs the other way."),
    "save.dirty": N_("Not saved yet"),
    "save.done": N_("Saved"),
    "save.failed": N_("Not saved, try again"),
    "save.gone": N_("Somebody deleted this proposal. Keep yours as a new one?"),
    "save.no_shape": N_("Draw it on the map first."),
    "save.invalid": N_("Check the form"),
    "save.offline": N_("Offline: {n} changes waiting"),
    "save.saved": N_("Saved"),
    "save.saving": N_("Saving…"),
    "submit.anyway": N_("Submit all the same"),
    "snap.assets": N_("infrastructure"),
    "snap.buildings": N_("building"),
    "snap.kelurahan": N_("kelurahan border"),
    "snap.own": N_("your drawing"),
    "snap.proposals": N_("proposal"),
    "snap.roads": N_("road"),
    "snap.rw": N_("RW border"),
    "snap.to": N_("snaps to {name}"),
    "snap.waterways": N_("water"),
    "status.scale": N_("1 : {scale}"),
    "undo.done": N_("Undone: {name}"),
    "undo.named": N_("Undo: {name}"),
    "weights.kept": N_("Weights saved."),
    "weights.moved": N_("Changed places: {n}"),
}


def words() -> dict[str, str]:
    """Every word of the scripts in the language of the request."""
    return {key: gettext(message) for key, message in WORDS.items()}
