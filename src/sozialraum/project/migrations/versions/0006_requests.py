"""Sources, data sets, imported catalogues, what is expected from whom, requests and queries."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

RECORDS = {
    "sources": "source_id holder contact legal_basis note",
    "data_sets": "data_set_id source_id title theme geography rhythm terms threshold visible_to recipe counts",
    "requests": "request_id data_set period due role created content",
    "queries": "query_id review_id due role state created content",
}
CATALOGUE = "catalogue code title period provider"
EXPECTATIONS = "data_set ags year state owner due note"


def upgrade() -> None:
    for name, columns in RECORDS.items():
        key, *others = columns.split()
        op.create_table(
            name,
            _text(key),
            sa.Column("rank", sa.Integer(), nullable=False),
            *[sa.Column(column, sa.Integer(), nullable=False) if column == "rhythm" else _text(column)
              for column in others],
            sa.PrimaryKeyConstraint(key),
            sa.UniqueConstraint("rank"),
        )  # fmt: skip
    op.create_table(
        "catalogue",
        sa.Column("fid", sa.Integer(), nullable=False),
        *map(_text, CATALOGUE.split()),
        sa.PrimaryKeyConstraint("fid"),
    )
    op.create_table(
        "expectations", *map(_text, EXPECTATIONS.split()), sa.PrimaryKeyConstraint("data_set", "ags", "year")
    )


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
