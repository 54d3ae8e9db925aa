"""Our own apps, found by where they lie: one yet to come is looked at by itself."""

from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
# What shows the site, and belongs to it no more than a visitor does.
EXAMPLES = {"demo"}
OURS = frozenset(
    config.label for config in apps.get_app_configs() if Path(config.path).parent in {ROOT, ROOT / "site"} and config.label not in EXAMPLES
)
