"""The plain tables of the first version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

revision = "0001"
down_revision = None


class Declared(UserDefinedType):
    """A type name the GeoPackage format prescribes."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_options: object) -> str:
        return self.name


def upgrade() -> None:
    op.create_table('area_counts',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('level', sa.Text(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('feature', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('low', sa.Double(), nullable=True),
        sa.Column('high', sa.Double(), nullable=True),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('provenance', sa.Text(), nullable=False),
        sa.Column('scope', sa.Text(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('deliveries',
        sa.Column('delivery_id', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('file_name', sa.Text(), nullable=False),
        sa.Column('stored_name', sa.Text(), nullable=False),
        sa.Column('sha256', sa.Text(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('recipe', sa.Text(), nullable=False),
        sa.Column('received_at', sa.Text(), nullable=False),
        sa.Column('periods', sa.Text(), nullable=False),
        sa.Column('rows_read', sa.Integer(), nullable=False),
        sa.Column('rows_skipped', sa.Integer(), nullable=False),
        sa.Column('municipalities', sa.Text(), nullable=False),
        sa.Column('assumed', sa.Text(), nullable=False),
        sa.Column('remarks', sa.Text(), nullable=False),
        sa.Column('sentences', sa.Text(), nullable=False),
        sa.Column('findings', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('delivery_id'),
        sa.UniqueConstraint('position'),
        sa.UniqueConstraint('sha256'),
        sa.UniqueConstraint('stored_name')
    )
    op.create_table('events',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('when', sa.Text(), nullable=False),
        sa.Column('what', sa.Text(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('event_id')
    )
    op.create_table('gpkg_spatial_ref_sys',
        sa.Column('srs_name', sa.Text(), nullable=False),
        sa.Column('srs_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('organization', sa.Text(), nullable=False),
        sa.Column('organization_coordsys_id', sa.Integer(), nullable=False),
        sa.Column('definition', sa.Text(), nullable=False),
        sa.Column('description', sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint('srs_id')
    )
    op.create_table('impulse_decisions',
        sa.Column('impulse_id', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('decided_on', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('impulse_id')
    )
    op.create_table('impulses',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('impulse_id', sa.Text(), nullable=False),
        sa.Column('area_id', sa.Text(), nullable=False),
        sa.Column('field', sa.Text(), nullable=False),
        sa.Column('rule', sa.Text(), nullable=False),
        sa.Column('rule_version', sa.Text(), nullable=False),
        sa.Column('figures', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('decided_on', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('index_values',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('score_low', sa.Double(), nullable=True),
        sa.Column('score_high', sa.Double(), nullable=True),
        sa.Column('status_class', sa.Integer(), nullable=False),
        sa.Column('change_low', sa.Double(), nullable=True),
        sa.Column('change_high', sa.Double(), nullable=True),
        sa.Column('dynamics', sa.Text(), nullable=False),
        sa.Column('certain', sa.Boolean(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('indicator_values',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('indicator', sa.Text(), nullable=False),
        sa.Column('level', sa.Text(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('count_low', sa.Double(), nullable=True),
        sa.Column('count_high', sa.Double(), nullable=True),
        sa.Column('base_low', sa.Double(), nullable=True),
        sa.Column('base_high', sa.Double(), nullable=True),
        sa.Column('share_low', sa.Double(), nullable=True),
        sa.Column('share_high', sa.Double(), nullable=True),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('ci_low', sa.Double(), nullable=True),
        sa.Column('ci_high', sa.Double(), nullable=True),
        sa.Column('versus', sa.Text(), nullable=False),
        sa.Column('scope', sa.Text(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('pending',
        sa.Column('path', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('path')
    )
    op.create_table('plans',
        sa.Column('plan_id', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('parent', sa.Text(), nullable=False),
        sa.Column('created', sa.Text(), nullable=False),
        sa.Column('layer', sa.Text(), nullable=False),
        sa.Column('parameters', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('plan_id'),
        sa.UniqueConstraint('layer'),
        sa.UniqueConstraint('position')
    )
    op.create_table('records',
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('name')
    )
    op.create_table('released_counts',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('level', sa.Text(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('feature', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('low', sa.Double(), nullable=True),
        sa.Column('high', sa.Double(), nullable=True),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('provenance', sa.Text(), nullable=False),
        sa.Column('scope', sa.Text(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('releases',
        sa.Column('release_id', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('created', sa.Text(), nullable=False),
        sa.Column('plan_id', sa.Text(), nullable=False),
        sa.Column('check_number', sa.Text(), nullable=False),
        sa.Column('files', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('release_id'),
        sa.UniqueConstraint('position')
    )
    op.create_table('settings',
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('key')
    )
    op.create_table('supply_values',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('level', sa.Text(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('children_low', sa.Double(), nullable=True),
        sa.Column('children_high', sa.Double(), nullable=True),
        sa.Column('places_low', sa.Double(), nullable=True),
        sa.Column('places_high', sa.Double(), nullable=True),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('coverage_low', sa.Double(), nullable=True),
        sa.Column('coverage_high', sa.Double(), nullable=True),
        sa.Column('gap_low', sa.Double(), nullable=True),
        sa.Column('gap_high', sa.Double(), nullable=True),
        sa.Column('need_class', sa.Text(), nullable=False),
        sa.Column('supply_class', sa.Text(), nullable=False),
        sa.Column('field', sa.Text(), nullable=False),
        sa.Column('scope', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('facilities',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('delivery_id', sa.Text(), nullable=False),
        sa.Column('facility_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('block_id', sa.Text(), nullable=False),
        sa.Column('group', sa.Text(), nullable=False),
        sa.Column('low', sa.Double(), nullable=True),
        sa.Column('high', sa.Double(), nullable=True),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('provenance', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('protected', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.delivery_id'], ),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('gpkg_contents',
        sa.Column('table_name', sa.Text(), nullable=False),
        sa.Column('data_type', sa.Text(), nullable=False),
        sa.Column('identifier', sa.Text(), nullable=True),
        sa.Column('description', sa.Text(), server_default='', nullable=True),
        sa.Column('last_change', Declared('DATETIME'), server_default=sa.text("(strftime('%Y-%m-%dT%H:%M:%fZ','now'))"), nullable=False),
        sa.Column('min_x', sa.Double(), nullable=True),
        sa.Column('min_y', sa.Double(), nullable=True),
        sa.Column('max_x', sa.Double(), nullable=True),
        sa.Column('max_y', sa.Double(), nullable=True),
        sa.Column('srs_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['srs_id'], ['gpkg_spatial_ref_sys.srs_id'], ),
        sa.PrimaryKeyConstraint('table_name'),
        sa.UniqueConstraint('identifier')
    )
    op.create_table('observations',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('delivery_id', sa.Text(), nullable=False),
        sa.Column('geography', sa.Text(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('feature', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('low', sa.Double(), nullable=True),
        sa.Column('high', sa.Double(), nullable=True),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('cell', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.delivery_id'], ),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('plan_areas',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Text(), nullable=False),
        sa.Column('area_id', sa.Text(), nullable=False),
        sa.Column('code', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('municipality', sa.Text(), nullable=False),
        sa.Column('origin', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.plan_id'], ),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('plan_blocks',
        sa.Column('plan_id', sa.Text(), nullable=False),
        sa.Column('block_id', sa.Text(), nullable=False),
        sa.Column('area_id', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.plan_id'], ),
        sa.PrimaryKeyConstraint('plan_id', 'block_id'),
        sqlite_with_rowid=False
    )
    op.create_table('plan_changes',
        sa.Column('fid', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Text(), nullable=False),
        sa.Column('from_area', sa.Text(), nullable=False),
        sa.Column('to_area', sa.Text(), nullable=False),
        sa.Column('blocks', sa.Text(), nullable=False),
        sa.Column('population', sa.Integer(), nullable=False),
        sa.Column('why', sa.Text(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('when', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.plan_id'], ),
        sa.PrimaryKeyConstraint('fid')
    )
    op.create_table('gpkg_geometry_columns',
        sa.Column('table_name', sa.Text(), nullable=False),
        sa.Column('column_name', sa.Text(), nullable=False),
        sa.Column('geometry_type_name', sa.Text(), nullable=False),
        sa.Column('srs_id', sa.Integer(), nullable=False),
        sa.Column('z', Declared('TINYINT'), nullable=False),
        sa.Column('m', Declared('TINYINT'), nullable=False),
        sa.ForeignKeyConstraint(['srs_id'], ['gpkg_spatial_ref_sys.srs_id'], ),
        sa.ForeignKeyConstraint(['table_name'], ['gpkg_contents.table_name'], ),
        sa.PrimaryKeyConstraint('table_name', 'column_name'),
        sa.UniqueConstraint('table_name')
    )


def downgrade() -> None:
    raise NotImplementedError("a project is not taken back to an older schema; restore a backup")
