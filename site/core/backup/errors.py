"""What goes wrong, in words for whoever runs the command."""


class BackupFailed(Exception):
    """No archive was made."""


class RestoreRefused(Exception):
    """Nothing was touched: the archive is no good here, or the place is not empty."""


class RestoreFailed(Exception):
    """It began, and what it had written was taken back."""
