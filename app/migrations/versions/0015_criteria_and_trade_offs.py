"""Criteria and the trade-off grid, tasks of stages, points on cards from comments, support for combinations."""

import json
import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

TARGETS = ("prompt_id", "statement_id", "model_id", "parent_id", "version_id")
"""What a comment could answer before."""
QUESTIONS = ("who_sets_rules", "who_decides", "can_say_no", "who_checks")


def _one_of(columns: tuple[str, ...]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def upgrade() -> None:
    """Nine tables; a comment may answer a task of a stage; combinations know which others are the same."""
    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_criterion_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['replaces_id'], ['criterion.id'], name=op.f('fk_criterion_replaces_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_criterion_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('public_id', name=op.f('uq_criterion_public_id'))
    )
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_dialogue_id'), ['dialogue_id'], unique=False)

    op.create_table('gathered_combination',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=400), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_gathered_combination_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gathered_combination')),
    sa.UniqueConstraint('dialogue_id', 'key', name=op.f('uq_gathered_combination_dialogue_id_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_gathered_combination_public_id'))
    )
    op.create_table('stage_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('task', sa.Enum('check_criteria', 'fill_grid', 'weigh_combinations', name='task', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_task_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_task')),
    sa.UniqueConstraint('public_id', name=op.f('uq_stage_task_public_id')),
    sa.UniqueConstraint('stage_id', 'task', name=op.f('uq_stage_task_stage_id_task'))
    )
    op.create_table('card_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('model_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('for', 'against', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_card_point_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['model_id'], ['stewardship_model.id'], name=op.f('fk_card_point_model_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['account.id'], name=op.f('fk_card_point_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_point')),
    sa.UniqueConstraint('public_id', name=op.f('uq_card_point_public_id'))
    )
    with op.batch_alter_table('card_point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_point_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_point_model_id'), ['model_id'], unique=False)

    op.create_table('combination_support',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('gathered_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('support', sa.Enum('support', 'could_live_with_it', 'do_not_support', name='support', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_combination_support_comment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['gathered_id'], ['gathered_combination.id'], name=op.f('fk_combination_support_gathered_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_combination_support_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_combination_support_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_combination_support')),
    sa.UniqueConstraint('participant_id', 'gathered_id', name=op.f('uq_combination_support_participant_id_gathered_id'))
    )
    with op.batch_alter_table('combination_support', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_combination_support_gathered_id'), ['gathered_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_combination_support_stage_id'), ['stage_id'], unique=False)

    op.create_table('criteria_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('that_is_it', 'something_missing', 'disagree_with_question', name='answer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_criteria_check_comment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_criteria_check_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_criteria_check_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria_check')),
    sa.UniqueConstraint('participant_id', 'stage_id', name=op.f('uq_criteria_check_participant_id_stage_id'))
    )
    with op.batch_alter_table('criteria_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criteria_check_stage_id'), ['stage_id'], unique=False)

    op.create_table('criterion_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_criterion_source_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_criterion_source_criterion_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion_source')),
    sa.UniqueConstraint('criterion_id', 'comment_id', name=op.f('uq_criterion_source_criterion_id_comment_id'))
    )
    with op.batch_alter_table('criterion_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_source_comment_id'), ['comment_id'], unique=False)

    op.create_table('grid_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('approach', sa.Enum('delegated', 'collective', 'individual', 'general', name='approach', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('mark', sa.Enum('meets', 'partly', 'fails', 'not_sure', name='mark', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(CASE WHEN participant_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN table_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_grid_mark_one_filler')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_grid_mark_comment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_grid_mark_criterion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_grid_mark_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_grid_mark_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_grid_mark_table_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grid_mark')),
    sa.UniqueConstraint('stage_id', 'participant_id', 'criterion_id', 'approach', name=op.f('uq_grid_mark_stage_id_participant_id_criterion_id_approach')),
    sa.UniqueConstraint('stage_id', 'table_id', 'criterion_id', 'approach', name=op.f('uq_grid_mark_stage_id_table_id_criterion_id_approach'))
    )
    with op.batch_alter_table('grid_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grid_mark_criterion_id'), ['criterion_id'], unique=False)
        batch_op.create_index('ix_grid_mark_participant_id', ['participant_id'], unique=False)

    op.create_table('grid_verdict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('verdict', sa.Enum('delegated', 'collective', 'individual', 'a_mix', 'none_meets_it', 'no_access', 'disagree_with_question', 'not_sure', name='verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(CASE WHEN participant_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN table_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_grid_verdict_one_filler')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_grid_verdict_comment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_grid_verdict_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_grid_verdict_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_grid_verdict_table_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grid_verdict')),
    sa.UniqueConstraint('stage_id', 'participant_id', name=op.f('uq_grid_verdict_stage_id_participant_id')),
    sa.UniqueConstraint('stage_id', 'table_id', name=op.f('uq_grid_verdict_stage_id_table_id'))
    )
    with op.batch_alter_table('grid_verdict', schema=None) as batch_op:
        batch_op.create_index('ix_grid_verdict_participant_id', ['participant_id'], unique=False)

    with op.batch_alter_table('combination', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answers_key', sa.String(length=400), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_combination_answers_key'), ['answers_key'], unique=False)

    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('task_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_comment_task_id'), ['task_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_comment_task_id'), 'stage_task', ['task_id'], ['id'], ondelete='CASCADE')
        batch_op.drop_constraint(batch_op.f('ck_comment_one_target'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_comment_one_target'), sa.text(_one_of((*TARGETS, 'task_id'))))
    _gather_combinations()


def _gather_combinations() -> None:
    """Gives each combination its key, and each dialogue one row for each key in it."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT combination.id, combination.answers, participant.dialogue_id FROM combination"
            " JOIN participant ON participant.id = combination.participant_id ORDER BY combination.id"
        )
    ).all()
    gathered = sa.table(
        "gathered_combination",
        sa.column("dialogue_id", sa.Integer()),
        sa.column("key", sa.String()),
        sa.column("answers", sa.JSON()),
        sa.column("public_id", sa.Uuid()),
    )
    known: set[tuple[int, str]] = set()
    for row_id, stored, dialogue_id in rows:
        answers: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
        key = "|".join(str(answers.get(question, "")) for question in QUESTIONS)
        connection.execute(
            sa.text("UPDATE combination SET answers_key = :key WHERE id = :id"), {"key": key, "id": row_id}
        )
        if (dialogue_id, key) not in known:
            known.add((dialogue_id, key))
            values = {"dialogue_id": dialogue_id, "key": key, "answers": answers, "public_id": uuid.uuid4()}
            connection.execute(gathered.insert(), [values])


def downgrade() -> None:
    """Takes them out; refused by the database where a comment answers a task."""
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_comment_one_target'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_comment_one_target'), sa.text(_one_of(TARGETS)))
        batch_op.drop_constraint(batch_op.f('fk_comment_task_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_comment_task_id'))
        batch_op.drop_column('task_id')

    with op.batch_alter_table('combination', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_combination_answers_key'))
        batch_op.drop_column('answers_key')

    with op.batch_alter_table('grid_verdict', schema=None) as batch_op:
        batch_op.drop_index('ix_grid_verdict_participant_id')

    op.drop_table('grid_verdict')
    with op.batch_alter_table('grid_mark', schema=None) as batch_op:
        batch_op.drop_index('ix_grid_mark_participant_id')
        batch_op.drop_index(batch_op.f('ix_grid_mark_criterion_id'))

    op.drop_table('grid_mark')
    with op.batch_alter_table('criterion_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criterion_source_comment_id'))

    op.drop_table('criterion_source')
    with op.batch_alter_table('criteria_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criteria_check_stage_id'))

    op.drop_table('criteria_check')
    with op.batch_alter_table('combination_support', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_combination_support_stage_id'))
        batch_op.drop_index(batch_op.f('ix_combination_support_gathered_id'))

    op.drop_table('combination_support')
    with op.batch_alter_table('card_point', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_point_model_id'))
        batch_op.drop_index(batch_op.f('ix_card_point_comment_id'))

    op.drop_table('card_point')
    op.drop_table('stage_task')
    op.drop_table('gathered_combination')
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criterion_dialogue_id'))

    op.drop_table('criterion')
