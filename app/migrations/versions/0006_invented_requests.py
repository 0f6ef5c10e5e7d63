"""Invented data requests, the assumptions about them, and what people say at each stop."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables, and on each model's card what it asks of people."""
    op.create_table('data_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('new', 'reuse', 'breach', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('money', sa.Text(), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('wrong', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_data_request_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_request')),
    sa.UniqueConstraint('dialogue_id', 'key', name=op.f('uq_data_request_dialogue_id_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_data_request_public_id'))
    )
    op.create_table('request_assumption',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=80), nullable=True),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_request_assumption_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_assumption')),
    sa.UniqueConstraint('dialogue_id', 'name', name=op.f('uq_request_assumption_dialogue_id_name'))
    )
    op.create_table('step_judgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('model_id', sa.Integer(), nullable=True),
    sa.Column('answers', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('way', sa.String(length=200), nullable=False),
    sa.Column('step', sa.Enum('arrives', 'rules', 'hear', 'read', 'decide', 'say', 'check', 'wrong', 'disagree', 'again', 'happened', 'told', 'stop', 'out', 'right', 'refused', name='step', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('judgement', sa.Enum('fine', 'only_if', 'not_ok', name='judgement', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('stage_id', sa.Integer(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['model_id'], ['stewardship_model.id'], name=op.f('fk_step_judgement_model_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_step_judgement_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['request_id'], ['data_request.id'], name=op.f('fk_step_judgement_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_step_judgement_stage_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step_judgement')),
    sa.UniqueConstraint('participant_id', 'request_id', 'way', 'step', name=op.f('uq_step_judgement_participant_id_request_id_way_step')),
    sa.UniqueConstraint('public_id', name=op.f('uq_step_judgement_public_id'))
    )
    op.create_index(op.f('ix_step_judgement_model_id'), 'step_judgement', ['model_id'])
    op.create_index(op.f('ix_step_judgement_request_id'), 'step_judgement', ['request_id'])
    op.create_index(op.f('ix_step_judgement_stage_id'), 'step_judgement', ['stage_id'])

    op.add_column('stewardship_model', sa.Column('asked', sa.String(length=20), nullable=True))



def downgrade() -> None:
    """Without them."""
    op.drop_column('stewardship_model', 'asked')


    op.drop_table('step_judgement')
    op.drop_table('request_assumption')
    op.drop_table('data_request')
