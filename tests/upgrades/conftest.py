"""An empty place, as the tests of restoring have it."""

from tests.core.backup.conftest import empty

__all__ = ["empty"]
