"""Packages sent to town halls, their answers, and the decisions on them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = {
    "consultation_packages": ("package_id", "package_id ags draft_id plan_id state_id title written base"),
    "consultation_answers": ("package_id answer_id", "package_id answer_id role written received file_name content"),
    "consultation_verdicts": (
        "package_id answer_id item",
        "package_id answer_id item mark decision reason role when made",
    ),
}


def upgrade() -> None:
    for name, (keys, columns) in TABLES.items():
        op.create_table(
            name,
            *[sa.Column(column, sa.Text(), nullable=False) for column in columns.split()],
            sa.PrimaryKeyConstraint(*keys.split()),
        )


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
