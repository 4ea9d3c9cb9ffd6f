"""The database backend that runs a PostgreSQL server of the site's own, for when there is no DATABASE_URL."""
