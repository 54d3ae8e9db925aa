"""URLs below /admin/newsletter/ that belong to no viewset."""

from django.urls import path

from newsletter.backoffice.bounces import views as bounces
from newsletter.backoffice.subscribers import growth, import_actions, imports
from newsletter.backoffice.subscribers import views as subscribers

app_name = "newsletter_backoffice"
urlpatterns = [
    path("growth/", growth.GrowthView.as_view(), name="growth"),
    path("readers/<int:pk>/unsubscribe/", subscribers.UnsubscribeSubscriberView.as_view(), name="unsubscribe_subscriber"),
    path("readers/<int:pk>/erase/", subscribers.EraseSubscriberView.as_view(), name="erase_subscriber"),
    path("readers/<int:pk>/reinstate/", subscribers.ReinstateSubscriberView.as_view(), name="reinstate_subscriber"),
    path("bounces/<int:pk>/overturn/", bounces.OverturnBounceView.as_view(), name="overturn_bounce"),
    path("replies/<int:pk>/finish/", bounces.FinishReplyView.as_view(), name="finish_reply"),
    path("imports/<int:pk>/questions/", import_actions.AnswerQuestionsView.as_view(), name="import_questions"),
    path("imports/<int:pk>/begin/", import_actions.BeginImportView.as_view(), name="begin_import"),
    path("imports/<int:pk>/cancel/", import_actions.CancelImportView.as_view(), name="cancel_import"),
    path("imports/<int:pk>/lines/", imports.ImportLinesView.as_view(), name="import_lines"),
    path("imports/<int:pk>/lines/results/", imports.ImportLinesView.as_view(results_only=True), name="import_lines_results"),
]
