"""Research questions: verbatim words, wordings, steps, who wants to know, and the clauses that name them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the five tables."""
    op.create_table('research_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('raised_by_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('words_state', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', name='words_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('state', sa.Enum('raised', 'clarified', 'merged', 'feasibility_noted', 'prioritised', 'included', 'reframed', 'parked', 'declined', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('origin', sa.Enum('participant', 'question', 'comment', 'prompt', 'seed', 'staff', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('origin_note', sa.Text(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('prompt_id', sa.Integer(), nullable=True),
    sa.Column('stage_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('is_known', sa.Enum('yes', 'partly', 'no', 'unsure', name='is_known', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('in_remit', sa.Enum('yes', 'partly', 'no', 'unsure', name='in_remit', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('is_fundable', sa.Enum('yes', 'partly', 'no', 'unsure', name='is_fundable', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('priority_rank', sa.Integer(), nullable=True),
    sa.Column('priority_approvals', sa.Integer(), nullable=True),
    sa.Column('priority_note', sa.Text(), nullable=False),
    sa.Column('outcome_reason', sa.Text(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('priority_approvals IS NULL OR priority_approvals >= 0', name=op.f('ck_research_question_priority_approvals')),
    sa.CheckConstraint('priority_rank IS NULL OR priority_rank > 0', name=op.f('ck_research_question_priority_rank')),
    sa.ForeignKeyConstraint(['author_id'], ['participant.id'], name=op.f('fk_research_question_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_research_question_comment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_research_question_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merged_into_id'], ['research_question.id'], name=op.f('fk_research_question_merged_into_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['prompt_id'], ['prompt.id'], name=op.f('fk_research_question_prompt_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_research_question_question_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['raised_by_id'], ['account.id'], name=op.f('fk_research_question_raised_by_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_research_question_stage_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_research_question_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_question')),
    sa.UniqueConstraint('dialogue_id', 'number', name=op.f('uq_research_question_dialogue_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_research_question_public_id'))
    )
    with op.batch_alter_table('research_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_research_question_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_question_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_question_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_question_prompt_id'), ['prompt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_question_question_id'), ['question_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_question_stage_id'), ['stage_id'], unique=False)

    op.create_table('clause_research_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.Integer(), nullable=False),
    sa.Column('research_question_id', sa.Integer(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_clause_research_question_clause_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['linked_by_id'], ['account.id'], name=op.f('fk_clause_research_question_linked_by_id')),
    sa.ForeignKeyConstraint(['research_question_id'], ['research_question.id'], name=op.f('fk_clause_research_question_research_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_research_question')),
    sa.UniqueConstraint('clause_id', 'research_question_id', name=op.f('uq_clause_research_question_clause_id_research_question_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_clause_research_question_public_id'))
    )
    with op.batch_alter_table('clause_research_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_research_question_research_question_id'), ['research_question_id'], unique=False)

    op.create_table('research_question_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('research_question_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Enum('clarify', 'merge', 'note_feasibility', 'prioritise', 'include', 'reframe', 'park', 'decline', 'reopen', name='step', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_before', sa.Enum('raised', 'clarified', 'merged', 'feasibility_noted', 'prioritised', 'included', 'reframed', 'parked', 'declined', name='state_before', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_after', sa.Enum('raised', 'clarified', 'merged', 'feasibility_noted', 'prioritised', 'included', 'reframed', 'parked', 'declined', name='state_after', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['research_question_id'], ['research_question.id'], name=op.f('fk_research_question_step_research_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['account.id'], name=op.f('fk_research_question_step_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_question_step'))
    )
    with op.batch_alter_table('research_question_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_research_question_step_research_question_id'), ['research_question_id'], unique=False)

    op.create_table('research_question_support',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('research_question_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('supported_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_research_question_support_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['research_question_id'], ['research_question.id'], name=op.f('fk_research_question_support_research_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_question_support')),
    sa.UniqueConstraint('research_question_id', 'participant_id', name=op.f('uq_research_question_support_research_question_id_participant_id'))
    )
    with op.batch_alter_table('research_question_support', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_research_question_support_participant_id'), ['participant_id'], unique=False)

    op.create_table('research_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('research_question_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['research_question_id'], ['research_question.id'], name=op.f('fk_research_wording_research_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_research_wording_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_wording')),
    sa.UniqueConstraint('research_question_id', 'version', name=op.f('uq_research_wording_research_question_id_version'))
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("clause_research_question")
    op.drop_table("research_question_support")
    op.drop_table("research_question_step")
    op.drop_table("research_wording")
    op.drop_table("research_question")
