"""The checks before an issue is sent: findings, and whether they are resolved."""
