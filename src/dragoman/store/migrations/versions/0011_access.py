"""Tokens with names, several scopes, an end and a last use; sessions of browsers that are signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables; tokens of before keep what they allow, and are named by their digest."""
    connection = op.get_bind()
    before = sa.table("tokens", sa.column("digest"), sa.column("scope"), sa.column("created_at"))
    rows = connection.execute(sa.select(before)).all()
    op.drop_table("tokens")
    tokens = op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text),
        sa.Column("last_used_at", sa.Text),
        sa.Column("revoked_at", sa.Text),
        sa.PrimaryKeyConstraint("digest", name="pk_tokens"),
    )
    op.create_index("ix_tokens_name", "tokens", ["name"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("token_digest", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        sa.ForeignKeyConstraint(["token_digest"], ["tokens.digest"], name="fk_sessions_token_digest"),
    )
    op.create_index("ix_sessions_token_digest", "sessions", ["token_digest"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    if rows:
        named = [
            {"digest": row.digest, "name": f"token-{row.digest[:8]}", "scopes": row.scope, "created_at": row.created_at}
            for row in rows
        ]
        connection.execute(tokens.insert(), named)
