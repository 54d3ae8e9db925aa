"""The public side: each view reads, or calls one service."""
