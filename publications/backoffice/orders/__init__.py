"""Back-office screens of orders and stock."""
