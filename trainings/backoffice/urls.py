"""URLs below /admin/trainings/ apart from the viewsets' own."""

from django.urls import path

from trainings.backoffice.attendance import accreditation, arrivals, check_in, conflicts, documents, paper, roll_call
from trainings.backoffice.catalogue import sheets
from trainings.backoffice.catalogue_years import views as catalogue_years
from trainings.backoffice.cycles import views as cycles
from trainings.backoffice.enrolment import actions as enrolment_actions
from trainings.backoffice.enrolment import certificates
from trainings.backoffice.evaluation import actions as evaluation_actions
from trainings.backoffice.evaluation import views as evaluation
from trainings.backoffice.mailings import rules as mail_rules
from trainings.backoffice.mailings import sessions as session_mails
from trainings.backoffice.mailings import team_leads
from trainings.backoffice.payment import actions as payment_actions
from trainings.backoffice.people import typed_names
from trainings.backoffice.questionnaires import actions as questionnaire_actions
from trainings.backoffice.requests import actions as request_actions
from trainings.backoffice.requests import people as request_people
from trainings.backoffice.sessions import actions as session_actions
from trainings.backoffice.trainers import own_page

app_name = "trainings_backoffice"
urlpatterns = [
    path("sessions/<int:pk>/publish/", session_actions.PublishSessionView.as_view(), name="publish_session"),
    path("cycles/<int:pk>/copy/", cycles.CopyCycleView.as_view(), name="copy_cycle"),
    path("sessions/<int:pk>/duplicate/", session_actions.DuplicateSessionView.as_view(), name="duplicate_session"),
    path("sessions/<int:pk>/cancel/", session_actions.CancelSessionView.as_view(), name="cancel_session"),
    path("sessions/<int:pk>/close/", session_actions.CloseSessionView.as_view(), name="close_session"),
    path("sessions/<int:pk>/tell-change/", session_actions.TellChangeView.as_view(), name="tell_change"),
    path("sessions/<int:pk>/certificates/", session_actions.IssueCertificatesView.as_view(), name="issue_certificates"),
    path("sessions/<int:pk>/write/", session_mails.WriteView.as_view(), name="write_message"),
    path("sessions/<int:pk>/messages/<int:message>/", session_mails.MessageView.as_view(), name="message"),
    path("sessions/<int:pk>/mails/<int:rule>/leave-out/", session_mails.LeaveOutView.as_view(), name="leave_out_mail"),
    path("sessions/<int:pk>/mails/<int:rule>/put-back/", session_mails.PutBackView.as_view(), name="put_back_mail"),
    path("catalogue-years/freeze/", catalogue_years.FreezeView.as_view(), name="freeze_catalogue"),
    path("catalogue-years/<int:pk>/withdraw/", catalogue_years.WithdrawView.as_view(), name="withdraw_catalogue"),
    path("catalogue-years/<int:pk>/<str:language>.pdf", catalogue_years.FrozenView.as_view(), name="frozen_catalogue"),
    path("catalogue-years/draft/<int:year>/<str:language>.pdf", catalogue_years.DraftView.as_view(), name="draft_catalogue"),
    path("mails/planned/", session_mails.PlannedMailsView.as_view(), name="planned_mails"),
    path("mail-rules/usual/", mail_rules.AddRulesView.as_view(), name="add_mail_rules"),
    path("mail-rules/<int:pk>/switch-on/", mail_rules.SwitchOnView.as_view(), name="switch_on_mail_rule"),
    path("mail-rules/<int:pk>/switch-off/", mail_rules.SwitchOffView.as_view(), name="switch_off_mail_rule"),
    path("mail-rules/<int:pk>/preview/", mail_rules.PreviewView.as_view(), name="preview_mail_rule"),
    path("enrolments/<int:pk>/team-lead/", team_leads.NoteTeamLeadView.as_view(), name="note_team_lead"),
    path("enrolments/<int:pk>/team-lead/forget/", team_leads.ForgetTeamLeadView.as_view(), name="forget_team_lead"),
    path("meetings/<int:pk>/roll-call/", roll_call.RollCallView.as_view(), name="roll_call"),
    path("meetings/<int:pk>/mark/", roll_call.MarkView.as_view(), name="mark"),
    path("meetings/<int:pk>/decide/", conflicts.DecideConflictView.as_view(), name="decide_conflict"),
    path("meetings/roll-call-worker.js", roll_call.RollCallWorkerView.as_view(), name="roll_call_worker"),
    path("meetings/<int:pk>/check-in-code/", check_in.CheckInCodeView.as_view(), name="check_in_code"),
    path("meetings/<int:pk>/paper/", paper.PaperView.as_view(), name="paper_roll"),
    path("my-sessions/", own_page.OwnSessionsView.as_view(), name="own_sessions"),
    path("trainers-load/", own_page.LoadView.as_view(), name="trainers_load"),
    path("sessions/<int:pk>/notes/", own_page.NoteAfterView.as_view(), name="note_after"),
    path("sessions/<int:pk>/accreditation.xlsx", accreditation.AccreditationView.as_view(), name="export_accreditation"),
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
    path("requests/note/", request_actions.NoteRequestView.as_view(), name="note_request"),
    path("requests/<int:pk>/assign/", request_actions.AssignRequestView.as_view(), name="assign_request"),
    path("requests/<int:pk>/needs/", request_actions.AskForNeedsView.as_view(), name="ask_for_needs"),
    path("requests/<int:pk>/proposal/", request_actions.WriteProposalView.as_view(), name="write_proposal"),
    path("requests/<int:pk>/send/", request_actions.SendProposalView.as_view(), name="send_proposal"),
    path("requests/<int:pk>/plan/", request_actions.PlanRequestView.as_view(), name="plan_request"),
    path("requests/<int:pk>/payment/", request_actions.BillRequestView.as_view(), name="bill_request"),
    path("requests/<int:pk>/resend/", request_actions.SendAgainView.as_view(), name="resend_request"),
    path("requests/<int:pk>/decline/", request_actions.DeclineRequestView.as_view(), name="decline_request"),
    path("requests/<int:pk>/withdraw/", request_actions.WithdrawRequestView.as_view(), name="withdraw_request"),
    path("proposals/<int:pk>.pdf", request_people.ProposalPdfView.as_view(), name="proposal_pdf"),
    path("sessions/<int:pk>/people/", request_people.RequestPeopleView.as_view(), name="request_people"),
    path("typed-organisations/", typed_names.TypedNamesView.as_view(), name="typed_names"),
    path("typed-organisations/take/", typed_names.TakeAsView.as_view(), name="take_as"),
    path("certificates/<int:pk>.pdf", documents.CertificatePdfView.as_view(), name="certificate_pdf"),
    path("certificates/<int:pk>/revoke/", certificates.RevokeCertificateView.as_view(), name="revoke_certificate"),
    path("questionnaires/<int:pk>/next-version/", questionnaire_actions.NextVersionView.as_view(), name="next_questionnaire_version"),
    path("questionnaire-versions/<int:pk>/open/", questionnaire_actions.OpenVersionView.as_view(), name="open_questionnaire_version"),
    path("evaluation/", evaluation.ResultsView.as_view(), name="evaluation"),
    path("sessions/<int:pk>/close-evaluation/<slug:kind>/", evaluation_actions.CloseEvaluationView.as_view(), name="close_evaluation"),
    path("enrolments/<int:pk>/request-payment/", payment_actions.RequestForEnrolmentView.as_view(), name="request_payment"),
]
