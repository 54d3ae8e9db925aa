"""Nothing that hangs on a person or an organisation can be forgotten."""

import pytest
from django.apps import apps
from django.utils import timezone

from core.merging import registry
from core.merging.merge import LeftBehind, merge_rows
from core.merging.registry import Holding, foreign_keys_to, holdings_of, kind_of, kinds, may_collide
from core.models import Organisation
from tests.core.factories import OrganisationFactory
from tests.trainings.factories import EnrolmentFactory, ParticipantFactory
from trainings.models import Enrolment, Participant


def test_people_and_organisations_can_be_merged() -> None:
    assert {kind.model for kind in kinds()} == {"core.Organisation", "trainings.Participant"}


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.model)
def test_every_foreign_key_moves_along(kind: registry.MergeKind) -> None:
    """Whichever app it is in, with a reverse name or without."""
    model = apps.get_model(kind.model)
    keys = {
        (field.model._meta.label, field.name)
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.concrete_fields
        if field.related_model is model
    }
    assert keys
    assert {(field.model._meta.label, field.name) for field in foreign_keys_to(model)} == keys
    assert keys <= {(holding.model, holding.field) for holding in holdings_of(kind)}


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.model)
def test_rows_that_could_collide_are_declared_by_their_app(kind: registry.MergeKind) -> None:
    """Two rows of which one person or organisation may have one only: the app says which stays (`<app>/merging.py`)."""
    declared = {(model, field) for of, model, field in registry._declared if of == kind.model}
    unique = {(field.model._meta.label, field.name) for field in foreign_keys_to(apps.get_model(kind.model)) if may_collide(field)}
    assert unique <= declared


def test_what_is_declared_exists() -> None:
    for _of, model, field in registry._declared:
        assert not field or apps.get_model(model)._meta.get_field(field)


@pytest.mark.django_db
@pytest.mark.control
@pytest.mark.parametrize(("model", "field"), [("trainings.Enrolment", "organisation")])
def test_a_key_that_stayed_behind_stops_the_merge(monkeypatch: pytest.MonkeyPatch, model: str, field: str) -> None:
    """The control: an app declares a key and forgets to move it. Deleting would have emptied it without a word."""
    kept, removed = OrganisationFactory.create_batch(2)
    enrolment = EnrolmentFactory(organisation=removed)
    forgetful = Holding(of="core.Organisation", model=model, field=field, label="", rows=lambda row: Enrolment.objects.none())
    monkeypatch.setitem(registry._declared, ("core.Organisation", model, field), forgetful)
    with pytest.raises(LeftBehind, match=r"Enrolment\.organisation"):
        merge_rows(kind_of(Organisation), keep=kept.pk, remove=removed.pk, now=timezone.now(), by=None)
    enrolment.refresh_from_db()
    assert enrolment.organisation == removed
    monkeypatch.setattr("core.merging.merge._refuse_to_lose", lambda row: None)
    merge_rows(kind_of(Organisation), keep=kept.pk, remove=removed.pk, now=timezone.now(), by=None)
    enrolment.refresh_from_db()
    assert enrolment.organisation is None


@pytest.mark.django_db
def test_the_kind_of_a_row_is_found_by_its_model() -> None:
    assert kind_of(type(ParticipantFactory())).model == Participant._meta.label
