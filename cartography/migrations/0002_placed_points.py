from typing import Any

from django.db import migrations, models

from cartography.geo import belgium


def note_placed_points(apps: Any, schema_editor: Any) -> None:
    """An address is placed where its point is not that of its postal code or municipality."""
    place_model = apps.get_model("cartography", "Place")
    for place in place_model.objects.filter(precision="address"):
        if belgium.Point(place.lat, place.lon) != belgium.point_of(place.nis, place.postal_code):
            place_model.objects.filter(pk=place.pk).update(is_point_placed=True)


class Migration(migrations.Migration):
    dependencies = [("cartography", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="is_point_placed",
            field=models.BooleanField(default=False, editable=False, verbose_name="the point is that of the address"),
        ),
        migrations.RunPython(note_placed_points, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_point_placed", False), ("precision", "address"), _connector="OR"),
                name="cartography_place_exact_only_by_address",
            ),
        ),
    ]
