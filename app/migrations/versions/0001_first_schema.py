"""The first schema."""

import sqlalchemy as sa
from alembic import op

from app.migrations.triggers import drop_triggers, make_triggers


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('display_name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('may_create_dialogues', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('public_id', name=op.f('uq_account_public_id'))
    )
    op.create_table('dialogue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('short_title', sa.String(length=200), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('welcome', sa.Text(), nullable=False),
    sa.Column('how_it_is_used', sa.Text(), nullable=False),
    sa.Column('thank_you', sa.Text(), nullable=False),
    sa.Column('notice', sa.Text(), nullable=False),
    sa.Column('organiser', sa.String(length=200), nullable=False),
    sa.Column('contact_name', sa.String(length=200), nullable=False),
    sa.Column('contact_phone', sa.String(length=40), nullable=False),
    sa.Column('mode', sa.Enum('panel', 'open', name='mode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('timezone', sa.String(length=60), nullable=False),
    sa.Column('join_code', sa.String(length=20), nullable=False),
    sa.Column('is_synthetic', sa.Boolean(), nullable=False),
    sa.Column('moderates_first', sa.Boolean(), nullable=False),
    sa.Column('attribution', sa.Text(), nullable=False),
    sa.Column('approaches', sa.JSON(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('kit', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue')),
    sa.UniqueConstraint('join_code', name=op.f('uq_dialogue_join_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_dialogue_public_id'))
    )
    op.create_table('code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('include', sa.Text(), nullable=False),
    sa.Column('exclude', sa.Text(), nullable=False),
    sa.Column('example', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_code_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_code')),
    sa.UniqueConstraint('dialogue_id', 'key', name=op.f('uq_code_dialogue_id_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_code_public_id'))
    )
    op.create_table('consent_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('privacy_notice', 'take_part', 'quotes', 'recording', 'contact_later', 'machine_sorting', name='purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_consent_text_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_text')),
    sa.UniqueConstraint('dialogue_id', 'purpose', 'lang', 'version', name=op.f('uq_consent_text_dialogue_id_purpose_lang_version'))
    )
    op.create_table('dialogue_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'paused', 'closing', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_dialogue_session_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_session')),
    sa.UniqueConstraint('dialogue_id', 'number', name=op.f('uq_dialogue_session_dialogue_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_dialogue_session_public_id'))
    )
    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('dialogue_created', 'dialogue_edited', 'dialogue_imported', 'membership_granted', 'membership_ended', 'seat_added', 'seat_edited', 'invitation_issued', 'lobby_entered', 'lobby_matched', 'lobby_refused', 'participant_joined', 'participant_left', 'device_added', 'device_left', 'return_code_issued', 'consent_recorded', 'session_edited', 'session_opened', 'session_paused', 'session_closed', 'stage_edited', 'stage_opened', 'stage_paused', 'stage_closed', 'stage_started', 'stage_finished', 'material_edited', 'glossary_edited', 'material_read', 'questionnaire_edited', 'model_edited', 'model_rated', 'combination_made', 'statement_added', 'statement_edited', 'statement_placed', 'statement_withdrawn', 'statement_shown', 'statement_skipped', 'vote_cast', 'vote_undone', 'pass_explained', 'comment_added', 'comment_withdrawn', 'words_approved', 'words_refused', 'moderation_undone', 'response_saved', 'analysis_requested', 'snapshot_taken', 'theme_edited', 'finding_written', 'clause_written', 'clause_removed', 'evidence_linked', 'evidence_unlinked', 'terms_published', 'terms_exported', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_role', sa.String(length=40), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('commitment', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_event_dialogue_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('event_id', name=op.f('uq_event_event_id'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_dialogue_id'), ['dialogue_id'], unique=False)

    op.create_table('glossary_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('term', sa.String(length=200), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('also', sa.JSON(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_glossary_term_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glossary_term')),
    sa.UniqueConstraint('dialogue_id', 'lang', 'term', name=op.f('uq_glossary_term_dialogue_id_lang_term')),
    sa.UniqueConstraint('public_id', name=op.f('uq_glossary_term_public_id'))
    )
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('progress', sa.String(length=200), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_job_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_dialogue_id'), ['dialogue_id'], unique=False)
        batch_op.create_index('ix_job_state_created', ['state', 'created_at'], unique=False)

    op.create_table('login',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_login_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_login_token_digest'))
    )
    op.create_table('material',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('is_invented', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_material_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material')),
    sa.UniqueConstraint('dialogue_id', 'key', name=op.f('uq_material_dialogue_id_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_material_public_id'))
    )
    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('participant', 'facilitator', 'analyst', 'commissioner', 'overseer', 'applicant', 'panel_member', 'committee_member', 'evaluator', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_membership_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_membership_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('account_id', 'dialogue_id', 'role', name=op.f('uq_membership_account_id_dialogue_id_role')),
    sa.UniqueConstraint('public_id', name=op.f('uq_membership_public_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_dialogue_id'), ['dialogue_id'], unique=False)

    op.create_table('participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('pseudonym', sa.String(length=200), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('external_id', sa.String(length=64), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_participant_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('dialogue_id', 'pseudonym', name=op.f('uq_participant_dialogue_id_pseudonym')),
    sa.UniqueConstraint('public_id', name=op.f('uq_participant_public_id'))
    )
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.create_index('ix_participant_dialogue_external', ['dialogue_id', 'external_id'], unique=False)

    op.create_table('questionnaire',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_questionnaire_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire')),
    sa.UniqueConstraint('dialogue_id', 'key', name=op.f('uq_questionnaire_dialogue_id_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_questionnaire_public_id'))
    )
    op.create_table('seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_seat_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('dialogue_id', 'number', name=op.f('uq_seat_dialogue_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_seat_public_id'))
    )
    op.create_table('snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('inputs_digest', sa.String(length=64), nullable=False),
    sa.Column('result_digest', sa.String(length=64), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('last_vote_id', sa.Integer(), nullable=False),
    sa.Column('is_synthetic', sa.Boolean(), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_snapshot_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['account.id'], name=op.f('fk_snapshot_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot')),
    sa.UniqueConstraint('dialogue_id', 'number', name=op.f('uq_snapshot_dialogue_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_snapshot_public_id'))
    )
    op.create_table('stewardship_model',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('approaches', sa.JSON(), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('plain', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('points_for', sa.JSON(), nullable=False),
    sa.Column('points_against', sa.JSON(), nullable=False),
    sa.Column('rung_claimed', sa.Enum('below_inform', 'inform', 'consult', 'involve', 'collaborate', 'empower', name='rung_claimed', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('rung_evidenced', sa.Enum('below_inform', 'inform', 'consult', 'involve', 'collaborate', 'empower', name='rung_evidenced', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_stewardship_model_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stewardship_model')),
    sa.UniqueConstraint('dialogue_id', 'key', name=op.f('uq_stewardship_model_dialogue_id_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_stewardship_model_public_id'))
    )
    op.create_table('terms_of_reference',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('introduction', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_terms_of_reference_dialogue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_of_reference')),
    sa.UniqueConstraint('dialogue_id', name=op.f('uq_terms_of_reference_dialogue_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_terms_of_reference_public_id'))
    )
    op.create_table('breakout_table',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_breakout_table_session_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breakout_table')),
    sa.UniqueConstraint('session_id', 'number', name=op.f('uq_breakout_table_session_id_number'))
    )
    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('privacy_notice', 'take_part', 'quotes', 'recording', 'contact_later', 'machine_sorting', name='purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_consent_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_participant_id'), ['participant_id'], unique=False)

    op.create_table('event_payload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(length=64), nullable=False),
    sa.Column('object_kind', sa.String(length=40), nullable=False),
    sa.Column('object_ref', sa.String(length=64), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('salt', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_payload_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_payload')),
    sa.UniqueConstraint('event_id', name=op.f('uq_event_payload_event_id'))
    )
    with op.batch_alter_table('event_payload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_payload_object_ref'), ['object_ref'], unique=False)

    op.create_table('event_seal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_event_seal_dialogue_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_seal_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_seal')),
    sa.UniqueConstraint('dialogue_id', 'seq', name=op.f('uq_event_seal_dialogue_id_seq')),
    sa.UniqueConstraint('event_id', name=op.f('uq_event_seal_event_id'))
    )
    op.create_table('finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('limits', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_finding_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_finding_snapshot_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_finding_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('dialogue_id', 'number', name=op.f('uq_finding_dialogue_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_finding_public_id'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_snapshot_id'), ['snapshot_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_invitation_seat_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_invitation_token_digest'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_seat_id'), ['seat_id'], unique=False)

    op.create_table('material_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('material_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['material_id'], ['material.id'], name=op.f('fk_material_version_material_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material_version')),
    sa.UniqueConstraint('material_id', 'number', name=op.f('uq_material_version_material_id_number'))
    )
    op.create_table('model_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('model_id', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['model_id'], ['stewardship_model.id'], name=op.f('fk_model_reading_model_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_model_reading_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_model_reading')),
    sa.UniqueConstraint('participant_id', 'model_id', name=op.f('uq_model_reading_participant_id_model_id'))
    )
    with op.batch_alter_table('model_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_model_reading_model_id'), ['model_id'], unique=False)

    op.create_table('participant_device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_participant_device_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant_device')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_participant_device_token_digest'))
    )
    with op.batch_alter_table('participant_device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_device_participant_id'), ['participant_id'], unique=False)

    op.create_table('return_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('code_hmac', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_return_code_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_code')),
    sa.UniqueConstraint('code_hmac', name=op.f('uq_return_code_code_hmac'))
    )
    with op.batch_alter_table('return_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_return_code_participant_id'), ['participant_id'], unique=False)

    op.create_table('stage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('learn', 'survey', 'discuss', 'vote', 'compare', 'draft', 'prioritise', 'ratify', 'break', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('intro', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('setting', sa.Enum('plenary', 'tables', 'alone', name='setting', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'paused', 'closing', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('questionnaire_id', sa.Integer(), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_stage_minutes')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_stage_questionnaire_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_stage_session_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage')),
    sa.UniqueConstraint('public_id', name=op.f('uq_stage_public_id'))
    )
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_session_id'), ['session_id'], unique=False)

    op.create_table('terms_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('terms_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('evidence_needed', sa.Text(), nullable=False),
    sa.Column('guidance', sa.Text(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['terms_id'], ['terms_of_reference.id'], name=op.f('fk_terms_section_terms_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_section')),
    sa.UniqueConstraint('public_id', name=op.f('uq_terms_section_public_id')),
    sa.UniqueConstraint('terms_id', 'number', name=op.f('uq_terms_section_terms_id_number'))
    )
    op.create_table('theme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('finalised_by_id', sa.Integer(), nullable=True),
    sa.Column('finalised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['finalised_by_id'], ['account.id'], name=op.f('fk_theme_finalised_by_id')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_theme_snapshot_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme')),
    sa.UniqueConstraint('public_id', name=op.f('uq_theme_public_id'))
    )
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_theme_snapshot_id'), ['snapshot_id'], unique=False)

    op.create_table('vault_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_vault_contact_seat_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vault_contact')),
    sa.UniqueConstraint('seat_id', name=op.f('uq_vault_contact_seat_id'))
    )
    op.create_table('vault_lobby_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('matched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_vault_lobby_entry_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_vault_lobby_entry_seat_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vault_lobby_entry')),
    sa.UniqueConstraint('public_id', name=op.f('uq_vault_lobby_entry_public_id')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_vault_lobby_entry_token_digest'))
    )
    with op.batch_alter_table('vault_lobby_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vault_lobby_entry_dialogue_id'), ['dialogue_id'], unique=False)

    op.create_table('vault_seat_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_vault_seat_link_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_vault_seat_link_seat_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vault_seat_link')),
    sa.UniqueConstraint('participant_id', name=op.f('uq_vault_seat_link_participant_id')),
    sa.UniqueConstraint('seat_id', name=op.f('uq_vault_seat_link_seat_id'))
    )
    op.create_table('clause',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['section_id'], ['terms_section.id'], name=op.f('fk_clause_section_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause')),
    sa.UniqueConstraint('public_id', name=op.f('uq_clause_public_id'))
    )
    with op.batch_alter_table('clause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_section_id'), ['section_id'], unique=False)

    op.create_table('combination',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_combination_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_combination_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_combination')),
    sa.UniqueConstraint('participant_id', 'stage_id', name=op.f('uq_combination_participant_id_stage_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_combination_public_id'))
    )
    with op.batch_alter_table('combination', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_combination_stage_id'), ['stage_id'], unique=False)

    op.create_table('material_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_material_reading_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['material_version.id'], name=op.f('fk_material_reading_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material_reading')),
    sa.UniqueConstraint('participant_id', 'version_id', name=op.f('uq_material_reading_participant_id_version_id'))
    )
    with op.batch_alter_table('material_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_reading_version_id'), ['version_id'], unique=False)

    op.create_table('model_rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('model_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('rating', sa.Enum('strongly_support', 'support', 'neither', 'oppose', 'strongly_oppose', 'need_to_know_more', name='rating', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('acceptance', sa.Enum('could_accept', 'could_not', name='acceptance', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('difference', sa.Text(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('rated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['model_id'], ['stewardship_model.id'], name=op.f('fk_model_rating_model_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_model_rating_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_model_rating_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_model_rating')),
    sa.UniqueConstraint('participant_id', 'model_id', 'stage_id', name=op.f('uq_model_rating_participant_id_model_id_stage_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_model_rating_public_id'))
    )
    with op.batch_alter_table('model_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_model_rating_model_id'), ['model_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_model_rating_stage_id'), ['stage_id'], unique=False)

    op.create_table('prompt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_prompt_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prompt')),
    sa.UniqueConstraint('public_id', name=op.f('uq_prompt_public_id')),
    sa.UniqueConstraint('stage_id', 'place', name=op.f('uq_prompt_stage_id_place'))
    )
    op.create_table('response',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_response_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_response_questionnaire_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_response_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response')),
    sa.UniqueConstraint('participant_id', 'questionnaire_id', 'stage_id', name=op.f('uq_response_participant_id_questionnaire_id_stage_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_response_public_id'))
    )
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_questionnaire_id'), ['questionnaire_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_response_stage_id'), ['stage_id'], unique=False)

    op.create_table('stage_material',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('material_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['material_id'], ['material.id'], name=op.f('fk_stage_material_material_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_material_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_material')),
    sa.UniqueConstraint('stage_id', 'material_id', name=op.f('uq_stage_material_stage_id_material_id'))
    )
    with op.batch_alter_table('stage_material', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_material_material_id'), ['material_id'], unique=False)

    op.create_table('stage_model',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('model_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['model_id'], ['stewardship_model.id'], name=op.f('fk_stage_model_model_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_model_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_model')),
    sa.UniqueConstraint('stage_id', 'model_id', name=op.f('uq_stage_model_stage_id_model_id'))
    )
    with op.batch_alter_table('stage_model', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_model_model_id'), ['model_id'], unique=False)

    op.create_table('stage_progress',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_stage_progress_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_progress_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_progress')),
    sa.UniqueConstraint('participant_id', 'stage_id', name=op.f('uq_stage_progress_participant_id_stage_id'))
    )
    with op.batch_alter_table('stage_progress', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_progress_stage_id'), ['stage_id'], unique=False)

    op.create_table('statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('origin', sa.Enum('seed', 'participant', 'derived', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('approach', sa.Enum('delegated', 'collective', 'individual', 'general', name='approach', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stance', sa.Enum('supports', 'criticises', 'opposes_access', name='stance', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('derived_from_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('is_meta', sa.Boolean(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('external_id', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['participant.id'], name=op.f('fk_statement_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['derived_from_id'], ['statement.id'], name=op.f('fk_statement_derived_from_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_statement_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_statement_stage_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_statement_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement')),
    sa.UniqueConstraint('dialogue_id', 'number', name=op.f('uq_statement_dialogue_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_statement_public_id'))
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_dialogue_id'), ['dialogue_id'], unique=False)

    op.create_table('table_seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_table_seat_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_table_seat_session_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_table_seat_table_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_table_seat')),
    sa.UniqueConstraint('session_id', 'participant_id', name=op.f('uq_table_seat_session_id_participant_id'))
    )
    with op.batch_alter_table('table_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_table_seat_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_table_seat_table_id'), ['table_id'], unique=False)

    op.create_table('clause_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('participants', 'commissioner', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_clause_wording_clause_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_clause_wording_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_wording')),
    sa.UniqueConstraint('clause_id', 'version', name=op.f('uq_clause_wording_clause_id_version'))
    )
    op.create_table('comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('prompt_id', sa.Integer(), nullable=True),
    sa.Column('statement_id', sa.Integer(), nullable=True),
    sa.Column('model_id', sa.Integer(), nullable=True),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(CASE WHEN prompt_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN model_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_comment_one_target')),
    sa.ForeignKeyConstraint(['author_id'], ['participant.id'], name=op.f('fk_comment_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_comment_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['model_id'], ['stewardship_model.id'], name=op.f('fk_comment_model_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['parent_id'], ['comment.id'], name=op.f('fk_comment_parent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['prompt_id'], ['prompt.id'], name=op.f('fk_comment_prompt_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_comment_session_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_comment_stage_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_comment_statement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_comment_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_comment_public_id'))
    )
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_dialogue_id'), ['dialogue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_model_id'), ['model_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_prompt_id'), ['prompt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_stage_id'), ['stage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_statement_id'), ['statement_id'], unique=False)

    op.create_table('condition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_condition_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_condition_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_condition')),
    sa.UniqueConstraint('public_id', name=op.f('uq_condition_public_id'))
    )
    with op.batch_alter_table('condition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_condition_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_condition_statement_id'), ['statement_id'], unique=False)

    op.create_table('evidence_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('stance', sa.Enum('supports', 'tempers', name='stance', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_evidence_link_clause_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_evidence_link_finding_id')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['account.id'], name=op.f('fk_evidence_link_linked_by_id')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_evidence_link_snapshot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_link')),
    sa.UniqueConstraint('clause_id', 'finding_id', name=op.f('uq_evidence_link_clause_id_finding_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_evidence_link_public_id'))
    )
    with op.batch_alter_table('evidence_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_link_finding_id'), ['finding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_link_snapshot_id'), ['snapshot_id'], unique=False)

    op.create_table('exposure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('probability', sa.Double(), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_exposure_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_exposure_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_exposure_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exposure'))
    )
    with op.batch_alter_table('exposure', schema=None) as batch_op:
        batch_op.create_index('ix_exposure_participant_stage', ['participant_id', 'stage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exposure_stage_id'), ['stage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exposure_statement_id'), ['statement_id'], unique=False)

    op.create_table('stage_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('is_pinned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_statement_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_stage_statement_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_statement')),
    sa.UniqueConstraint('stage_id', 'statement_id', name=op.f('uq_stage_statement_stage_id_statement_id'))
    )
    with op.batch_alter_table('stage_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_statement_statement_id'), ['statement_id'], unique=False)

    op.create_table('vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_key', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('is_important', sa.Boolean(), nullable=False),
    sa.Column('pass_reason', sa.Enum('not_sure', 'it_depends', 'dont_understand', 'rather_not_say', name='pass_reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('stage_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('cast_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('position IN (-1, 0, 1)', name=op.f('ck_vote_position')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_vote_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_vote_session_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_vote_stage_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_vote_statement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['breakout_table.id'], name=op.f('fk_vote_table_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vote')),
    sa.UniqueConstraint('client_key', name=op.f('uq_vote_client_key'))
    )
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vote_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vote_statement_id'), ['statement_id'], unique=False)

    op.create_table('citation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('theme', 'statement', 'comment', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stance', sa.Enum('supports', 'tempers', name='stance', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.Column('statement_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(CASE WHEN theme_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_citation_one_target')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_citation_comment_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_citation_finding_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_citation_statement_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_citation_theme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citation')),
    sa.UniqueConstraint('finding_id', 'theme_id', 'statement_id', 'comment_id', name=op.f('uq_citation_finding_id_theme_id_statement_id_comment_id'))
    )
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_citation_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_citation_finding_id'), ['finding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_citation_statement_id'), ['statement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_citation_theme_id'), ['theme_id'], unique=False)

    op.create_table('current_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('is_important', sa.Boolean(), nullable=False),
    sa.Column('cast_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('position IN (-1, 0, 1)', name=op.f('ck_current_vote_position')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_current_vote_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_current_vote_statement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vote_id'], ['vote.id'], name=op.f('fk_current_vote_vote_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_current_vote')),
    sa.UniqueConstraint('participant_id', 'statement_id', name=op.f('uq_current_vote_participant_id_statement_id')),
    sa.UniqueConstraint('vote_id', name=op.f('uq_current_vote_vote_id'))
    )
    with op.batch_alter_table('current_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_current_vote_statement_id'), ['statement_id'], unique=False)

    op.create_table('moderation_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('condition_id', sa.Integer(), nullable=True),
    sa.Column('decision', sa.Enum('approve', 'refuse', name='decision', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('state_before', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', name='state_before', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason_before', sa.Enum('off_topic', 'repeated', 'unclear', 'abuse', 'personal_data', 'legal', name='reason_before', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN condition_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_moderation_decision_one_target')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_moderation_decision_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['condition_id'], ['condition.id'], name=op.f('fk_moderation_decision_condition_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_moderation_decision_decided_by_id')),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_moderation_decision_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_moderation_decision_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_decision')),
    sa.UniqueConstraint('public_id', name=op.f('uq_moderation_decision_public_id'))
    )
    with op.batch_alter_table('moderation_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderation_decision_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_moderation_decision_condition_id'), ['condition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_moderation_decision_dialogue_id'), ['dialogue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_moderation_decision_statement_id'), ['statement_id'], unique=False)

    op.create_table('theme_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('strength', sa.Double(), nullable=False),
    sa.CheckConstraint('(statement_id IS NULL) <> (comment_id IS NULL)', name=op.f('ck_theme_member_one_target')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_theme_member_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_theme_member_statement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_theme_member_theme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_member'))
    )
    with op.batch_alter_table('theme_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_theme_member_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_theme_member_statement_id'), ['statement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_theme_member_theme_id'), ['theme_id'], unique=False)

    make_triggers(op.get_bind())


def downgrade() -> None:
    """Down."""
    drop_triggers(op.get_bind())
    with op.batch_alter_table('theme_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_theme_member_theme_id'))
        batch_op.drop_index(batch_op.f('ix_theme_member_statement_id'))
        batch_op.drop_index(batch_op.f('ix_theme_member_comment_id'))

    op.drop_table('theme_member')
    with op.batch_alter_table('moderation_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moderation_decision_statement_id'))
        batch_op.drop_index(batch_op.f('ix_moderation_decision_dialogue_id'))
        batch_op.drop_index(batch_op.f('ix_moderation_decision_condition_id'))
        batch_op.drop_index(batch_op.f('ix_moderation_decision_comment_id'))

    op.drop_table('moderation_decision')
    with op.batch_alter_table('current_vote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_current_vote_statement_id'))

    op.drop_table('current_vote')
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_citation_theme_id'))
        batch_op.drop_index(batch_op.f('ix_citation_statement_id'))
        batch_op.drop_index(batch_op.f('ix_citation_finding_id'))
        batch_op.drop_index(batch_op.f('ix_citation_comment_id'))

    op.drop_table('citation')
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vote_statement_id'))
        batch_op.drop_index(batch_op.f('ix_vote_participant_id'))

    op.drop_table('vote')
    with op.batch_alter_table('stage_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_statement_statement_id'))

    op.drop_table('stage_statement')
    with op.batch_alter_table('exposure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exposure_statement_id'))
        batch_op.drop_index(batch_op.f('ix_exposure_stage_id'))
        batch_op.drop_index('ix_exposure_participant_stage')

    op.drop_table('exposure')
    with op.batch_alter_table('evidence_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_link_snapshot_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_link_finding_id'))

    op.drop_table('evidence_link')
    with op.batch_alter_table('condition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_condition_statement_id'))
        batch_op.drop_index(batch_op.f('ix_condition_participant_id'))

    op.drop_table('condition')
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comment_statement_id'))
        batch_op.drop_index(batch_op.f('ix_comment_stage_id'))
        batch_op.drop_index(batch_op.f('ix_comment_prompt_id'))
        batch_op.drop_index(batch_op.f('ix_comment_parent_id'))
        batch_op.drop_index(batch_op.f('ix_comment_model_id'))
        batch_op.drop_index(batch_op.f('ix_comment_dialogue_id'))
        batch_op.drop_index(batch_op.f('ix_comment_author_id'))

    op.drop_table('comment')
    op.drop_table('clause_wording')
    with op.batch_alter_table('table_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_table_seat_table_id'))
        batch_op.drop_index(batch_op.f('ix_table_seat_participant_id'))

    op.drop_table('table_seat')
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statement_dialogue_id'))
        batch_op.drop_index(batch_op.f('ix_statement_author_id'))

    op.drop_table('statement')
    with op.batch_alter_table('stage_progress', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_progress_stage_id'))

    op.drop_table('stage_progress')
    with op.batch_alter_table('stage_model', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_model_model_id'))

    op.drop_table('stage_model')
    with op.batch_alter_table('stage_material', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_material_material_id'))

    op.drop_table('stage_material')
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_response_stage_id'))
        batch_op.drop_index(batch_op.f('ix_response_questionnaire_id'))

    op.drop_table('response')
    op.drop_table('prompt')
    with op.batch_alter_table('model_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_model_rating_stage_id'))
        batch_op.drop_index(batch_op.f('ix_model_rating_model_id'))

    op.drop_table('model_rating')
    with op.batch_alter_table('material_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_reading_version_id'))

    op.drop_table('material_reading')
    with op.batch_alter_table('combination', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_combination_stage_id'))

    op.drop_table('combination')
    with op.batch_alter_table('clause', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_section_id'))

    op.drop_table('clause')
    op.drop_table('vault_seat_link')
    with op.batch_alter_table('vault_lobby_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vault_lobby_entry_dialogue_id'))

    op.drop_table('vault_lobby_entry')
    op.drop_table('vault_contact')
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_theme_snapshot_id'))

    op.drop_table('theme')
    op.drop_table('terms_section')
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_session_id'))

    op.drop_table('stage')
    with op.batch_alter_table('return_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_return_code_participant_id'))

    op.drop_table('return_code')
    with op.batch_alter_table('participant_device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participant_device_participant_id'))

    op.drop_table('participant_device')
    with op.batch_alter_table('model_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_model_reading_model_id'))

    op.drop_table('model_reading')
    op.drop_table('material_version')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_seat_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_snapshot_id'))

    op.drop_table('finding')
    op.drop_table('event_seal')
    with op.batch_alter_table('event_payload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_payload_object_ref'))

    op.drop_table('event_payload')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_participant_id'))

    op.drop_table('consent')
    op.drop_table('breakout_table')
    op.drop_table('terms_of_reference')
    op.drop_table('stewardship_model')
    op.drop_table('snapshot')
    op.drop_table('seat')
    op.drop_table('questionnaire')
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_index('ix_participant_dialogue_external')

    op.drop_table('participant')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_dialogue_id'))

    op.drop_table('membership')
    op.drop_table('material')
    op.drop_table('login')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_state_created')
        batch_op.drop_index(batch_op.f('ix_job_dialogue_id'))

    op.drop_table('job')
    op.drop_table('glossary_term')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_dialogue_id'))

    op.drop_table('event')
    op.drop_table('dialogue_session')
    op.drop_table('consent_text')
    op.drop_table('code')
    op.drop_table('dialogue')
    op.drop_table('account')
