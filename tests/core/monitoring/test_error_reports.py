"""Django's report of a failure holds nothing of what was typed."""

import sys

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter, get_exception_reporter_class

from core.monitoring.error_reports import ClosedReporter

TYPED = {"name": "Camille Dupont", "email": "camille@example.org", "password": "a secret"}


def report_of(reporter: type[ExceptionReporter]) -> str:
    request: HttpRequest = RequestFactory().post("/fr/mon-inscription/secret/?q=Camille", TYPED)
    typed = request.POST["name"]  # a local variable, as every view has them
    try:
        raise ValueError(f"could not enrol {typed}")
    except ValueError:
        told = reporter(request, *sys.exc_info())
        return told.get_traceback_text() + told.get_traceback_html()


def test_it_says_where_and_nothing_of_whom() -> None:
    text = report_of(ClosedReporter)
    assert "in report_of" in text
    assert "ValueError" in text
    assert not [word for word in ("Camille", "example.org", "secret", "password") if word in text.replace('"could not enrol', "")]


@pytest.mark.control
def test_the_one_of_django_would_tell_all() -> None:
    assert "Camille Dupont" in report_of(ExceptionReporter)


def test_ours_is_the_one_in_use() -> None:
    assert get_exception_reporter_class(RequestFactory().get("/")) is ClosedReporter


def test_nobody_is_mailed_about_failures() -> None:
    """Neither configured by us nor left over from Django's defaults."""
    import logging

    handlers = [each for name in ("", "django", "django.request", "django.security") for each in logging.getLogger(name).handlers]
    assert not [each for each in handlers if isinstance(each, AdminEmailHandler)]
    assert not settings.ADMINS
    assert mail.outbox == []
