"""The catalogue, its sessions, and enrolments: one subject a file."""

from trainings.models.accreditation import AccreditationNumber
from trainings.models.announced_meetings import AnnouncedMeeting
from trainings.models.attendance import Attendance, AttendanceMark, MarkOutcome, MarkSource
from trainings.models.bank import BankFile, BankFileLine, BankFormat, BankLine, LineOutcome, Payment
from trainings.models.catalogue import Module
from trainings.models.catalogue_years import CatalogueEdition, CatalogueYear
from trainings.models.certificates import Certificate
from trainings.models.cycles import Audience, CareZone, Cycle, Project
from trainings.models.enrolments import Enrolment, EnrolmentTransition, Participant
from trainings.models.evaluation import EvaluationRound, EvaluationTicket
from trainings.models.groups import EnrolmentGroup
from trainings.models.interests import Interest
from trainings.models.mailings import MailRule, MessageCopy, RuleException, RuleMail, SessionMessage, TeamLead
from trainings.models.pages import CataloguePage, ModulePage
from trainings.models.payments import (
    BilledParty,
    BillingDetails,
    CreditLine,
    CreditNote,
    CreditReason,
    NumberSeries,
    Payer,
    PaymentLine,
    PaymentReminder,
    PaymentRequest,
    Series,
    Tier,
)
from trainings.models.prices import AgreedPrice, CancellationStep, CancellationTerms, PaymentSettings
from trainings.models.proposals import Proposal, ProposalPart, ProposedMeeting
from trainings.models.questionnaires import AnswerSet, Question, Questionnaire, QuestionnaireVersion
from trainings.models.requests import RequestTransition, TrainingRequest
from trainings.models.sessions import CheckIn, Meeting, Session, SessionTransition, Venue
from trainings.models.trainers import Strength, Trainer, TrainerAbsence

__all__ = [
    "AccreditationNumber",
    "AgreedPrice",
    "AnnouncedMeeting",
    "AnswerSet",
    "Attendance",
    "AttendanceMark",
    "Audience",
    "BankFile",
    "BankFileLine",
    "BankFormat",
    "BankLine",
    "BilledParty",
    "BillingDetails",
    "CancellationStep",
    "CancellationTerms",
    "CareZone",
    "CatalogueEdition",
    "CataloguePage",
    "CatalogueYear",
    "Certificate",
    "CheckIn",
    "CreditLine",
    "CreditNote",
    "CreditReason",
    "Cycle",
    "Enrolment",
    "EnrolmentGroup",
    "EnrolmentTransition",
    "EvaluationRound",
    "EvaluationTicket",
    "Interest",
    "LineOutcome",
    "MailRule",
    "MarkOutcome",
    "MarkSource",
    "Meeting",
    "MessageCopy",
    "Module",
    "ModulePage",
    "NumberSeries",
    "Participant",
    "Payer",
    "Payment",
    "PaymentLine",
    "PaymentReminder",
    "PaymentRequest",
    "PaymentSettings",
    "Project",
    "Proposal",
    "ProposalPart",
    "ProposedMeeting",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "RequestTransition",
    "RuleException",
    "RuleMail",
    "Series",
    "Session",
    "SessionMessage",
    "SessionTransition",
    "Strength",
    "TeamLead",
    "Tier",
    "Trainer",
    "TrainerAbsence",
    "TrainingRequest",
    "Venue",
]
