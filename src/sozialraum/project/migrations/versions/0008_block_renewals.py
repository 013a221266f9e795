"""Renewals of all blocks, and which new block stands for which old one."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "block_renewals",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "block_links",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("back", sa.Double(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fid"),
    )


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
