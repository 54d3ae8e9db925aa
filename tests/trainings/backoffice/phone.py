"""The roll call of a meeting on a phone: the page itself, and the line of a person."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.cable import Cable
from trainings.models import Meeting

PHONE = {"width": 375, "height": 740}


def open_roll(browser: Browser, server: LiveServer | Cable, user: User, meeting: Meeting, **context: Any) -> Page:
    """The roll call on a phone whose console is watched."""
    client = Client()
    client.force_login(user)
    phone = browser.new_context(**({"viewport": PHONE, "locale": "en", "has_touch": True} | context))
    phone.add_cookies([{"name": "sessionid", "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": server.url}])
    page = phone.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.goto(f"{server.url}/admin/trainings/meetings/{meeting.pk}/roll-call/")
    return page


def line(page: Page, number: int) -> Any:
    return page.get_by_role("group", name=f"Personne {number:02}")
