"""Deliveries say how they may be used and whether they hold; reviews of files that wait; recipes of one's own."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# The same bytes may be taken over again after a withdrawal, so neither name nor check number is unique any more.
KEPT = (
    "delivery_id position file_name stored_name sha256 size recipe received_at periods rows_read rows_skipped"
    " municipalities assumed remarks sentences findings"
)
WHOLE_NUMBERS = ("position", "size", "rows_read", "rows_skipped", "recipe_version")
NEW = {
    "recipe_version": "1", "protection": "restricted", "purpose": "", "legal_basis": "", "delete_on": "",
    "deleted_on": "", "kept": "kept", "withdrawn_on": "", "withdrawn_why": "", "withdrawn_by": "", "replaced_by": "",
    "data_set": "", "shape": "{}", "control": "{}", "corrections": "{}", "decisions": "[]",
}  # fmt: skip
REVIEWS = (
    "review_id rank file_name stored_name sha256 size received_at role state delivery_id recipe answers corrections"
    " decisions about"
)


def upgrade() -> None:
    _deliveries_anew()
    op.create_table(
        "reviews",
        *[
            sa.Column(name, sa.Integer() if name in ("rank", "size") else sa.Text(), nullable=False)
            for name in REVIEWS.split()
        ],
        sa.PrimaryKeyConstraint("review_id"),
        sa.UniqueConstraint("rank"),
    )
    op.create_table(
        "own_recipes",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("text", "role", "why", "created")],
        sa.PrimaryKeyConstraint("kind", "code", "version"),
    )
    _name_what_results_rest_on()


def _deliveries_anew() -> None:
    """The table with its new columns and without two of its constraints; what refers to its rows stays as it is."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMP TABLE earlier_deliveries AS SELECT * FROM deliveries")
    op.execute("DELETE FROM deliveries")
    op.drop_table("deliveries")
    op.create_table(
        "deliveries",
        *[
            sa.Column(name, sa.Integer() if name in WHOLE_NUMBERS else sa.Text(), nullable=False)
            for name in KEPT.split()
        ],
        *[
            sa.Column(
                name, sa.Integer() if name in WHOLE_NUMBERS else sa.Text(), nullable=False, server_default=usual
            )
            for name, usual in NEW.items()
        ],
        sa.PrimaryKeyConstraint("delivery_id"),
        sa.UniqueConstraint("position"),
    )
    names = ", ".join(KEPT.split())
    op.execute(f"INSERT INTO deliveries ({names}) SELECT {names} FROM earlier_deliveries")
    op.execute("DROP TABLE earlier_deliveries")


def _name_what_results_rest_on() -> None:
    """Results rested on a number of deliveries; now they name them, so that a withdrawn one is found again."""
    connection = op.get_bind()
    stored = connection.exec_driver_sql("SELECT content FROM records WHERE name = '_basis'").scalar()
    if stored is None:
        return
    basis = json.loads(stored)
    there = [str(row[0]) for row in connection.exec_driver_sql("SELECT delivery_id FROM deliveries ORDER BY position")]
    if isinstance(basis.get("deliveries"), int):
        basis["deliveries"] = there[: basis["deliveries"]]
    text = json.dumps(basis, ensure_ascii=False, sort_keys=True)
    connection.exec_driver_sql("UPDATE records SET content = ? WHERE name = '_basis'", (text,))


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
