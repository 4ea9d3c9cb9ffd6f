"""The log of the desk is as unchangeable as that about questions, by the same function."""

from django.db import migrations

CREATE = """
CREATE TRIGGER moderation_log_is_append_only
    BEFORE UPDATE OR DELETE ON moderation_deskact
    FOR EACH ROW EXECUTE FUNCTION questions_refuse_to_rewrite_the_log();
"""

DROP = "DROP TRIGGER moderation_log_is_append_only ON moderation_deskact;"


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial"), ("questions", "0003_log_is_append_only")]
    operations = [migrations.RunSQL(CREATE, DROP)]
