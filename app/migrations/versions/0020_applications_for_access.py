"""Data assets, applications for access, their people, moves and steps; assessments, harms and kept versions."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Eleven new tables; nothing that was there changes."""
    op.create_table('data_asset',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('controller', sa.String(length=200), nullable=False),
    sa.Column('holds', sa.Text(), nullable=False),
    sa.Column('size', sa.String(length=200), nullable=False),
    sa.Column('limits', sa.Text(), nullable=False),
    sa.Column('window_limit_days', sa.Integer(), nullable=True),
    sa.Column('harm_points', sa.Integer(), nullable=False),
    sa.Column('chair_account_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('harm_points IN (3, 5)', name=op.f('ck_data_asset_harm_points')),
    sa.CheckConstraint('window_limit_days IS NULL OR window_limit_days > 0', name=op.f('ck_data_asset_window_limit_days')),
    sa.ForeignKeyConstraint(['chair_account_id'], ['account.id'], name=op.f('fk_data_asset_chair_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_data_asset_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_asset')),
    sa.UniqueConstraint('public_id', name=op.f('uq_data_asset_public_id'))
    )
    with op.batch_alter_table('data_asset', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_data_asset_chair_account_id'), ['chair_account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_data_asset_dialogue_id'), ['dialogue_id'], unique=False)

    op.create_table('example_assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_example_assessment_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_example_assessment')),
    sa.UniqueConstraint('dialogue_id', name=op.f('uq_example_assessment_dialogue_id'))
    )
    op.create_table('access_application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('route', sa.Enum('research', 'train', 'test', name='route', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'screened_out', 'screened_in', 'workshop_scheduled', 'workshop_held', 'notes_checked', 'synthesis', 'resubmitted', 'panel_review', 'committee_review', 'query', 'response', 'granted', 'granted_with_conditions', 'revise', 'declined', 'response_window', 'published', 'unpublished_by_choice', 'review_due', 'iterating', 'superseded', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('environment', sa.Enum('secure', 'extract', name='environment', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('opt_out', sa.Enum('applied', 'not_applied', name='opt_out', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('window_from', sa.Date(), nullable=True),
    sa.Column('window_until', sa.Date(), nullable=True),
    sa.Column('contact_name', sa.String(length=200), nullable=False),
    sa.Column('contact_email', sa.String(length=320), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('pen_account_id', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('wants_publication', sa.Boolean(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['data_asset.id'], name=op.f('fk_access_application_asset_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_access_application_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pen_account_id'], ['account.id'], name=op.f('fk_access_application_pen_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['replaces_id'], ['access_application.id'], name=op.f('fk_access_application_replaces_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_application')),
    sa.UniqueConstraint('asset_id', 'number', name=op.f('uq_access_application_asset_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_access_application_public_id'))
    )
    with op.batch_alter_table('access_application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_application_pen_account_id'), ['pen_account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_application_replaces_id'), ['replaces_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_application_state'), ['state'], unique=False)

    op.create_table('application_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('state_before', sa.Enum('draft', 'submitted', 'screened_out', 'screened_in', 'workshop_scheduled', 'workshop_held', 'notes_checked', 'synthesis', 'resubmitted', 'panel_review', 'committee_review', 'query', 'response', 'granted', 'granted_with_conditions', 'revise', 'declined', 'response_window', 'published', 'unpublished_by_choice', 'review_due', 'iterating', 'superseded', 'closed', name='state_before', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_after', sa.Enum('draft', 'submitted', 'screened_out', 'screened_in', 'workshop_scheduled', 'workshop_held', 'notes_checked', 'synthesis', 'resubmitted', 'panel_review', 'committee_review', 'query', 'response', 'granted', 'granted_with_conditions', 'revise', 'declined', 'response_window', 'published', 'unpublished_by_choice', 'review_due', 'iterating', 'superseded', 'closed', name='state_after', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('moved_as', sa.Enum('applicant', 'facilitator', 'rapporteur', 'committee', 'chair', 'program', name='moved_as', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('moved_by_id', sa.Integer(), nullable=True),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_application_move_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['moved_by_id'], ['account.id'], name=op.f('fk_application_move_moved_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_move'))
    )
    with op.batch_alter_table('application_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_move_application_id'), ['application_id'], unique=False)

    op.create_table('application_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('lead', 'note_taker', 'team', 'developer', name='part', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_application_person_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_application_person_application_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_person')),
    sa.UniqueConstraint('application_id', 'account_id', name=op.f('uq_application_person_application_id_account_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_application_person_public_id'))
    )
    with op.batch_alter_table('application_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_person_account_id'), ['account_id'], unique=False)

    op.create_table('application_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=2), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('planned_minutes', sa.Integer(), nullable=True),
    sa.Column('actual_minutes', sa.Integer(), nullable=True),
    sa.CheckConstraint('actual_minutes IS NULL OR actual_minutes >= 0', name=op.f('ck_application_step_actual_minutes')),
    sa.CheckConstraint('planned_minutes IS NULL OR planned_minutes >= 0', name=op.f('ck_application_step_planned_minutes')),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_application_step_application_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_step')),
    sa.UniqueConstraint('application_id', 'step', name=op.f('uq_application_step_application_id_step'))
    )
    op.create_table('assessment_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edited_by_id', sa.Integer(), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_assessment_answer_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['edited_by_id'], ['account.id'], name=op.f('fk_assessment_answer_edited_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_answer')),
    sa.UniqueConstraint('application_id', 'question', name=op.f('uq_assessment_answer_application_id_question'))
    )
    op.create_table('assessment_suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('open', 'taken', 'partly', 'not_taken', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('suggested_by_id', sa.Integer(), nullable=True),
    sa.Column('suggested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_assessment_suggestion_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['suggested_by_id'], ['account.id'], name=op.f('fk_assessment_suggestion_suggested_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_suggestion')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assessment_suggestion_public_id'))
    )
    with op.batch_alter_table('assessment_suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_suggestion_application_id'), ['application_id'], unique=False)

    op.create_table('assessment_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.Enum('draft', 'submitted', 'screened_out', 'screened_in', 'workshop_scheduled', 'workshop_held', 'notes_checked', 'synthesis', 'resubmitted', 'panel_review', 'committee_review', 'query', 'response', 'granted', 'granted_with_conditions', 'revise', 'declined', 'response_window', 'published', 'unpublished_by_choice', 'review_due', 'iterating', 'superseded', 'closed', name='occasion', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('kept_by_id', sa.Integer(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_assessment_version_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kept_by_id'], ['account.id'], name=op.f('fk_assessment_version_kept_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_version')),
    sa.UniqueConstraint('application_id', 'number', name=op.f('uq_assessment_version_application_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assessment_version_public_id'))
    )
    op.create_table('harm',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('stakeholder', sa.String(length=200), nullable=False),
    sa.Column('scenario', sa.Enum('best', 'most_likely', 'worst_intended', 'worst_failing', name='scenario', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('importance', sa.Integer(), nullable=True),
    sa.Column('urgency', sa.Integer(), nullable=True),
    sa.Column('difficulty', sa.Integer(), nullable=True),
    sa.Column('detectability', sa.Integer(), nullable=True),
    sa.Column('rated_by_id', sa.Integer(), nullable=True),
    sa.Column('mitigation', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edited_by_id', sa.Integer(), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('detectability IS NULL OR (detectability BETWEEN 1 AND 5)', name=op.f('ck_harm_detectability')),
    sa.CheckConstraint('difficulty IS NULL OR (difficulty BETWEEN 1 AND 5)', name=op.f('ck_harm_difficulty')),
    sa.CheckConstraint('importance IS NULL OR (importance BETWEEN 1 AND 5)', name=op.f('ck_harm_importance')),
    sa.CheckConstraint('urgency IS NULL OR (urgency BETWEEN 1 AND 5)', name=op.f('ck_harm_urgency')),
    sa.ForeignKeyConstraint(['application_id'], ['access_application.id'], name=op.f('fk_harm_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['edited_by_id'], ['account.id'], name=op.f('fk_harm_edited_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['rated_by_id'], ['account.id'], name=op.f('fk_harm_rated_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_harm')),
    sa.UniqueConstraint('public_id', name=op.f('uq_harm_public_id'))
    )
    with op.batch_alter_table('harm', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_harm_application_id'), ['application_id'], unique=False)



def downgrade() -> None:
    """Drops them."""
    with op.batch_alter_table('harm', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_harm_application_id'))

    op.drop_table('harm')
    op.drop_table('assessment_version')
    with op.batch_alter_table('assessment_suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_suggestion_application_id'))

    op.drop_table('assessment_suggestion')
    op.drop_table('assessment_answer')
    op.drop_table('application_step')
    with op.batch_alter_table('application_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_person_account_id'))

    op.drop_table('application_person')
    with op.batch_alter_table('application_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_move_application_id'))

    op.drop_table('application_move')
    with op.batch_alter_table('access_application', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_application_state'))
        batch_op.drop_index(batch_op.f('ix_access_application_replaces_id'))
        batch_op.drop_index(batch_op.f('ix_access_application_pen_account_id'))

    op.drop_table('access_application')
    op.drop_table('example_assessment')
    with op.batch_alter_table('data_asset', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_data_asset_dialogue_id'))
        batch_op.drop_index(batch_op.f('ix_data_asset_chair_account_id'))

    op.drop_table('data_asset')
