"""The QR code a bank's application reads: SEPA credit transfer, EPC069-12."""

import io
from decimal import Decimal

from segno.helpers import make_epc_qr

from trainings.models import PaymentRequest


def epc_svg(request: PaymentRequest, *, cents: int) -> str:
    """The code as SVG, for a page and for a PDF; nothing where nothing is due.

    The structured communication stands in the text field: the standard keeps the other one for ISO 11649 references. Wherever a bank
    sends it on, the matching of transfers finds it (bank/matching.py).
    """
    if cents <= 0:
        return ""
    code = make_epc_qr(
        name=request.payee["name"],
        iban=request.payee["iban"].replace(" ", ""),
        amount=Decimal(cents) / 100,
        text=request.communication_label,
        bic=request.payee["bic"] or None,
        encoding="utf-8",
    )
    written = io.BytesIO()
    code.save(written, kind="svg", xmldecl=False, border=4, scale=4, dark="#000", light="#fff")
    return written.getvalue().decode()
