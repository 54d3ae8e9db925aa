"""What is looked at before an issue leaves: findings, and whether they are settled."""
