from typing import Any

from django.db import migrations

MAIL_KINDS = {"still_right": "confirm_current", "left_the_map": "delisted"}


def _rename_key(apps: Any, *, old: str, new: str) -> None:
    """The values of a submission are stored under the names of the fields."""
    submissions = apps.get_model("cartography", "Submission").objects
    for submission in submissions.filter(values__has_key=old).only("pk", "values").iterator():
        values = {new if name == old else name: value for name, value in submission.values.items()}
        submissions.filter(pk=submission.pk).update(values=values)


def _rename_kinds(apps: Any, kinds: dict[str, str]) -> None:
    mails = apps.get_model("core", "OutgoingMail").objects
    for old, new in kinds.items():
        mails.filter(kind=f"cartography/mail/{old}").update(kind=f"cartography/mail/{new}")


def forwards(apps: Any, schema_editor: Any) -> None:
    _rename_key(apps, old="posts", new="headcount")
    _rename_kinds(apps, MAIL_KINDS)


def backwards(apps: Any, schema_editor: Any) -> None:
    _rename_key(apps, old="headcount", new="posts")
    _rename_kinds(apps, {new: old for old, new in MAIL_KINDS.items()})


class Migration(migrations.Migration):
    dependencies = [("cartography", "0002_placed_points"), ("core", "0002_initial")]

    operations = [
        migrations.RenameField(model_name="place", old_name="posts", new_name="headcount"),
        migrations.RunPython(forwards, backwards),
    ]
