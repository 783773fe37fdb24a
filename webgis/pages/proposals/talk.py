"""What stands under a proposal: photos, papers, comments and support, as one caller may see and do it.

It knows nothing about HTTP or HTML; its page and the panels show it by the same piece of a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webgis.pages.site import database
from webgis.planning import access
from webgis.planning.access import Actor
from webgis.planning.community import comments, support
from webgis.planning.community.comments import Remark
from webgis.planning.community.support import Support
from webgis.planning.proposals import attachments, proposals
from webgis.planning.proposals.attachments import Attachment
from webgis.planning.proposals.proposals import ProposalView

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Talk:
    """What stands under a proposal; problem, part, given: what was wrong with what this caller has just sent."""

    proposal: ProposalView
    photos: tuple[Attachment, ...]
    papers: tuple[Attachment, ...]
    remarks: tuple[Remark, ...]
    support: Support
    called: tuple[str, ...]
    may_attach: bool
    may_moderate: bool
    open_to_all: bool
    on_page: bool
    kinds: tuple[str, ...] = attachments.KINDS
    problem: str = ""
    part: str = ""
    given: Given = field(default_factory=dict)
    gone: str = ""


def talk_of(actor: Actor, proposal: ProposalView, *, on_page: bool, **said: Any) -> Talk:
    """Everything under a proposal as this caller may see it. on_page: its own page, not a panel beside a map."""
    db, wanted = database(), proposal.id
    files = attachments.list_attachments(db, actor, "proposal", wanted)
    quiet = proposals.wordless(actor, proposal)
    return Talk(
        proposal=proposal,
        photos=tuple(item for item in files if item.kind in attachments.PHOTOS),
        papers=tuple(item for item in files if item.kind not in attachments.PHOTOS),
        remarks=comments.list_comments(db, actor, wanted),
        support=support.support_of(db, actor, wanted),
        called=tuple(one.called for one in comments.people(db, actor, wanted)) if actor.signed_in else (),
        may_attach=access.may(actor, "attach", proposal.kelurahan),
        may_moderate=access.may(actor, "moderate", proposal.kelurahan),
        open_to_all=not quiet,
        on_page=on_page,
        **said,
    )
