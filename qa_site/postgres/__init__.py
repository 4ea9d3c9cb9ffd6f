"""The database backend for DATABASE_URL: Django's for PostgreSQL, with plain words for what is wrong."""
