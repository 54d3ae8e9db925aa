"""What is to be paid: billing details, payment requests, credit notes, payments from the bank, reminders (docs/payment.md)."""
