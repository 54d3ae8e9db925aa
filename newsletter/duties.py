"""What the newsletter does by itself. Issues leave by the heartbeat of the workers (`newsletter.sending.tasks`)."""

from django.utils.translation import gettext_lazy as _

from core.duties.registry import DutySpec
from core.duties.schedule import Daily
from newsletter.subscribers.retention import prune_readers

DUTIES = [
    DutySpec(
        name="prune_readers", label=_("Forget readers who never confirmed or left long ago"), schedule=Daily(3, 30), run=prune_readers
    ),
]
