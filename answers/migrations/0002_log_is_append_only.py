"""The log about answers is as unchangeable as that about questions, by the same function."""

from django.db import migrations

CREATE = """
CREATE TRIGGER answers_log_is_append_only
    BEFORE UPDATE OR DELETE ON answers_answeract
    FOR EACH ROW EXECUTE FUNCTION questions_refuse_to_rewrite_the_log();
"""

DROP = "DROP TRIGGER answers_log_is_append_only ON answers_answeract;"


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial"), ("questions", "0003_log_is_append_only")]
    operations = [migrations.RunSQL(CREATE, DROP)]
