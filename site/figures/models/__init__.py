from figures.models.snapshots import Frozen, Snapshot

__all__ = ["Frozen", "Snapshot"]
