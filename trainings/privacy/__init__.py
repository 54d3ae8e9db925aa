"""What the trainings know of a person, what for and how long; given out or erased by her address, forgotten when its time is over."""

from django.utils.translation import gettext_lazy as _

from core.privacy.registry import Known, PersonalData
from trainings.privacy.forget import NOBODY
from trainings.privacy.holdings import HOLDINGS, KINDS
from trainings.privacy.person import erase_person, export_person, refusals
from trainings.privacy.retention import enrolments_due, prune_enrolments

__all__ = ["NOBODY", "PERSONAL_DATA", "enrolments_due", "erase_person", "export_person", "prune_enrolments"]

PERSONAL_DATA = PersonalData(
    app="trainings",
    label=_("Training courses"),
    kinds=KINDS,
    holdings=HOLDINGS,
    known=(
        Known(model="trainings.Participant", email="email", names=("name",)),
        Known(model="trainings.Enrolment", email="participant__email", names=("name",)),
        Known(model="trainings.EnrolmentGroup", email="contact_email", names=("contact_name",)),
        Known(model="trainings.Interest", email="email"),
        Known(model="trainings.TrainingRequest", email="email", names=("name",)),
        Known(model="trainings.TeamLead", email="email", names=("name",)),
        Known(model="trainings.PaymentRequest", email="email", names=("name",)),
        Known(model="trainings.BillingDetails", email="email", names=("name",)),
        Known(model="trainings.Trainer", email="email", names=("name",)),
        Known(model="trainings.Certificate", email="enrolment__participant__email", names=("name",)),
    ),
    # The accounts, as the law asks: documents and transfers stay as they were sent and booked, ten years.
    keeps=(
        "trainings.PaymentRequest",
        "trainings.PaymentLine",
        "trainings.BankLine",
        "trainings.BankFileLine",
        "trainings.CatalogueEdition",
    ),
    export=export_person,
    erase=erase_person,
    refusals=refusals,
)
