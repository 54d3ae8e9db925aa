"""The demo's and the developer's mailbox: mails are files in var/mailbox, readable on a page, never sent."""
