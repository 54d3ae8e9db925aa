"""URLs below /admin/publications/ apart from the viewsets' own."""

from django.urls import path

from publications.backoffice.files import views as files
from publications.backoffice.orders import views as orders
from publications.backoffice.works import edition_actions
from publications.backoffice.works import views as works

app_name = "publications_backoffice"
urlpatterns = [
    path("orders/labels.pdf", orders.LabelsView.as_view(), name="labels"),
    path("orders/send/", orders.SendOrdersView.as_view(), name="send_orders"),
    path("orders/<int:pk>/send/", orders.SendOrderView.as_view(), name="send_order"),
    path("orders/<int:pk>/cancel/", orders.CancelOrderView.as_view(), name="cancel_order"),
    path("editions/<int:pk>/upload/", edition_actions.UploadFileView.as_view(), name="upload_file"),
    path("editions/<int:pk>/publish/", edition_actions.PublishEditionView.as_view(), name="publish_edition"),
    path("editions/<int:pk>/unpublish/", edition_actions.UnpublishEditionView.as_view(), name="unpublish_edition"),
    path("editions/<int:pk>/withdraw/", edition_actions.WithdrawEditionView.as_view(), name="withdraw_edition"),
    path("editions/<int:pk>/print-run/", edition_actions.PrintCopiesView.as_view(), name="print_copies"),
    path("editions/<int:pk>/copies/", edition_actions.MoveCopiesView.as_view(), name="move_copies"),
    path("editions/<int:pk>/deposit/", edition_actions.DepositCopiesView.as_view(), name="deposit_copies"),
    path("files/<int:pk>/read/", files.ReadFileView.as_view(), name="read_file"),
    path("files/<int:pk>/offer/", edition_actions.OfferFileView.as_view(), name="offer_file"),
    path("files/<int:pk>/withdraw/", edition_actions.WithdrawFileView.as_view(), name="withdraw_file"),
    path("works/<int:pk>/withdraw/", works.WithdrawWorkView.as_view(), name="withdraw_work"),
    path("works/<int:pk>/restore/", works.RestoreWorkView.as_view(), name="restore_work"),
]
