"""Source geographies, the weights kept for them, and which weights are used."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _texts(names: str, key: str = "") -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), primary_key=name == key, nullable=False) for name in names.split()]


def upgrade() -> None:
    op.create_table("geographies", *_texts("code title kind valid_on created role check_number", "code"))
    op.create_table(
        "geography_keys",
        sa.Column("fid", sa.Integer(), nullable=False),
        *_texts("geography source target"),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("fid"),
    )
    op.create_table(
        "carrying_matrices",
        *_texts("matrix_id geography"),
        sa.Column("blocks_version", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("kind built_on created content"),
        sa.PrimaryKeyConstraint("matrix_id", "blocks_version"),
    )
    op.create_table(
        "carrying_choices",
        sa.Column("fid", sa.Integer(), nullable=False),
        *_texts("geography feature kind reason role made"),
        sa.PrimaryKeyConstraint("fid"),
    )


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
