"""Attempts to log in, counted and logged without who it was (ASVS 5.0 §16.3.1): the number of the account where it is known."""

import logging
from typing import Any

from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from core.monitoring.figures import LOGINS

logger = logging.getLogger("smes.logins")


def register() -> None:
    """Called once, when core is ready."""
    for signal, receiver in RECEIVERS.items():
        signal.connect(receiver, dispatch_uid=f"core.monitoring.{receiver.__name__}")


def log_in(sender: Any, user: Any, **details: Any) -> None:
    LOGINS.labels("right").inc()
    logger.info("A colleague logged in.", extra={"user": user.pk})


def log_out(sender: Any, user: Any, **details: Any) -> None:
    logger.info("A colleague logged out.", extra={"user": getattr(user, "pk", None)})


def wrong_password(sender: Any, **details: Any) -> None:
    LOGINS.labels("wrong").inc()
    logger.warning("An attempt to log in failed.")


def wrong_factor(sender: Any, user: Any, **details: Any) -> None:
    LOGINS.labels("wrong_factor").inc()
    logger.warning("The second factor was wrong.", extra={"user": user.pk})


def too_many_attempts() -> None:
    """A limit stopped an attempt before the password was looked at."""
    LOGINS.labels("too_many").inc()
    logger.warning("An attempt to log in was refused: too many.")


RECEIVERS = {
    user_logged_in: log_in,
    user_logged_out: log_out,
    user_login_failed: wrong_password,
    authentication_failed: wrong_factor,
}
