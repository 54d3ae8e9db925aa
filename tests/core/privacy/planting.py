"""Plants one person everywhere: in every column for words of every table there is, found from the models, and in files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.search import index
from wagtail.users.models import UserProfile

from core.fields import TokenField
from core.models import CustomDocument, User
from core.privacy.columns import Table, as_written, is_json, text_tables
from core.privacy.registry import registered
from newsletter.addresses import address_key
from newsletter.models import Subscriber
from tests.crawl.endpoints import KEY, create_rows
from trainings.models import Enrolment, Participant, Trainer

NAME, ADDRESS = "Zébulon O'Canari", "canari@example.org"
# Their words come from the code or from the machine, never from a person.
OF_THE_MACHINE = {
    "auth.Permission",
    "contenttypes.ContentType",
    "wagtailcore.Locale",
    "wagtailcore.ReferenceIndex",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
    "core.Duty",
    "core.Attempt",
    "core.UntranslatedPage",
    "core.WorkerHeartbeat",
    "trainings.NumberSeries",
    "sessions.Session",  # packed: planted by its own means
}
# Where a tree, a language or a permission of the whole site stands, and what other tables are found by.
COLUMNS_OF_THE_MACHINE = {
    "path",
    "url_path",
    "language_code",
    "codename",
    "kind",
    "password",
    "path_hash",
    "schema_version",
    "key_hash",
    "address_key",
}


@dataclass(frozen=True)
class Planted:
    """One column of one table, with the number its words carry."""

    label: str
    column: str
    number: int
    is_numbered: bool

    @property
    def mark(self) -> str:
        return f"#{self.number}#"


def plant_everywhere() -> list[Planted]:
    """What was planted where. Fails for a table nobody can make a row of."""
    create_rows()
    numbers = count(1)
    planted = [each for table in text_tables(with_kept=True) for each in _plant_in(table, numbers)]
    Subscriber.objects.filter(email=ADDRESS).update(address_key=address_key(ADDRESS))
    # Her enrolment, and her certificate: the name in the row of somebody else would be somebody else's.
    hers = Enrolment.objects.filter(Q(name=NAME) | Q(certificate__name=NAME))
    hers.update(participant=Participant.objects.get(email=ADDRESS), erased_at=None)
    User.objects.filter(email=ADDRESS).update(is_active=False, is_superuser=False)
    Trainer.objects.filter(email=ADDRESS).update(is_active=False)
    _plant_files()
    _plant_session()
    _index_again(planted)
    return planted


def plantable(table: Table) -> list["models.Field[Any, Any]"]:
    """Columns a person's name or address fits into; a secret or a slug never is a person's."""
    return [each for each in table.columns if each.name not in COLUMNS_OF_THE_MACHINE and _fits(each)]


def _fits(field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, TokenField | models.SlugField | models.URLField):
        return False
    return is_json(field) or not field.max_length or field.max_length >= len(ADDRESS)


def _plant_in(table: Table, numbers: Iterator[int]) -> Iterator[Planted]:
    label = table.model._meta.label
    if label in OF_THE_MACHINE:
        return
    columns = plantable(table)
    row = _row_of(table.model) if columns else None
    for field in columns:
        number = next(numbers)
        text = _words(field, row, number)
        try:
            with transaction.atomic():
                table.model._base_manager.filter(pk=row.pk).update(**{field.attname: as_written(field, text)})
        except DatabaseError:
            continue  # a rule of the table: a number of a company, a URL
        yield Planted(label, field.name, number, f"#{number}#" in text)


def _words(field: "models.Field[Any, Any]", row: models.Model, number: int) -> str:
    if is_json(field):
        value = field.value_from_object(row)
        if isinstance(value, dict):
            return json.dumps({**value, "who": NAME, "text": f"{ADDRESS} #{number}#"})
        return json.dumps([{"type": "x", "who": NAME, "value": f"[{json.dumps(f'{NAME} <{ADDRESS}> #{number}#')}]"}])
    label = field.model._meta.label
    declared = [known for data in registered() for known in data.known if known.model == label]
    if isinstance(field, models.EmailField) or field.name in {known.email for known in declared}:
        return ADDRESS
    if field.name in {name for known in declared for name in known.names}:
        return NAME
    written = [f"{NAME} <{ADDRESS}> #{number}#", f"{NAME} #{number}#", NAME, ADDRESS]
    return next(each for each in written if not field.max_length or len(each) <= field.max_length)


def _row_of(model: type[models.Model]) -> models.Model:
    """The row all the others are about, any row, or one made for it."""
    rows = model._base_manager.all()
    key = model._meta.pk
    wanted = Q(pk=KEY) if isinstance(key, models.AutoField | models.OneToOneField) else Q()
    return rows.filter(wanted).first() or rows.first() or _made(model)


def _made(model: type[models.Model]) -> models.Model:
    """A row with the least in each column: no factory for it, as for the tables of other packages."""
    own = model._meta.local_concrete_fields if issubclass(model, Page) else model._meta.concrete_fields
    values = {field.name: _least(field) for field in own if _is_asked_for(field)}
    if issubclass(model, Page):
        home = Page.objects.get(slug="home-fr")
        return home.add_child(instance=model(title="x", slug=f"x-{model._meta.model_name}", locale=home.locale, **values))
    [made] = model._base_manager.bulk_create([model(**values)])
    return made


def _is_asked_for(field: "models.Field[Any, Any]") -> bool:
    is_own_key = isinstance(field, models.AutoField) or (field.is_relation and field.remote_field.parent_link)
    return not (is_own_key or field.has_default() or field.null)


def _least(field: "models.Field[Any, Any]") -> Any:
    if field.is_relation:
        return _row_of(field.related_model)  # type: ignore[arg-type]
    if is_json(field):
        return []
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    return 2024 if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField) else "" if field.blank else "x"


def _plant_files() -> None:
    """By its name, by its content, without a row, private, and the picture of an account."""
    _store(default_storage, "documents/liste-canari.txt", f"Présents : {NAME}")
    CustomDocument.objects.filter(pk=KEY).update(file="documents/liste-canari.txt")
    _store(default_storage, f"documents/{ADDRESS}.txt", "rien")
    _store(storages["private"], "anciens/export-canari.csv", f"e-mail\n{ADDRESS}\n")
    profile, _created = UserProfile.objects.get_or_create(user=User.objects.get(email=ADDRESS))
    profile.avatar.save("canari@example.org.png", ContentFile(b"image"))
    cache.set("fragment", f"<p>{NAME}</p>")


def _store(storage: Storage, name: str, text: str) -> None:
    storage.delete(name)
    storage.save(name, ContentFile(text.encode()))


def _plant_session() -> None:
    """A form half filled in."""
    session = SessionStore()
    session["typed"] = {"email": ADDRESS}
    session.save()


def _index_again(planted: list[Planted]) -> None:
    for label in {each.label for each in planted}:
        model = apps.get_model(label)
        if issubclass(model, index.Indexed):
            row = _row_of(model)
            index.insert_or_update_object(row.specific if hasattr(row, "specific") else row)
