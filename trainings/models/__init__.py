"""The catalogue, its sessions, and enrolments: one subject a file."""

from trainings.models.announced_meetings import AnnouncedMeeting
from trainings.models.attendance import Attendance
from trainings.models.catalogue import Module
from trainings.models.certificates import Certificate
from trainings.models.enrolments import Enrolment, EnrolmentTransition, Participant
from trainings.models.evaluation import EvaluationRound, EvaluationTicket, TeamLead
from trainings.models.interests import Interest
from trainings.models.pages import CataloguePage, ModulePage
from trainings.models.questionnaires import AnswerSet, Question, Questionnaire, QuestionnaireVersion
from trainings.models.sessions import Meeting, Session, SessionTransition, Trainer, Venue

__all__ = [
    "AnnouncedMeeting",
    "AnswerSet",
    "Attendance",
    "CataloguePage",
    "Certificate",
    "Enrolment",
    "EnrolmentTransition",
    "EvaluationRound",
    "EvaluationTicket",
    "Interest",
    "Meeting",
    "Module",
    "ModulePage",
    "Participant",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Session",
    "SessionTransition",
    "TeamLead",
    "Trainer",
    "Venue",
]
