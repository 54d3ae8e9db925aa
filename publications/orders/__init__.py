"""Paper copies: orders, the waiting list, shipping and stock."""
