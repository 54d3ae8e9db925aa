"""A coordinator writes to the people of a session: whom she saw, once, by day."""

import uuid
from typing import Any

import pytest

from core.models import User
from tests.core.people import member
from tests.trainings.factories import EnrolmentFactory
from tests.trainings.mail import mails_to
from tests.trainings.mailings.moments import at, session_on
from trainings.enrolment.cancel import cancel_enrolment
from trainings.mailings.write import (
    MessageData,
    NobodyToWriteTo,
    PeopleChanged,
    people_for,
    send_copy,
    send_waiting_copies,
    write_to_people,
)
from trainings.models import MessageCopy, Session, SessionMessage
from trainings.models.mailings import Audience

pytestmark = pytest.mark.django_db
NOON = at(3, 1)


@pytest.fixture
def coordinator() -> User:
    return member("Coordinator")


def write(session: Session, by: User, **changes: Any) -> SessionMessage:
    facts: dict[str, Any] = {"audience": Audience.SEATED, "language": "", "subject": "La salle", "body": "Bonjour {name}"}
    data = MessageData(**facts | {name: value for name, value in changes.items() if name in facts})
    seen = changes.get("seen", {each.pk for each in people_for(session, audience=data.audience, language=data.language)})
    return write_to_people(session=session, key=changes.get("key", uuid.uuid4()), data=data, seen=seen, now=changes.get("now", NOON), by=by)


def test_those_meant_get_it_and_nobody_else(coordinator: User) -> None:
    session = session_on(3, 10)
    here, dutch = EnrolmentFactory(session=session), EnrolmentFactory(session=session, language="nl")
    waits = EnrolmentFactory(session=session, is_waiting=True)
    write(session, coordinator, language="fr")
    assert [mail.text.partition("\n--")[0].count(here.name) for mail in mails_to(here.email)] == [1]
    assert mails_to(dutch.email) == mails_to(waits.email) == []
    write(session, coordinator, audience=Audience.WAITING)
    assert [mail.subject for mail in mails_to(waits.email)] == ["La salle"]


def test_pressing_twice_is_pressing_once(coordinator: User) -> None:
    session, key = session_on(3, 10), uuid.uuid4()
    who = EnrolmentFactory(session=session)
    assert write(session, coordinator, key=key) == write(session, coordinator, key=key)
    assert len(mails_to(who.email)) == 1
    assert not send_copy(copy_id=MessageCopy.objects.get().pk, now=NOON)


def test_who_came_after_the_look_makes_it_look_again(coordinator: User) -> None:
    session = session_on(3, 10)
    seen = {EnrolmentFactory(session=session).pk}
    EnrolmentFactory(session=session)
    with pytest.raises(PeopleChanged):
        write(session, coordinator, seen=seen)
    assert not SessionMessage.objects.exists()


def test_nobody_is_no_message(coordinator: User) -> None:
    with pytest.raises(NobodyToWriteTo):
        write(session_on(3, 10), coordinator)


def test_what_is_written_at_night_leaves_in_the_morning(coordinator: User) -> None:
    """Somebody who cancels meanwhile still gets it: she was in the session when it was written."""
    session = session_on(3, 10)
    who, erased = EnrolmentFactory(session=session), EnrolmentFactory(session=session)
    message = write(session, coordinator, now=at(3, 1, 22))
    assert message.leaves_at == at(3, 2, 9)
    cancel_enrolment(enrolment=who, now=at(3, 2, 8))
    erased.participant, erased.erased_at = None, at(3, 2, 8)
    erased.save()
    sent = [send_waiting_copies(now=each) for each in (at(3, 2, 8, 59), at(3, 2, 9), at(3, 2, 9, 5))]
    assert sent == [0, 1, 0]
    assert [mail.subject for mail in mails_to(who.email)][-1] == "La salle"
