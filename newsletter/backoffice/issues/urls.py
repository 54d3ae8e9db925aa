"""URLs of the pages and actions of one issue, below /admin/newsletter/issues/."""

from django.urls import path

from newsletter.backoffice.issues import assemble, checks, preview, result, send
from newsletter.backoffice.issues import views as issues

app_name = "newsletter_issue"
urlpatterns = [
    path("plan/", issues.PlanIssueView.as_view(), name="plan"),
    path("<int:pk>/assemble/", assemble.AssembleView.as_view(), name="assemble"),
    path("<int:pk>/preview/<slug:language>/", preview.PreviewView.as_view(), name="preview"),
    path("<int:pk>/mail/<slug:language>/<slug:mode>/", preview.MailView.as_view(), name="mail"),
    path("<int:pk>/checks/", checks.RunChecksView.as_view(), name="run_checks"),
    path("<int:pk>/override/<slug:key>/", checks.OverrideView.as_view(), name="override"),
    path("<int:pk>/test/", send.TestView.as_view(), name="test"),
    path("<int:pk>/send/", send.SendView.as_view(), name="send"),
    path("<int:pk>/approve/", send.ApproveView.as_view(), name="approve"),
    path("<int:pk>/unschedule/", send.UnscheduleView.as_view(), name="unschedule"),
    path("<int:pk>/pause/", send.PauseView.as_view(), name="pause"),
    path("<int:pk>/resume/", send.ResumeView.as_view(), name="resume"),
    path("<int:pk>/stop/", send.StopView.as_view(), name="stop"),
    path("<int:pk>/send-to-missed/", send.SendToMissedView.as_view(), name="send_to_missed"),
    path("<int:pk>/progress/", result.ProgressView.as_view(), name="progress"),
    path("<int:pk>/failures/", result.FailuresView.as_view(), name="failures"),
    path("<int:pk>/social/", result.SocialView.as_view(), name="social"),
    path("<int:pk>/social/<slug:language>/<int:number>.png", result.PictureView.as_view(), name="picture"),
]
