"""What an operator watches of the newsletter: the deliveries of the issues that are not over, and those whose outcome nobody knows."""

import datetime
from collections.abc import Mapping

from django.db.models import Count

from core.monitoring.figures import Gauge, Labels
from newsletter.enums.issues import DeliveryStatus
from newsletter.models.deliveries import Delivery

WATCHED = (DeliveryStatus.WAITING, DeliveryStatus.CLAIMED, DeliveryStatus.UNCERTAIN, DeliveryStatus.REFUSED)


def deliveries(now: datetime.datetime) -> Mapping[Labels, float]:
    counts = dict(Delivery.objects.filter(status__in=WATCHED).order_by().values_list("status").annotate(Count("pk")))
    return {(status.value,): counts.get(status.value, 0) for status in WATCHED}


GAUGES = [Gauge(name="smes_newsletter_deliveries", meaning="Mails of the newsletter, by status", labels=("status",), read=deliveries)]
