"""URLs below /admin/payments/ apart from the viewsets' own."""

from django.urls import path

from trainings.backoffice.payment import actions, bank, requests, settings

app_name = "payments_backoffice"
urlpatterns = [
    path("requests/amount/", actions.RequestAmountView.as_view(), name="request_amount"),
    path("requests/journal/", requests.JournalView.as_view(), name="journal"),
    path("requests/settings/", settings.PaymentSettingsView.as_view(), name="payment_settings"),
    path("requests/<int:pk>.pdf", requests.PaymentPdfView.as_view(), name="payment_request_pdf"),
    path("credit-notes/<int:pk>.pdf", requests.CreditNotePdfView.as_view(), name="credit_note_pdf"),
    path("requests/<int:pk>/note/", actions.NotePaymentView.as_view(), name="note_payment"),
    path("requests/<int:pk>/credit/", actions.CreditView.as_view(), name="credit_payment_request"),
    path("requests/<int:pk>/resend/", actions.ResendPaymentRequestView.as_view(), name="resend_payment_request"),
    path("bank-files/bring/", bank.BringBankFileView.as_view(), name="bring_bank_file"),
    path("transfers/<int:pk>/allocate/", bank.AllocateTransferView.as_view(), name="allocate_transfer"),
    path("transfers/<int:pk>/settle/", bank.SettleTransferView.as_view(), name="settle_transfer"),
]
