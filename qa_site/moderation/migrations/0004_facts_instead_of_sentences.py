"""The log of the desk keeps facts, which are said in the reader's language; what it said before stays as it stood.

Going back, the facts are put into English sentences first, or these lines would be empty for ever.
"""

from django.db import migrations, models
from django.utils import translation

from qa_site.moderation.models.acts import said


def say_in_english(apps, schema_editor):
    acts = apps.get_model("moderation", "DeskAct").objects.filter(sentence_then="")
    # The trigger is there against people; the acts stay what they were.
    schema_editor.execute("ALTER TABLE moderation_deskact DISABLE TRIGGER moderation_log_is_append_only")
    with translation.override("en"):
        for act in acts.iterator():
            acts.filter(pk=act.pk).update(sentence_then=said(act.kind, act.facts)[:500])
    schema_editor.execute("ALTER TABLE moderation_deskact ENABLE TRIGGER moderation_log_is_append_only")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_reports_can_wait_again")]
    operations = [
        migrations.RenameField("deskact", "sentence", "sentence_then"),
        migrations.AlterField(
            model_name="deskact",
            name="sentence_then",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="deskact",
            name="facts",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.RunPython(migrations.RunPython.noop, say_in_english),
    ]
