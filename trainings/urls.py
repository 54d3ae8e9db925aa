"""Public URLs of trainings, below the language; their words are translated."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from trainings.attendance import views as certificates
from trainings.dates import views as dates
from trainings.enrolment.views import enrol, manage, offers, organisations
from trainings.evaluation import views as evaluation
from trainings.interests import views as interests
from trainings.my_trainings import views as my_trainings
from trainings.questionnaires import views as questionnaires

app_name = "trainings"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("enrol/<reference:reference>/"), enrol.enrol, name="enrol"),
    path(_("enrolled/<signed:receipt>/"), enrol.enrolled, name="enrolled"),
    path(_("my-enrolment/<token:token>/"), manage.EnrolmentView.as_view(), name="manage_enrolment"),
    path(_("my-enrolment/<token:token>/change/"), manage.ChangeEnrolmentView.as_view(), name="change_enrolment"),
    path(_("my-enrolment/<token:token>/cancel/"), manage.CancelEnrolmentView.as_view(), name="cancel_enrolment"),
    path(_("my-enrolment/<token:token>/accept/"), offers.AcceptOfferView.as_view(), name="accept_offer"),
    path(_("my-enrolment/<token:token>/refuse/"), offers.RefuseOfferView.as_view(), name="refuse_offer"),
    path(_("my-enrolment/<token:token>/smes.ics"), manage.EnrolmentCalendarView.as_view(), name="enrolment_calendar"),
    path(_("my-enrolment/<token:token>/certificate.pdf"), certificates.download_certificate, name="download_certificate"),
    path(_("my-trainings/"), my_trainings.ask_for_link, name="ask_for_my_trainings"),
    path(_("my-trainings/<signed:token>/"), my_trainings.MyTrainingsView.as_view(), name="my_trainings"),
    path(_("my-trainings/<signed:token>/<reference:reference>/"), my_trainings.MailAgainView.as_view(), name="mail_again"),
    path(_("my-trainings/<signed:token>/my-data.json"), my_trainings.MyDataView.as_view(), name="my_data"),
    path(_("my-trainings/<signed:token>/erase/"), my_trainings.EraseMyDataView.as_view(), name="erase_my_data"),
    path(_("check-a-certificate/"), certificates.verify_certificate, name="verify_certificate"),
    path(_("tell-me/<int:number>/"), interests.register_interest, name="register_interest"),
    path(_("tell-me/confirm/<token:token>/"), interests.ConfirmInterestView.as_view(), name="confirm_interest"),
    path(_("tell-me/withdraw/<token:token>/"), interests.WithdrawInterestView.as_view(), name="withdraw_interest"),
    path(_("questions/<token:token>/"), questionnaires.AnswerView.as_view(), name="answer"),
    path(_("evaluation/<signed:token>/"), evaluation.EvaluationView.as_view(), name="evaluate"),
    path(_("my-enrolment/<token:token>/team-lead/"), evaluation.TeamLeadView.as_view(), name="team_lead"),
    path("trainings.ics", dates.calendar, name="calendar"),
    path("trainings.atom", dates.feed, name="feed"),
    path("organisations.json", organisations.suggest, name="suggest_organisations"),
]
