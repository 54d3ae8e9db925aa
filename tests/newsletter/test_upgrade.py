"""A new release is installed while tasks wait: they are still done."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.consent_texts import FORM
from newsletter.enums.subscribers import Channel
from newsletter.subscribers.subscribe import request_subscription
from tests.newsletter.post import mails_to

pytestmark = pytest.mark.django_db
MIGRATION = import_module("newsletter.migrations.0011_standard_terms")


@pytest.mark.parametrize("path", sorted(MIGRATION.TASKS))
def test_every_new_path_leads_to_a_task(path: str) -> None:
    module, _dot, name = MIGRATION.TASKS[path].rpartition(".")
    assert getattr(import_module(module), name).module_path == MIGRATION.TASKS[path]


def test_whoever_subscribed_before_it_gets_her_mail_after_it() -> None:
    request_subscription(email="nora@example.org", language="fr", channel=Channel.FORM, wording=FORM, now=timezone.now())
    DBTaskResult.objects.update(task_path="newsletter.tasks.answer_wish")
    MIGRATION.rename_tasks(apps, None)
    assert len(mails_to("nora@example.org")) == 1
