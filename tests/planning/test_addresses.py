"""Which e-mail addresses are taken: those by which a mail reaches one person."""

from __future__ import annotations

import pytest

from webgis.planning.people.addresses import sound


@pytest.mark.parametrize(
    "address", ["a@b.id", "dewi.ayu+peta@mail.kota.go.id", "o'neil@contoh.test", "dewi@köln.test"]
)
def test_an_address_is_taken(address: str) -> None:
    assert sound(address)


@pytest.mark.parametrize(
    "address",
    ["", "dewi", "@b.id", "a@b", "a@.", "a@b@c.id", "a b@c.id", "a@c.id\n", "a,b@c.id", "dewi<a@c.id>", 'a"b@c.id',
     "a@b.id;c@d.id", "a" * 250 + "@b.id"],
)  # fmt: skip
def test_what_a_mail_would_read_as_another_or_as_two_is_not(address: str) -> None:
    assert not sound(address)
