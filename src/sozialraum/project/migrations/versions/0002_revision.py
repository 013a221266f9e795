"""Edits with reasons instead of changes, drafts, decisions, comments and groupings."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# What an edit consists of; a copy, since a migration must not change with the program.
EMPTY = {
    "kind": "", "area": "", "into": "", "blocks": [], "code": "", "name": "", "rest_code": "", "rest_name": "",
    "why": "", "role": "", "case": "", "person": "", "when": "", "effect": {}, "public": False, "body": "",
    "decided_on": "",
}  # fmt: skip


def upgrade() -> None:
    for name, default in (("valid_from", ""), ("valid_to", ""), ("decisions", "{}"), ("locks", "[]")):
        op.add_column("plans", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    op.create_table(
        "plan_edits",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
        sa.PrimaryKeyConstraint("plan_id", "number"),
        sqlite_with_rowid=False,
    )
    _carry_changes(op.get_bind())
    op.drop_table("plan_changes")
    op.create_table(
        "drafts",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, unique=True),
        *[
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("ags", "base", "title", "status", "created", "role", "branch_of", "adopted_as")
        ],
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("branch_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    op.create_table(
        "draft_edits",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.draft_id"]),
        sa.PrimaryKeyConstraint("draft_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comments",
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, unique=True),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("draft_id", "ags", "area_id", "block_id")],
        sa.Column("x", sa.Double(), nullable=True),
        sa.Column("y", sa.Double(), nullable=True),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("text", "role", "when", "state", "answer")],
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id"),
    )
    op.create_table(
        "groupings",
        sa.Column("grouping_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, unique=True),
        *[
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("ags", "title", "purpose", "level", "relation", "created", "role")
        ],
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("grouping_id"),
    )
    op.create_table(
        "grouping_blocks",
        sa.Column("grouping_id", sa.Text(), nullable=False),
        sa.Column("block_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grouping_id"], ["groupings.grouping_id"]),
        sa.PrimaryKeyConstraint("grouping_id", "block_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grouping_units",
        sa.Column("grouping_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grouping_id"], ["groupings.grouping_id"]),
        sa.PrimaryKeyConstraint("grouping_id", "unit"),
        sqlite_with_rowid=False,
    )


def _carry_changes(connection) -> None:  # type: ignore[no-untyped-def]
    """Both parts of a split were one row each; together they are one edit. Reasons stay internal."""
    rows = connection.exec_driver_sql(
        'SELECT plan_id, from_area, to_area, blocks, population, why, role, "when" FROM plan_changes ORDER BY fid'
    ).all()
    areas = connection.exec_driver_sql("SELECT plan_id, area_id, code, name FROM plan_areas").all()
    described = {(plan, area): (code, name) for plan, area, code, name in areas}
    numbers: dict[str, int] = {}
    place = 0
    while place < len(rows):
        plan, old, new, blocks, _people, why, role, when = rows[place]
        edit = EMPTY | {"why": why, "role": role or "Planung", "when": when}
        after = rows[place + 1] if place + 1 < len(rows) else None
        both = after is not None and after[:2] == (plan, old) and after[5:] == (why, role, when)
        if after is not None and both and (plan, old) not in described:
            rest, part = described.get((plan, new), ("", "")), described.get((plan, after[2]), ("", ""))
            edit |= {"kind": "split", "area": old, "into": after[2], "blocks": sorted(json.loads(after[3]))}
            edit |= {"rest_code": rest[0], "rest_name": rest[1], "code": part[0], "name": part[1]}
            place += 1
        else:
            edit |= {"kind": "move", "area": new, "blocks": sorted(json.loads(blocks))}
        place += 1
        numbers[plan] = numbers.get(plan, 0) + 1
        connection.exec_driver_sql(
            "INSERT INTO plan_edits (plan_id, number, edit) VALUES (?, ?, ?)",
            (plan, numbers[plan], json.dumps(edit, ensure_ascii=False, sort_keys=True)),
        )


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
