"""What an enrolment lacks for its certificate, with the form where it is mended."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.backoffice.next_step import Gap
from trainings.models import Enrolment


def unprintable_gap(enrolment: Enrolment) -> Gap:
    """Told before anything is issued or mailed."""
    text = _("None of our fonts has all characters of the name %(name)s: write it in other letters before the certificate is issued.")
    return Gap(
        text=text % {"name": enrolment.name},
        url=reverse("trainings_backoffice:change_enrolment", args=[enrolment.pk]),
        is_blocking=True,
    )
