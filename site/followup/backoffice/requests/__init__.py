"""Back-office screens of requests for support."""
