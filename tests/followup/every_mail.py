"""Every mail of the follow-up to who asked for support, at each status its words know."""

from collections.abc import Callable
from functools import partial

from django.utils import timezone

from core.models import OutgoingMail
from followup.enums import Pillar
from followup.requests.mails import request_received
from tests.followup.factories import RequestFactory


def received(pillar: Pillar, language: str) -> OutgoingMail:
    request = RequestFactory(pillar=pillar, language=language, email="a@example.org")
    return request_received(request, now=timezone.now())


CASES: dict[str, Callable[[str], OutgoingMail]] = {f"request_received, {pillar}": partial(received, pillar) for pillar in Pillar}
