"""Public URLs of trainings, below the language; their words are translated."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from trainings.attendance import views as certificates
from trainings.enrolment.views import enrol, manage, offers, organisations
from trainings.interests import views as interests

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
    path(_("check-a-certificate/"), certificates.verify_certificate, name="verify_certificate"),
    path(_("tell-me/<int:number>/"), interests.register_interest, name="register_interest"),
    path(_("tell-me/confirm/<token:token>/"), interests.ConfirmInterestView.as_view(), name="confirm_interest"),
    path(_("tell-me/withdraw/<token:token>/"), interests.WithdrawInterestView.as_view(), name="withdraw_interest"),
    path("organisations.json", organisations.suggest, name="suggest_organisations"),
]
