"""How an issue is sent: scheduled, claimed in batches from the ledger, and handed to the mail server."""
