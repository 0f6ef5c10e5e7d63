"""Drafts that tables write, their versions, suggested changes, and agreement."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('finding', 'research_question', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('pen_holder_id', sa.Integer(), nullable=True),
    sa.Column('pen_used_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_draft_finding_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pen_holder_id'], ['participant.id'], name=op.f('fk_draft_pen_holder_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_draft_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_draft_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('public_id', name=op.f('uq_draft_public_id')),
    sa.UniqueConstraint('stage_id', 'number', name=op.f('uq_draft_stage_id_number'))
    )
    op.create_index(op.f('ix_draft_finding_id'), 'draft', ['finding_id'])
    op.create_index(op.f('ix_draft_pen_holder_id'), 'draft', ['pen_holder_id'])
    op.create_index(op.f('ix_draft_table_id'), 'draft', ['table_id'])
    op.create_table('draft_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('said', sa.Enum('agreed', 'agreed_except', name='said', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('said_at', UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_agreement_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_draft_agreement_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_draft_agreement_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_agreement')),
    sa.UniqueConstraint('draft_id', 'participant_id', name=op.f('uq_draft_agreement_draft_id_participant_id'))
    )
    op.create_index(op.f('ix_draft_agreement_participant_id'), 'draft_agreement', ['participant_id'])
    op.create_table('draft_suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_key', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('open', 'taken', 'partly', 'not_taken', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('answered_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_suggestion_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_draft_suggestion_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_draft_suggestion_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_suggestion')),
    sa.UniqueConstraint('client_key', name=op.f('uq_draft_suggestion_client_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_draft_suggestion_public_id'))
    )
    op.create_index(op.f('ix_draft_suggestion_draft_id'), 'draft_suggestion', ['draft_id'])
    op.create_index(op.f('ix_draft_suggestion_participant_id'), 'draft_suggestion', ['participant_id'])
    op.create_table('draft_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('written_at', UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_version_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['participant.id'], name=op.f('fk_draft_version_written_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_version')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_draft_version_draft_id_number'))
    )
    op.create_index(op.f('ix_draft_version_written_by_id'), 'draft_version', ['written_by_id'])



def downgrade() -> None:
    """Drops them."""
    op.drop_index(op.f('ix_draft_version_written_by_id'), 'draft_version')
    op.drop_table('draft_version')
    op.drop_index(op.f('ix_draft_suggestion_participant_id'), 'draft_suggestion')
    op.drop_index(op.f('ix_draft_suggestion_draft_id'), 'draft_suggestion')
    op.drop_table('draft_suggestion')
    op.drop_index(op.f('ix_draft_agreement_participant_id'), 'draft_agreement')
    op.drop_table('draft_agreement')
    op.drop_index(op.f('ix_draft_table_id'), 'draft')
    op.drop_index(op.f('ix_draft_pen_holder_id'), 'draft')
    op.drop_index(op.f('ix_draft_finding_id'), 'draft')
    op.drop_table('draft')
