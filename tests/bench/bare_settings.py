"""The demo's settings with nothing but the bare addresses."""

from config.settings.demo import *  # noqa: F403

ROOT_URLCONF = "tests.bench.bare"
