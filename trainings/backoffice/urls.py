"""URLs below /admin/trainings/ apart from the viewsets' own."""

from django.urls import path

from trainings.backoffice.attendance import arrivals, documents, roll_call
from trainings.backoffice.catalogue import sheets
from trainings.backoffice.enrolment import actions as enrolment_actions
from trainings.backoffice.enrolment import certificates
from trainings.backoffice.people import typed_names
from trainings.backoffice.questionnaires import actions as questionnaire_actions
from trainings.backoffice.sessions import actions as session_actions

app_name = "trainings_backoffice"
urlpatterns = [
    path("sessions/<int:pk>/publish/", session_actions.PublishSessionView.as_view(), name="publish_session"),
    path("sessions/<int:pk>/duplicate/", session_actions.DuplicateSessionView.as_view(), name="duplicate_session"),
    path("sessions/<int:pk>/cancel/", session_actions.CancelSessionView.as_view(), name="cancel_session"),
    path("sessions/<int:pk>/close/", session_actions.CloseSessionView.as_view(), name="close_session"),
    path("sessions/<int:pk>/tell-change/", session_actions.TellChangeView.as_view(), name="tell_change"),
    path("sessions/<int:pk>/certificates/", session_actions.IssueCertificatesView.as_view(), name="issue_certificates"),
    path("meetings/<int:pk>/roll-call/", roll_call.RollCallView.as_view(), name="roll_call"),
    path("meetings/<int:pk>/mark/", roll_call.MarkView.as_view(), name="mark"),
    path("meetings/<int:pk>/close-roll/", roll_call.CloseRollView.as_view(), name="close_roll"),
    path("meetings/<int:pk>/all-present/", arrivals.AllPresentView.as_view(), name="all_present"),
    path("meetings/<int:pk>/add/", arrivals.WalkInView.as_view(), name="add_walk_in"),
    path("meetings/<int:pk>/sign-in-sheet.pdf", documents.SignInSheetView.as_view(), name="sign_in_sheet"),
    path("enrolments/<int:pk>/confirm/", enrolment_actions.ConfirmEnrolmentView.as_view(), name="confirm_enrolment"),
    path("enrolments/<int:pk>/waiting/", enrolment_actions.MoveToWaitingView.as_view(), name="move_to_waiting"),
    path("enrolments/<int:pk>/move/", enrolment_actions.MoveEnrolmentView.as_view(), name="move_enrolment"),
    path("enrolments/<int:pk>/cancel/", enrolment_actions.CancelEnrolmentView.as_view(), name="cancel_enrolment"),
    path("enrolments/<int:pk>/resend/", enrolment_actions.ResendMailView.as_view(), name="resend_mail"),
    path("enrolments/<int:pk>/correct/", enrolment_actions.ChangeEnrolmentView.as_view(), name="change_enrolment"),
    path("enrolments/<int:pk>/email/", enrolment_actions.CorrectEmailView.as_view(), name="correct_email"),
    path("enrolments/<int:pk>/certificate/", enrolment_actions.IssueCertificateView.as_view(), name="issue_certificate"),
    path("modules/<int:pk>/sheet/", sheets.BeginSheetView.as_view(), name="begin_sheet"),
    path("modules/<int:pk>/translate/", sheets.TranslateSheetView.as_view(), name="translate_sheet"),
    path("modules/<int:pk>/publish/<str:language_code>/", sheets.PublishSheetView.as_view(), name="publish_sheet"),
    path("typed-organisations/", typed_names.TypedNamesView.as_view(), name="typed_names"),
    path("typed-organisations/take/", typed_names.TakeAsView.as_view(), name="take_as"),
    path("certificates/<int:pk>.pdf", documents.CertificatePdfView.as_view(), name="certificate_pdf"),
    path("certificates/<int:pk>/revoke/", certificates.RevokeCertificateView.as_view(), name="revoke_certificate"),
    path("questionnaires/<int:pk>/next-version/", questionnaire_actions.NextVersionView.as_view(), name="next_questionnaire_version"),
    path("questionnaire-versions/<int:pk>/open/", questionnaire_actions.OpenVersionView.as_view(), name="open_questionnaire_version"),
]
