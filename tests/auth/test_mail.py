"""Links by mail, read back from a mail server on loopback."""

from __future__ import annotations

import email
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.databases import DATA_DIR
from tests.web import found, public, signed_in
from webgis import settings
from webgis.app import create_app
from webgis.auth.mail import send
from webgis.planning import access
from webgis.settings import BadSetting, Mail, Settings, database_url, read

OPENID = {"WEBGIS_OPENID_CLIENT_ID": "a", "WEBGIS_OPENID_CLIENT_SECRET": "b"}


class Letterbox:
    """Keeps the mails that come, each as it was sent and as it is read; refusal: what it says instead of taking one."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refusal = ""
        self.goodbye = "221 Bye"

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.refusal or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.raw.append(envelope.content)
        self.mails.append(email.message_from_bytes(envelope.content, EmailMessage, policy=default))
        return "250 OK"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return self.goodbye


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    box = Letterbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def invite(url: str, mail: Mail, lang: str) -> tuple[Any, Any]:
    app = create_app(Settings(database_url(url), "x" * 40, "test", DATA_DIR, 0, mail=mail))
    form = {"email": "dewi@contoh.test", "name": "Dewi", "role": "planner", "region": "99.01.01.1001"}
    return app, signed_in(app, "admin").send("POST", f"/admin/people/new?lang={lang}", data=form)


@pytest.mark.parametrize(("lang", "subject"), [("id", "Akun Anda"), ("en", "Your account")])
def test_an_invitation_is_mailed_with_the_link_that_was_shown(
    new_database: Callable[..., str], letterbox: tuple[Letterbox, int], lang: str, subject: str
) -> None:
    box, port = letterbox
    app, answer = invite(new_database("sample"), Mail("127.0.0.1", port, "peta@kota.example"), lang)
    link = found(r"http://localhost(/welcome/[\w-]{43})", answer.text)
    (mail,) = box.mails
    assert (mail["To"], mail["From"]) == ("dewi@contoh.test", "peta@kota.example")
    assert mail["Subject"].startswith(subject)
    assert f"http://localhost{link}" in mail.get_content().split()
    assert public(app).client.get(link).status_code == 200


def test_a_mail_has_what_a_mail_needs_and_passes_every_server(letterbox: tuple[Letterbox, int]) -> None:
    """A date, a name of its own and seven bits: what a real server, or a filter behind it, asks of a stranger."""
    box, port = letterbox
    words = (
        "Selamat pagi Ibu Çelik – pilih kata sandi:\n\nhttps://peta.example/welcome/a=b?lang=id\n\n.titik\n"
    )
    assert send(Mail("127.0.0.1", port, "Peta Swadaya é <peta@kota.example>"), "a@b.test", "Akun é", words)
    (mail,), (raw,) = box.mails, box.raw
    assert mail["Date"].datetime.tzinfo is not None
    assert mail["Message-ID"].endswith("@kota.example>")
    assert (mail["Subject"], mail["From"]) == ("Akun é", "Peta Swadaya é <peta@kota.example>")
    assert mail.get_content().replace("\r\n", "\n") == words
    assert raw.isascii() and max(map(len, raw.splitlines())) <= 78


def test_what_a_server_took_was_sent_and_what_it_refused_was_not(
    letterbox: tuple[Letterbox, int], caplog: pytest.LogCaptureFixture
) -> None:
    box, port = letterbox
    server = Mail("127.0.0.1", port, "peta@kota.example")
    box.goodbye = "421 too busy to part"
    assert send(server, "a@b.test", "Satu", "kabar") and len(box.mails) == 1
    for refusal in ("550 5.1.1 no such user ibu@b.test", "451 4.7.1 greylisted, ibu@b.test"):
        box.refusal = refusal
        assert not send(server, "ibu@b.test", "Dua", "kabar")
        assert caplog.messages[-1] == f"mail was not sent: SMTPRecipientsRefused {refusal[:3]}"
    assert len(box.mails) == 1


def test_a_mail_that_cannot_be_sent_leaves_the_link_on_the_page(new_database: Callable[..., str]) -> None:
    app, answer = invite(new_database("sample"), Mail("127.0.0.1", 9, "peta@kota.example"), "en")
    assert answer.status_code == 200
    assert "The mail could not be sent" in answer.text
    assert public(app).client.get(found(r"/welcome/[\w-]{43}", answer.text)).status_code == 200


def test_no_password_goes_to_a_server_without_tls(
    new_database: Callable[..., str], letterbox: tuple[Letterbox, int]
) -> None:
    box, port = letterbox
    _, answer = invite(
        new_database("sample"), Mail("127.0.0.1", port, "p@kota.example", "peta", "rahasia"), "en"
    )
    assert "The mail could not be sent" in answer.text
    assert box.mails == []


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"WEBGIS_SMTP_URL": "mail.kota.example"}, "WEBGIS_SMTP_URL"),
        ({"WEBGIS_SMTP_URL": "smtp://mail.kota.example"}, "WEBGIS_MAIL_FROM"),
        ({"WEBGIS_SMTP_URL": "smtp://peta:s%C3%A9@mail.example", "WEBGIS_MAIL_FROM": "a@b.example"}, "ASCII"),
        ({"WEBGIS_SECOND_STEP_ROLES": "admin, mayor"}, "mayor"),
        ({"WEBGIS_OPENID_ISSUER": "https://masuk.example"}, "WEBGIS_OPENID_CLIENT_ID"),
        (
            {
                "WEBGIS_OPENID_ISSUER": "masuk",
                "WEBGIS_OPENID_CLIENT_ID": "a",
                "WEBGIS_OPENID_CLIENT_SECRET": "b",
            },
            "address",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_at_the_start(given: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=named):
        read({"DATABASE_URL": "postgresql://localhost/x", **given})


def test_settings_know_the_roles_there_are() -> None:
    assert frozenset(access.ROLES) == settings.ROLES


def test_settings_are_read_as_written() -> None:
    made = read({
        "DATABASE_URL": "postgresql://localhost/x", "WEBGIS_SMTP_URL": "smtps://peta:a%40b@mail.kota.example",
        "WEBGIS_MAIL_FROM": "peta@kota.example", "WEBGIS_SECOND_STEP_ROLES": "admin,city",
    })  # fmt: skip
    assert made.mail == Mail("mail.kota.example", 465, "peta@kota.example", "peta", "a@b", True)
    assert made.code_roles == {"admin", "city"}
    assert "a@b" not in repr(made)
