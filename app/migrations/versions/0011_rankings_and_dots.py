"""Preference questions, their options, and the ballots people sent: rankings and dots."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the three tables."""
    op.create_table('preference_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('ranking', 'approval', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('explain', sa.Text(), nullable=False),
    sa.Column('dots', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('asks_acceptance', sa.Boolean(), nullable=False),
    sa.Column('is_shuffled', sa.Boolean(), nullable=False),
    sa.Column('seed', sa.String(length=40), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('dots >= 1 AND seats >= 1', name=op.f('ck_preference_question_counts')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_preference_question_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preference_question')),
    sa.UniqueConstraint('public_id', name=op.f('uq_preference_question_public_id'))
    )
    op.create_index(op.f('ix_preference_question_stage_id'), 'preference_question', ['stage_id'])
    op.create_table('preference_ballot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_key', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('sent_digest', sa.String(length=64), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_preference_ballot_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['preference_question.id'], name=op.f('fk_preference_ballot_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_preference_ballot_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_preference_ballot_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preference_ballot')),
    sa.UniqueConstraint('client_key', name=op.f('uq_preference_ballot_client_key'))
    )
    op.create_index('ix_preference_ballot_newest', 'preference_ballot', ['question_id', 'participant_id', 'id'])
    op.create_index(op.f('ix_preference_ballot_participant_id'), 'preference_ballot', ['participant_id'])
    op.create_index(op.f('ix_preference_ballot_stage_id'), 'preference_ballot', ['stage_id'])
    op.create_table('preference_option',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('source', sa.Enum('typed', 'model', 'statement', 'research_question', 'draft', name='source', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('ref', sa.Uuid(), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['preference_question.id'], name=op.f('fk_preference_option_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preference_option')),
    sa.UniqueConstraint('public_id', name=op.f('uq_preference_option_public_id')),
    sa.UniqueConstraint('question_id', 'text', name=op.f('uq_preference_option_question_id_text'))
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table('preference_option')
    op.drop_index(op.f('ix_preference_ballot_stage_id'), 'preference_ballot')
    op.drop_index(op.f('ix_preference_ballot_participant_id'), 'preference_ballot')
    op.drop_index('ix_preference_ballot_newest', 'preference_ballot')
    op.drop_table('preference_ballot')
    op.drop_index(op.f('ix_preference_question_stage_id'), 'preference_question')
    op.drop_table('preference_question')
