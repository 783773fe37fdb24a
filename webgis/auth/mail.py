"""Mails with a link, for installations that have a mail server.

It knows nothing about what a link opens. Sending may fail without harm: the administrator has seen the link already.
A password is only told to a server over TLS.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Final

from webgis.settings import Mail

LOG: Final = logging.getLogger("webgis.mail")
TIMEOUT_S: Final = 10
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def send(mail: Mail, to: str, subject: str, text: str) -> bool:
    """Send a text; whether the server took it. What went wrong is in the log, without the text and for whom it was."""
    try:
        _deliver(mail, _message(mail.sender, to, subject, text), to)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        LOG.warning("mail was not sent: %s", _reason(error))
        return False
    return True


def _message(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Date and Message-ID are ours to give (RFC 5322, 3.6); seven bits pass every server."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(dt.datetime.now(dt.UTC))
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message


def _reason(error: Exception) -> str:
    """What an operator needs to know: the kind of fault, the code of a refusal, what is wrong with a certificate."""
    told: list[object] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        told = [code for code, _ in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        told = [error.smtp_code]
    elif isinstance(error, ssl.SSLCertVerificationError):
        told = [error.verify_message]
    return " ".join(map(str, [type(error).__name__, *told]))


def _deliver(mail: Mail, message: EmailMessage, to: str) -> None:
    context = ssl.create_default_context()
    if mail.encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_S)
    try:
        server.ehlo()
        # A relay on this machine often has a certificate that nobody signed, and nothing crosses a wire to it.
        offered = server.has_extn("starttls") and mail.host not in HERE
        if not mail.encrypted and (mail.user or offered):
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message, to_addrs=[to])
        with suppress(OSError, smtplib.SMTPException):
            server.quit()  # the mail is the server's already, whatever it says to a goodbye
    finally:
        server.close()
