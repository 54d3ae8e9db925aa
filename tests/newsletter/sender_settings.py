"""Settings of the worker processes of test_killed_senders.py: as tests.core.worker_settings, no throttle, short slices and claims."""

from tests.core.worker_settings import *  # noqa: F403

NEWSLETTER_RATE = 0
NEWSLETTER_SENDERS = 2
NEWSLETTER_SLICE_SECONDS = 2
NEWSLETTER_CLAIM_SECONDS = 4
