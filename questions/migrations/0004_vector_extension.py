"""The `vector` extension, which the search by meaning stands on; part of the site's requirements from the start."""

from django.db import migrations
from pgvector.django import VectorExtension


class Migration(migrations.Migration):
    dependencies = [("questions", "0003_log_is_append_only")]
    operations = [VectorExtension()]
