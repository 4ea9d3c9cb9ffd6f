"""The walk through the index of embeddings, with settings of its own.

100 wordings are kept in sight on the way (the default, 40, misses more), and the walk goes on where more are asked
for. A function can carry these settings; setting them around each query would cost three more trips to the server.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION questions_nearest(sought halfvec, how_many integer) RETURNS TABLE (question_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE
SET hnsw.ef_search = 100
SET hnsw.iterative_scan = strict_order
AS $$
    SELECT question_id FROM questions_wordingembedding ORDER BY embedding <=> sought LIMIT how_many
$$;
"""

DROP = "DROP FUNCTION questions_nearest(halfvec, integer);"


class Migration(migrations.Migration):
    dependencies = [("questions", "0006_arrivals_and_wordings")]
    operations = [migrations.RunSQL(CREATE, DROP)]
