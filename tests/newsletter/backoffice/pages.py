"""The admin of issues as a communication officer uses it."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from core.models import User
from newsletter.models import Issue
from tests.core.factories import UserFactory


def officer(*without: str) -> Client:
    """A browser of somebody with the rights of a communication officer, but for those named."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get(name="Communication officer"))
    if without:
        user.groups.clear()
        kept = Group.objects.get(name="Communication officer").permissions.exclude(codename__in=without)
        user.user_permissions.set([*kept, Permission.objects.get(codename="access_admin")])
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def url(name: str, issue: Issue, *more: Any) -> str:
    """The URL of an action on an issue."""
    return reverse(f"newsletter_issue:{name}", args=[issue.pk, *more])


def issue_page(client: Client, issue: Issue) -> str:
    """The page of an issue, from which everything is done with it."""
    return client.get(reverse("newsletter_issues:inspect", args=[issue.pk])).content.decode()
