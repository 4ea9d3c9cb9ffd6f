"""A trigger that lets nobody change or delete a row of the log, not even by going around Django.

The law may want a person forgotten: taking the person out of a row (`by`) is the one change allowed.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION questions_refuse_to_rewrite_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log is append-only'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'log_is_append_only';
END
$$;

CREATE TRIGGER questions_log_is_append_only
    BEFORE UPDATE OR DELETE ON questions_act
    FOR EACH ROW EXECUTE FUNCTION questions_refuse_to_rewrite_the_log();
"""

DROP = """
DROP TRIGGER questions_log_is_append_only ON questions_act;
DROP FUNCTION questions_refuse_to_rewrite_the_log();
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0002_families_are_trees")]
    operations = [migrations.RunSQL(CREATE, DROP)]
