"""The register of processing of the trainings: what is held, why, how long."""

import datetime

from django.utils.translation import gettext_lazy as _

from core.mail.retention import KEPT as MAILS_KEPT
from core.models.merging import UNDO_FOR
from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding
from trainings.attendance.accreditation.services import KEPT as NUMBERS_KEPT
from trainings.enrolment.access_needs import KEPT_DAYS as NEEDS_KEPT_DAYS
from trainings.payment.retention import DOCUMENTS
from trainings.privacy.terms import ATTENDED, LONGEST_WISH, TEAM_LEAD, TOLD, UNCONFIRMED, WAITED
from trainings.requests.forget import ENDED, GIVEN, STALE

KINDS = (
    ("enrolments", _("Enrolments")),
    ("groups_of_colleagues", _("Groups of colleagues enrolled")),
    ("wishes_to_hear_of_a_date", _("Wishes to hear of a date")),
    ("requests", _("Requests for a training at home")),
    ("named_as_team_lead", _("Named as team lead")),
    ("mails", _("Mails about training courses")),
    ("payment_requests", _("Payment requests")),
    ("merged_with_another_address", _("Merged with another address")),
    ("trainers", _("In the pool of trainers")),
)
HOLDINGS = (
    Holding(
        what=_("enrolment: name, e-mail address, organisation, function, sector, language; presence and certificate"),
        purpose=_("your seat, the meetings, the certificate and its check"),
        basis=Basis.ASKED,
        kept=kept(_("{0} after the latest meeting"), ATTENDED),
        kinds=("enrolments",),
        duty="prune_enrolments",
        stays=_("Session, status, sector, language and presence stay without a name: they are counted."),
    ),
    Holding(
        what=_("enrolment of who waited, was offered a seat or cancelled"),
        purpose=_("a seat that comes free"),
        basis=Basis.ASKED,
        kept=kept(_("{0} after the latest meeting"), WAITED),
        duty="prune_enrolments",
    ),
    Holding(
        what=_("who enrolled colleagues: name, e-mail address"),
        purpose=_("to answer for their places"),
        basis=Basis.ASKED,
        kept=kept(_("as long as their enrolments")),
        kinds=("groups_of_colleagues",),
        duty="prune_enrolments",
    ),
    Holding(
        what=_("contact person of a request for a training at home: name, e-mail address, organisation, what is needed"),
        purpose=_("the proposal and the training"),
        basis=Basis.ASKED,
        kept=kept(_("{0} after the training, {1} after a request that led to none, {2} without a step"), GIVEN, ENDED, STALE),
        kinds=("requests",),
        duty="prune_requests",
        stays=_("Organisation, module, steps and days stay without a name: they are counted."),
    ),
    Holding(
        what=_("RIZIV/INAMI number of doctors, where they gave it"),
        purpose=_("reporting the attendance of an accredited day"),
        basis=Basis.CONSENT,
        kept=kept(_("{0} after the latest meeting, at once when taken back"), NUMBERS_KEPT),
        duty="erase_accreditation_numbers",
    ),
    Holding(
        what=_("access needs, if you mention them"),
        purpose=_("that you can follow the meetings; only the trainers of the session see them"),
        basis=Basis.CONSENT,
        kept=kept(_("{0} after the latest meeting"), datetime.timedelta(days=NEEDS_KEPT_DAYS)),
        duty="erase_access_needs",
    ),
    Holding(
        what=_("that an evaluation was answered, and answers not sent yet; answers sent name nobody"),
        purpose=_("that nobody answers twice"),
        basis=Basis.INTEREST,
        kept=kept(_("until the evaluation is closed")),
        duty="close_evaluations",
    ),
    Holding(
        what=_("wish to hear of a date: e-mail address, language"),
        purpose=_("the mail that tells it"),
        basis=Basis.CONSENT,
        kept=kept(_("{0} without a confirmation, {1} once told, {2} at most"), UNCONFIRMED, TOLD, LONGEST_WISH),
        kinds=("wishes_to_hear_of_a_date",),
        duty="prune_enrolments",
    ),
    Holding(
        what=_("who pays: name, addresses, company number, before anything is asked for"),
        purpose=_("the payment request"),
        basis=Basis.ASKED,
        kept=kept(_("as long as the enrolment")),
        duty="prune_enrolments",
    ),
    Holding(
        what=_("payment requests, credit notes, transfers"),
        purpose=_("the accounts"),
        basis=Basis.LAW,
        kept=kept(_("{0}; the e-mail address until you ask"), DOCUMENTS),
        kinds=("payment_requests",),
        duty="prune_payments",
        stays=_("Documents and transfers stay as long as the law asks, without the e-mail address."),
    ),
    Holding(
        what=_("team lead a participant named, who agreed: name, e-mail address, language"),
        purpose=_("the evaluation some months after"),
        basis=Basis.CONSENT,
        kept=kept(_("until that evaluation is closed, {0} after the latest meeting at most"), TEAM_LEAD),
        kinds=("named_as_team_lead",),
        duty="prune_enrolments",
    ),
    Holding(
        what=_("what coordinators wrote to the people of a session"),
        purpose=_("its history"),
        basis=Basis.INTEREST,
        kept=kept(_("{0} after the latest meeting"), ATTENDED),
        duty="prune_enrolments",
    ),
    Holding(
        what=_("the address of a person known twice, once merged"),
        purpose=_("to undo the merge"),
        basis=Basis.INTEREST,
        kept=kept(_("{0}"), UNDO_FOR),
        kinds=("merged_with_another_address",),
        duty="forget_merges",
        is_public=False,
    ),
    Holding(
        what=_("trainers of the pool: name, e-mail address, languages, strengths"),
        purpose=_("to plan the training courses, and to say who gives them"),
        basis=Basis.INTEREST,
        kept=kept(_("as long as the trainer gives courses; names nobody once erased")),
        kinds=("trainers",),
        stays=_("The sessions given stay, with a trainer without a name. The printed catalogue of a year stays as it was published."),
    ),
    Holding(
        what=_("mails about training courses"),
        purpose=_("to send them, and to see that they were sent"),
        basis=Basis.INTEREST,
        kept=kept(_("{0} after they were written"), MAILS_KEPT),
        kinds=("mails",),
        duty="prune_mails",
    ),
)
