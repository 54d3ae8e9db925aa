"""Addresses of the desk of an issue, below /admin/newsletter/issues/."""

from django.urls import path

from newsletter.backoffice.views import issue_assemble, issue_checks, issue_preview, issue_result, issue_send, issues

app_name = "newsletter_desk"
urlpatterns = [
    path("plan/", issues.PlanIssueView.as_view(), name="plan"),
    path("<int:pk>/assemble/", issue_assemble.AssembleView.as_view(), name="assemble"),
    path("<int:pk>/preview/<slug:language>/", issue_preview.PreviewView.as_view(), name="preview"),
    path("<int:pk>/mail/<slug:language>/<slug:mode>/", issue_preview.MailView.as_view(), name="mail"),
    path("<int:pk>/checks/", issue_checks.RunChecksView.as_view(), name="run_checks"),
    path("<int:pk>/overrule/<slug:key>/", issue_checks.OverruleView.as_view(), name="overrule"),
    path("<int:pk>/test/", issue_send.TestView.as_view(), name="test"),
    path("<int:pk>/send/", issue_send.SendView.as_view(), name="send"),
    path("<int:pk>/approve/", issue_send.ApproveView.as_view(), name="approve"),
    path("<int:pk>/call-off/", issue_send.CallOffView.as_view(), name="call_off"),
    path("<int:pk>/pause/", issue_send.PauseView.as_view(), name="pause"),
    path("<int:pk>/resume/", issue_send.ResumeView.as_view(), name="resume"),
    path("<int:pk>/stop/", issue_send.StopView.as_view(), name="stop"),
    path("<int:pk>/rest/", issue_send.RestView.as_view(), name="rest"),
    path("<int:pk>/progress/", issue_result.ProgressView.as_view(), name="progress"),
    path("<int:pk>/failures/", issue_result.FailuresView.as_view(), name="failures"),
    path("<int:pk>/social/", issue_result.SocialView.as_view(), name="social"),
    path("<int:pk>/social/<slug:language>/<int:number>.png", issue_result.PictureView.as_view(), name="picture"),
]
