"""One subscriber, and the delivery to her that a bounce is about."""

import pytest

from newsletter.models import Delivery
from tests.newsletter.bounces.mails import delivered
from tests.newsletter.factories import SubscriberFactory


@pytest.fixture
def delivery() -> Delivery:
    return delivered(SubscriberFactory(email="nora@example.org"))
