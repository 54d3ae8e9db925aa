"""Public URLs of trainings, below the language; their words are translated."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from trainings.attendance import views as certificates
from trainings.attendance.accreditation import views as accreditation
from trainings.attendance.check_in import views as check_in
from trainings.catalogue_years import views as catalogue_years
from trainings.cycles import views as cycles
from trainings.dates import views as dates
from trainings.enrolment.views import enrol, groups, manage, offers, organisations, places
from trainings.evaluation import views as evaluation
from trainings.interests import views as interests
from trainings.my_trainings import views as my_trainings
from trainings.payment import views as payment
from trainings.questionnaires import views as questionnaires
from trainings.requests import views as requests
from trainings.requests.participants.views import RequestPeopleView
from trainings.trainers import views as trainers

app_name = "trainings"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("enrol/<reference:reference>/"), enrol.enrol, name="enrol"),
    path(_("enrolled/<signed:receipt>/"), enrol.enrolled, name="enrolled"),
    path(_("my-enrolment/<token:token>/"), manage.EnrolmentView.as_view(), name="manage_enrolment"),
    path(_("my-enrolment/<token:token>/change/"), manage.ChangeEnrolmentView.as_view(), name="change_enrolment"),
    path(_("my-enrolment/<token:token>/cancel/"), manage.CancelEnrolmentView.as_view(), name="cancel_enrolment"),
    path(_("my-enrolment/<token:token>/accept/"), offers.AcceptOfferView.as_view(), name="accept_offer"),
    path(_("my-enrolment/<token:token>/refuse/"), offers.RefuseOfferView.as_view(), name="refuse_offer"),
    path(_("my-enrolment/<token:token>/replace/"), places.ReplaceMeView.as_view(), name="replace_me"),
    path(_("my-enrolment/<token:token>/colleagues/"), places.BringColleaguesView.as_view(), name="bring_colleagues"),
    path(_("enrol/<reference:reference>/colleagues/"), groups.enrol_colleagues, name="enrol_colleagues"),
    path(_("colleagues-enrolled/<signed:receipt>/"), groups.colleagues_enrolled, name="colleagues_enrolled"),
    path(_("my-group/<token:token>/"), groups.GroupView.as_view(), name="group"),
    path(_("my-group/<token:token>/accept/"), groups.AcceptGroupOfferView.as_view(), name="accept_group_offer"),
    path(_("my-group/<token:token>/cancel/"), groups.CancelPlacesView.as_view(), name="cancel_places"),
    path(_("my-group/<token:token>/one-by-one/"), groups.OneByOneView.as_view(), name="one_by_one"),
    path(_("my-group/<token:token>/<reference:reference>/"), places.PlaceView.as_view(), name="group_place"),
    path(_("my-enrolment/<token:token>/smes.ics"), manage.EnrolmentCalendarView.as_view(), name="enrolment_calendar"),
    path(_("my-enrolment/<token:token>/certificate.pdf"), certificates.download_certificate, name="download_certificate"),
    path(_("my-enrolment/<token:token>/who-pays/"), payment.BillingView.as_view(), name="billing"),
    path(_("my-group/<token:token>/who-pays/"), payment.GroupBillingView.as_view(), name="group_billing"),
    path(_("payment/<token:token>/"), payment.PaymentView.as_view(), name="payment"),
    path(_("payment/<token:token>/reference/"), payment.PurchaserReferenceView.as_view(), name="purchaser_reference"),
    path(_("payment/<token:token>/request.pdf"), payment.PaymentPdfView.as_view(), name="payment_pdf"),
    path(_("payment/<token:token>/credit-<int:pk>.pdf"), payment.CreditNotePdfView.as_view(), name="credit_note_pdf"),
    path(_("my-enrolment/<token:token>/here/"), check_in.CheckInView.as_view(), name="check_in"),
    path(_("my-enrolment/<token:token>/accreditation/"), accreditation.AccreditationNumberView.as_view(), name="accreditation_number"),
    path(_("here/<int:number>/<reference:code>/"), check_in.check_in_by_code, name="check_in_by_code"),
    path(_("my-trainings/"), my_trainings.ask_for_link, name="ask_for_my_trainings"),
    path(_("my-trainings/<signed:token>/"), my_trainings.MyTrainingsView.as_view(), name="my_trainings"),
    path(_("my-trainings/<signed:token>/<reference:reference>/"), my_trainings.MailAgainView.as_view(), name="mail_again"),
    path(_("my-trainings/<signed:token>/my-data.json"), my_trainings.MyDataView.as_view(), name="my_data"),
    path(_("my-trainings/<signed:token>/erase/"), my_trainings.EraseMyDataView.as_view(), name="erase_my_data"),
    path(_("ask-for-a-training/"), requests.request_training, name="request_training"),
    path(_("my-request/<token:token>/"), requests.RequestView.as_view(), name="follow_request"),
    path(_("my-request/<token:token>/needs/"), requests.TellNeedsView.as_view(), name="tell_needs"),
    path(_("my-request/<token:token>/proposal/<int:version>/"), requests.ProposalView.as_view(), name="read_proposal"),
    path(_("my-request/<token:token>/proposal-<int:version>.pdf"), requests.ProposalPdfView.as_view(), name="proposal_pdf"),
    path(_("my-request/<token:token>/accept/<int:version>/"), requests.AcceptProposalView.as_view(), name="accept_proposal"),
    path(_("my-request/<token:token>/changes/"), requests.AskForChangesView.as_view(), name="ask_for_changes"),
    path(_("my-request/<token:token>/withdraw/"), requests.WithdrawRequestView.as_view(), name="withdraw_request"),
    path(_("my-request/<token:token>/participants/"), RequestPeopleView.as_view(), name="request_people"),
    path(_("my-request/<token:token>/participants/<reference:reference>/"), RequestPeopleView.as_view(), name="request_people_of"),
    path(_("check-a-certificate/"), certificates.verify_certificate, name="verify_certificate"),
    path(_("groups/"), cycles.groups, name="cycles"),
    path(_("tell-me/<int:number>/"), interests.register_interest, name="register_interest"),
    path(_("tell-me/confirm/<token:token>/"), interests.ConfirmInterestView.as_view(), name="confirm_interest"),
    path(_("tell-me/withdraw/<token:token>/"), interests.WithdrawInterestView.as_view(), name="withdraw_interest"),
    path(_("questions/<token:token>/"), questionnaires.AnswerView.as_view(), name="answer"),
    path(_("trainer/<token:token>/smes.ics"), trainers.trainer_calendar, name="trainer_calendar"),
    path(_("catalogue-<int:year>.pdf"), catalogue_years.catalogue_pdf, name="catalogue_pdf"),
    path(_("evaluation/<signed:token>/"), evaluation.EvaluationView.as_view(), name="evaluate"),
    path(_("my-enrolment/<token:token>/team-lead/"), evaluation.TeamLeadView.as_view(), name="team_lead"),
    path("trainings.ics", dates.calendar, name="calendar"),
    path("trainings.atom", dates.feed, name="feed"),
    path("organisations.json", organisations.suggest, name="suggest_organisations"),
]
