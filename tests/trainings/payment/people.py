"""Who pays in these tests."""

from typing import Any

from tests.trainings.factories import EnrolmentFactory, ModuleFactory, SessionFactory
from trainings.models import Enrolment
from trainings.payment.billing import Party


def party(**fields: Any) -> Party:
    """An invented organisation."""
    values: dict[str, Any] = {
        "name": "Service d’exemple",
        "email": "accounts@service.example.org",
        "street": "Chaussée de l’Exemple 45",
        "postal_code": "1030",
        "city": "Schaerbeek",
    }
    return Party(**(values | fields))


def enrolled(*, price: int = 120, language: str = "en", **fields: Any) -> Enrolment:
    """Somebody with a seat of this price."""
    session_fields = {name.removeprefix("session__"): fields.pop(name) for name in list(fields) if name.startswith("session__")}
    session = SessionFactory(module=ModuleFactory(price=price), **session_fields)
    made: Enrolment = EnrolmentFactory(session=session, language=language, **fields)
    return made
