"""What the newsletter does by itself. Issues leave by the heartbeat of the workers (`newsletter.sending.tasks`)."""

import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutySpec
from core.duties.schedule import Daily, Every
from newsletter.bounces.pop import pop_mailbox
from newsletter.bounces.process import process_mailbox
from newsletter.subscribers.retention import prune_subscribers


def read_bounces(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Reads the mailbox of bounces; a dry run only counts what lies there."""
    with pop_mailbox() as mailbox:
        count = len(list(mailbox.names())) if dry_run else process_mailbox(mailbox=mailbox, now=now).total()
    return {gettext_noop("bounces, complaints and replies"): count}


DUTIES = [
    DutySpec(
        name="prune_subscribers",
        label=_("Forget readers who never confirmed or left long ago"),
        schedule=Daily(3, 30),
        run=prune_subscribers,
    ),
]
if settings.NEWSLETTER_BOUNCE_POP_HOST:
    DUTIES.append(
        DutySpec(name="process_bounces", label=_("Read the mailbox of bounces"), schedule=Every(10), run=read_bounces),
    )
