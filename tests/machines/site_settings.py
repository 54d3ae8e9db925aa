"""Settings of the web and worker processes of test_two_by_two.py: as on several machines, with the tests' mail server and short waits."""

from tests.trainings.web_settings import *  # noqa: F403

DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405 (as in production: the pooler is what gives connections to others)
NEWSLETTER_RATE = 40  # slow enough to be killed in the middle
NEWSLETTER_SENDERS = 2
NEWSLETTER_SLICE_SECONDS = 2
NEWSLETTER_CLAIM_SECONDS = 10
WORKER_HEARTBEAT_SECONDS = 1
