"""Versions of the address register, decisions on a newer one, confirmed spellings, protected addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = {
    "address_versions": ("version", "version created title role check_number summary"),
    "address_decisions": ("change_id", "change_id decision block_id role made"),
    "street_aliases": ("written postcode", "written postcode street street_postcode municipality role made"),
    "protected_addresses": ("mark", "mark kind role made"),
}


def upgrade() -> None:
    for name, (keys, columns) in TABLES.items():
        op.create_table(
            name,
            *[
                sa.Column(column, sa.Integer() if column == "version" else sa.Text(), nullable=False)
                for column in columns.split()
            ],
            sa.PrimaryKeyConstraint(*keys.split()),
        )


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
