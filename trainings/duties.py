"""What the trainings do by themselves."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutySpec
from core.duties.schedule import Daily, Every
from trainings.attendance.accreditation.services import erase_accreditation_numbers
from trainings.enrolment.access_needs import erase_access_needs
from trainings.enrolment.offers.overdue import pass_on_offers, sessions_to_settle
from trainings.enrolment.offers.remind import offers_to_remind, remind_of_offers
from trainings.evaluation.close import close_due_evaluations, rounds_to_close
from trainings.mailings.selectors import due_mails
from trainings.mailings.send import send_due_mails
from trainings.mailings.write import copies_due, send_waiting_copies
from trainings.payment.credit import lines_to_settle, settle_cancellations
from trainings.payment.follow_up import enrolments_to_ask, request_what_waits
from trainings.payment.reminders import reminders_due, send_reminders
from trainings.payment.retention import forget_payers, requests_due
from trainings.planning.waiting_lists import end_stale_waiting_lists, sessions_with_stale_queues
from trainings.privacy import prune_enrolments
from trainings.requests.forget import prune_requests
from trainings.requests.plan import finish_requests, requests_over
from trainings.requests.steps import answered_requests, note_all_answers


def forget_access_needs(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("access needs"): erase_access_needs(now=now, dry_run=dry_run)}


def forget_accreditation_numbers(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("RIZIV/INAMI numbers"): erase_accreditation_numbers(now=now, dry_run=dry_run)}


def end_waiting_lists(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Sessions that have begun: whoever still waits is told that it is over."""
    told = len(sessions_with_stale_queues(now)) if dry_run else end_stale_waiting_lists(now=now)
    return {gettext_noop("waiting lists ended"): told}


def pass_on_seats(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Offers that were not answered in time, and seats that a rule kept until today."""
    count = len(sessions_to_settle(now)) if dry_run else pass_on_offers(now=now)
    return {gettext_noop("seats offered"): count}


def remind_of_deadlines(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Offers that end today: one mail in the morning."""
    count = len(offers_to_remind(now)) if dry_run else remind_of_offers(now=now)
    return {gettext_noop("reminders of offers"): count}


def close_evaluations(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Evaluations whose time is over: counted from now on, the tickets and unfinished answers erased."""
    return {gettext_noop("evaluations closed"): len(rounds_to_close(now)) if dry_run else close_due_evaluations(now=now)}


def ask_for_payments(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Who told who pays while she waited for a seat, and has one now."""
    return {gettext_noop("payment requests"): len(enrolments_to_ask()) if dry_run else request_what_waits(now=now)}


def credit_cancellations(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """What was asked for and is not due after a cancellation, by the terms."""
    return {gettext_noop("credit notes"): len(lines_to_settle()) if dry_run else settle_cancellations(now=now)}


def prune_payments(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Payers of documents the accounts no longer have to keep."""
    return {gettext_noop("payment requests"): requests_due(now).count() if dry_run else forget_payers(now=now)}


def remind_of_payments(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Requests that are overdue, each level once."""
    return {gettext_noop("payment reminders"): len(reminders_due(now)) if dry_run else send_reminders(now=now)}


def end_requests(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Requests whose last meeting is over are done."""
    return {gettext_noop("requests done"): len(requests_over(now)) if dry_run else finish_requests(now=now)}


def note_needs(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Questionnaires that contact persons sent: whoever is in charge hears of it."""
    return {gettext_noop("analyses of needs"): len(answered_requests()) if dry_run else note_all_answers(now=now)}


def forget_requests(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """The contact persons of requests long over."""
    return {gettext_noop("requests of organisations"): prune_requests(now=now, dry_run=dry_run)}


def send_rule_mails(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Mails by rule, and messages of coordinators that waited for the morning. Nothing leaves at night."""
    if dry_run:
        return {gettext_noop("mails"): sum(each.count for each in due_mails(now=now)) + len(copies_due(now))}
    return {gettext_noop("mails"): send_due_mails(now=now) + send_waiting_copies(now=now)}


DUTIES = [
    DutySpec(name="ask_for_payments", label=_("Ask for the payment of seats given since"), schedule=Every(10), run=ask_for_payments),
    DutySpec(name="credit_cancellations", label=_("Take back what cancellations make undue"), schedule=Every(10), run=credit_cancellations),
    DutySpec(name="remind_of_payments", label=_("Remind of payments that are overdue"), schedule=Daily(9, 30), run=remind_of_payments),
    DutySpec(name="pass_on_seats", label=_("Pass on seats that were offered in vain"), schedule=Every(1), run=pass_on_seats),
    DutySpec(name="remind_of_offers", label=_("Remind of offers that end today"), schedule=Every(15), run=remind_of_deadlines),
    DutySpec(
        name="end_waiting_lists", label=_("End the waiting lists of sessions that have begun"), schedule=Every(60), run=end_waiting_lists
    ),
    DutySpec(name="send_rule_mails", label=_("Send the mails by rule of the training courses"), schedule=Every(5), run=send_rule_mails),
    DutySpec(name="prune_enrolments", label=_("Forget the people of sessions long over"), schedule=Daily(3, 15), run=prune_enrolments),
    DutySpec(name="prune_payments", label=_("Forget the payers of old documents"), schedule=Daily(3, 25), run=prune_payments),
    DutySpec(name="note_needs", label=_("Tell of the needs an organisation sent"), schedule=Every(5), run=note_needs),
    DutySpec(name="end_requests", label=_("Close the requests whose training is over"), schedule=Daily(3, 10), run=end_requests),
    DutySpec(
        name="prune_requests", label=_("Forget the contact persons of requests long over"), schedule=Daily(3, 25), run=forget_requests
    ),
    DutySpec(name="erase_access_needs", label=_("Erase access needs after the session"), schedule=Daily(3, 20), run=forget_access_needs),
    DutySpec(name="close_evaluations", label=_("Close evaluations whose time is over"), schedule=Daily(3, 25), run=close_evaluations),
    DutySpec(
        name="erase_accreditation_numbers",
        label=_("Erase RIZIV/INAMI numbers that have served"),
        schedule=Daily(3, 25),
        run=forget_accreditation_numbers,
    ),
]
