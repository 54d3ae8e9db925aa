"""What is missing before money can be asked for, and what Smes has not confirmed yet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.backoffice.next_step import Gap
from trainings.models import CancellationTerms, PaymentSettings


def payment_gaps() -> list[Gap]:
    """Two queries."""
    gaps = []
    if not PaymentSettings.current().can_ask:
        text = _("Nobody can be asked to pay yet: the name and the IBAN of the payee are missing.")
        gaps.append(Gap(text=text, url=reverse("payments_backoffice:payment_settings")))
    terms = CancellationTerms.objects.order_by("-in_force_from").first()
    if terms is None or not terms.is_confirmed:
        text = _("The cancellation terms are a proposal: nothing is due before the first day, unless they say more. Have them confirmed.")
        gaps.append(Gap(text=text, url=reverse("payments_cancellation_terms:index")))
    return gaps
