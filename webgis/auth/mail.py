"""Mails with a link, for installations that have a mail server.

It knows nothing about what a link opens. Sending may fail without harm: the administrator has seen the link already.
A password is only told to a server over TLS.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from typing import Final

from webgis.settings import Mail

LOG: Final = logging.getLogger("webgis.mail")
TIMEOUT_S: Final = 10


def send(mail: Mail, to: str, subject: str, text: str) -> bool:
    """Send a text; whether the server took it. What went wrong is in the log, without the text."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, to, subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        _deliver(mail, message)
    except (OSError, smtplib.SMTPException) as error:
        LOG.warning("mail was not sent: %s", type(error).__name__)
        return False
    return True


def _deliver(mail: Mail, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if mail.encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_S)
    with server:
        server.ehlo()
        if not mail.encrypted and (mail.user or server.has_extn("starttls")):
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)
