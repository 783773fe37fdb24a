"""Which passwords are refused, and that length is all that is asked of the others."""

from __future__ import annotations

import pytest

from webgis.auth.passwords import check, fault
from webgis.planning.errors import BadDocument


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kuda123", "password_short"),
        ("x" * 257, "password_long"),
        ("password1", "password_common"),
        ("QWERTYUIOP", "password_common"),
        ("bismillah123", "password_common"),
        ("121212121212", "password_common"),
        ("Sri.Rahayu", "password_own"),
        ("sri.rahayu@contoh.test", "password_own"),
        ("empat kuda lari", None),
        ("hujan deras di kampung kami sejak subuh, air naik sampai lutut, lalu surut lagi", None),
        ("密码很长很长的一句话", None),
    ],
)
def test_a_password_is_judged_by_length_and_by_how_common_it_is(password: str, code: str | None) -> None:
    assert fault(password, "Sri Rahayu", "sri.rahayu@contoh.test") == code


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(BadDocument) as refused:
        check("kuda")
    assert [(p.pointer, p.code) for p in refused.value.problems] == [("/password", "password_short")]
