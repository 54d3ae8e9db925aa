"""Sectors, themes, the directory of organisations and the figures of the year, from the facts."""

from core.figures.importing import import_figures
from core.figures.reading import read_figures_file
from core.models import Organisation, Sector, Theme
from demo.figures import FIGURES
from demo.reading import facts

THEMES = {
    "mental-health": ("Santé mentale", "Geestelijke gezondheid", "Mental health"),
    "complex-situations": ("Situations complexes", "Complexe situaties", "Complex situations"),
    "drugs": ("Drogues et addictions", "Drugs en verslaving", "Drugs and addiction"),
    "housing": ("Logement", "Huisvesting", "Housing"),
    "peer-support": ("Pair-aidance", "Peerhulp", "Peer support"),
    "network": ("Travail en réseau", "Netwerken", "Networking"),
    "posture": ("Posture professionnelle", "Professionele houding", "Professional stance"),
    "team": ("Vie d’équipe", "Teamwerking", "Team life"),
    "rights": ("Droits et santé", "Rechten en gezondheid", "Rights and health"),
}
# An origin of requests in the report, not a sector a person works in.
NOT_SECTORS = {"individual"}


def build_vocabulary() -> None:
    """Creates or updates the shared words. Safe to run again."""
    for slug, (name_fr, name_nl, name_en) in THEMES.items():
        Theme.objects.update_or_create(slug=slug, defaults={"name_fr": name_fr, "name_nl": name_nl, "name_en": name_en})
    for row in facts("sectors")["sectors"]:
        if row["slug"] not in NOT_SECTORS:
            Sector.objects.update_or_create(slug=row["slug"], defaults={f"name_{code}": row[code] for code in ("fr", "nl", "en")})
    sectors = {sector.slug: sector for sector in Sector.objects.all()}
    for row in facts("organisations")["organisations"]:
        Organisation.objects.update_or_create(
            name_fr=row["name_fr"],
            defaults={
                "name_nl": row.get("name_nl") or "",
                "sector": sectors.get(row.get("sector")),
                "municipality": row.get("municipality") or "" if "unverified" not in (row.get("municipality_evidence") or "") else "",
                "roles": row.get("roles") or [],
            },
        )
    import_figures(rows=read_figures_file(FIGURES.read_bytes()))
