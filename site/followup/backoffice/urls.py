"""URLs below /admin/follow-up/ apart from the viewsets' own."""

from django.urls import path

from followup.backoffice.files import actions as files
from followup.backoffice.notes import views as notes
from followup.backoffice.requests import actions as requests

app_name = "followup_backoffice"
urlpatterns = [
    path("requests/note/", requests.NoteRequestView.as_view(), name="note_request"),
    path("requests/<int:pk>/assign/", requests.AssignRequestView.as_view(), name="assign_request"),
    path("requests/<int:pk>/facts/", requests.CompleteRequestView.as_view(), name="complete_request"),
    path("requests/<int:pk>/analysis/", requests.AnalyseView.as_view(), name="analyse_request"),
    path("requests/<int:pk>/advice/", requests.AdviseView.as_view(), name="advise_request"),
    path("requests/<int:pk>/hold/", requests.HoldView.as_view(), name="hold_request"),
    path("requests/<int:pk>/decline/", requests.DeclineView.as_view(), name="decline_request"),
    path("requests/<int:pk>/withdraw/", requests.WithdrawView.as_view(), name="withdraw_request"),
    path("requests/<int:pk>/open/", requests.OpenFileView.as_view(), name="open_file"),
    path("files/<int:pk>/log/", files.LogEventView.as_view(), name="log_event"),
    path("files/<int:pk>/events/<int:event>/remove/", files.RemoveEventView.as_view(), name="remove_event"),
    path("files/<int:pk>/next/", files.NextStepView.as_view(), name="next_step"),
    path("files/<int:pk>/team/", files.TeamView.as_view(), name="file_team"),
    path("files/<int:pk>/hold/", files.HoldFileView.as_view(), name="hold_file"),
    path("files/<int:pk>/close/", files.CloseFileView.as_view(), name="close_file"),
    path("files/<int:pk>/break-off/", files.BreakOffFileView.as_view(), name="break_off_file"),
    path("files/<int:pk>/take-up/", files.TakeUpFileView.as_view(), name="take_up_file"),
    path("files/<int:pk>/notes/", notes.NotesView.as_view(), name="notes"),
    path("files/<int:pk>/notes/read/", notes.ReadNotesView.as_view(), name="read_notes"),
    path("files/<int:pk>/notes/<int:note>/erase/", notes.EraseNoteView.as_view(), name="erase_note"),
]
