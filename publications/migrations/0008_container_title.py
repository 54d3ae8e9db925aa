from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publications", "0007_pages_beside_a_work")]

    operations = [migrations.RenameField(model_name="work", old_name="container", new_name="container_title")]
