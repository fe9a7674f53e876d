-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE EXTENSION plpgsql VERSION '1.0';

CREATE TABLE _prisma_migrations (
  applied_steps_count integer NOT NULL DEFAULT 0,
  checksum character varying(64) NOT NULL,
  finished_at timestamp with time zone,
  id character varying(36) NOT NULL,
  logs text,
  migration_name character varying(255) NOT NULL,
  rolled_back_at timestamp with time zone,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id)
);

CREATE TABLE account (
  created_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  disabled_at timestamp(3) with time zone,
  failed_sign_ins integer NOT NULL DEFAULT 0,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  locked_until timestamp(3) with time zone,
  login text NOT NULL,
  name text NOT NULL,
  password_hash text,
  publication_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  roles text[],
  CONSTRAINT account_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX account_login_key ON account USING btree (login);

CREATE TABLE account_gate (
  account text NOT NULL,
  changed_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  circuit_open boolean NOT NULL DEFAULT false,
  closed_until timestamp(3) with time zone,
  failures integer NOT NULL DEFAULT 0,
  reason text,
  suspended_until timestamp(3) with time zone,
  trips integer NOT NULL DEFAULT 0,
  CONSTRAINT account_gate_pkey PRIMARY KEY (account)
);

CREATE TABLE account_look (
  account text NOT NULL,
  balance text,
  filings jsonb,
  filings_problem text,
  looked_at timestamp(3) with time zone NOT NULL,
  problem text,
  CONSTRAINT account_look_pkey PRIMARY KEY (account)
);

CREATE TABLE account_setting (
  account text NOT NULL,
  changed_at timestamp(3) with time zone NOT NULL,
  changed_by text NOT NULL,
  changed_by_id text NOT NULL,
  previous text,
  revision integer NOT NULL,
  sealed text,
  CONSTRAINT account_setting_pkey PRIMARY KEY (account)
);

CREATE TABLE address_proof (
  asked_by text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  channel text NOT NULL,
  code_hash text NOT NULL,
  contact_id uuid,
  created_at timestamp(3) with time zone NOT NULL,
  decision text,
  expires_at timestamp(3) with time zone NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  lookup_hash text NOT NULL,
  next_attempt_at timestamp(3) with time zone NOT NULL,
  nonce text NOT NULL,
  reason text,
  sealed text NOT NULL,
  sending text NOT NULL DEFAULT 'planned'::text,
  subscription_id uuid,
  token_hash text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  used_at timestamp(3) with time zone,
  CONSTRAINT address_proof_channel_check CHECK (channel = ANY (ARRAY['email'::text, 'sms'::text, 'wecom'::text])),
  CONSTRAINT address_proof_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT address_proof_decision_check CHECK (decision = ANY (ARRAY['approved'::text, 'rejected'::text])),
  CONSTRAINT address_proof_pkey PRIMARY KEY (id),
  CONSTRAINT address_proof_sending_check CHECK (sending = ANY (ARRAY['planned'::text, 'sent'::text, 'failed'::text])),
  CONSTRAINT address_proof_subject_check CHECK ((contact_id IS NULL) <> (subscription_id IS NULL)),
  CONSTRAINT address_proof_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX address_proof_asked_by_created_at_idx ON address_proof USING btree (asked_by, created_at);
CREATE INDEX address_proof_contact_id_idx ON address_proof USING btree (contact_id);
CREATE INDEX address_proof_due_idx ON address_proof USING btree (next_attempt_at) WHERE sending = 'planned'::text;
CREATE INDEX address_proof_lookup_hash_created_at_idx ON address_proof USING btree (lookup_hash, created_at);
CREATE INDEX address_proof_subscription_id_idx ON address_proof USING btree (subscription_id);
CREATE UNIQUE INDEX address_proof_token_hash_key ON address_proof USING btree (token_hash);

CREATE TABLE amendment_request (
  answered_at timestamp(3) with time zone,
  answered_by text,
  created_at timestamp(3) with time zone NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL,
  sealed_answer text,
  sealed_text text NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  CONSTRAINT amendment_request_answered_check CHECK ((state = 'open'::text) = (answered_at IS NULL)),
  CONSTRAINT amendment_request_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT amendment_request_pkey PRIMARY KEY (id),
  CONSTRAINT amendment_request_state_check CHECK (state = ANY (ARRAY['open'::text, 'done'::text, 'declined'::text]))
);
CREATE INDEX amendment_request_person_id_idx ON amendment_request USING btree (person_id);
CREATE INDEX amendment_request_state_created_at_idx ON amendment_request USING btree (state, created_at);

CREATE TABLE api_key (
  created_at timestamp(3) with time zone NOT NULL,
  created_by text NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  key_hash text NOT NULL,
  last_used_at timestamp(3) with time zone,
  name text NOT NULL,
  prefix text NOT NULL,
  revoked_at timestamp(3) with time zone,
  scopes text[],
  CONSTRAINT api_key_period_check CHECK (expires_at > created_at),
  CONSTRAINT api_key_pkey PRIMARY KEY (id),
  CONSTRAINT api_key_scopes_check CHECK (cardinality(scopes) > 0)
);
CREATE UNIQUE INDEX api_key_key_hash_key ON api_key USING btree (key_hash);

CREATE TABLE attempt (
  attempt_no integer NOT NULL,
  class text,
  code text,
  delivery_id uuid NOT NULL,
  ended_at timestamp(3) with time zone,
  outcome text,
  provider text NOT NULL,
  reason text,
  reference text,
  started_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT attempt_outcome_check CHECK (outcome = ANY (ARRAY['accepted'::text, 'retry'::text, 'refused'::text, 'unknown'::text, 'settled'::text])),
  CONSTRAINT attempt_pkey PRIMARY KEY (delivery_id, attempt_no)
);
CREATE INDEX attempt_started_at_idx ON attempt USING brin (started_at);

CREATE TABLE audit_entry (
  action text NOT NULL,
  actor text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  detail jsonb NOT NULL,
  hash text NOT NULL,
  id bigint NOT NULL DEFAULT nextval('audit_entry_id_seq'::regclass),
  prev_hash text NOT NULL,
  subject text NOT NULL,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX audit_entry_hash_key ON audit_entry USING btree (hash);
CREATE INDEX audit_entry_subject_idx ON audit_entry USING btree (subject);
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE calendar_day (
  day date NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  CONSTRAINT calendar_day_kind_check CHECK (kind = ANY (ARRAY['holiday'::text, 'workday'::text])),
  CONSTRAINT calendar_day_pkey PRIMARY KEY (day)
);

CREATE TABLE callback_call (
  at timestamp(3) with time zone NOT NULL,
  provider text NOT NULL,
  signature text NOT NULL,
  CONSTRAINT callback_call_pkey PRIMARY KEY (provider, signature)
);
CREATE INDEX callback_call_at_idx ON callback_call USING btree (at);

CREATE TABLE callback_count (
  day date NOT NULL,
  n integer NOT NULL,
  provider text NOT NULL,
  what text NOT NULL,
  CONSTRAINT callback_count_pkey PRIMARY KEY (day, provider, what)
);

CREATE TABLE callback_odd_row (
  id bigint NOT NULL DEFAULT nextval('callback_odd_row_id_seq'::regclass),
  problem text NOT NULL,
  provider text NOT NULL,
  received_at timestamp(3) with time zone NOT NULL,
  "row" text NOT NULL,
  CONSTRAINT callback_odd_row_pkey PRIMARY KEY (id)
);

CREATE TABLE callback_wrong_key (
  last_at timestamp(3) with time zone NOT NULL,
  n integer NOT NULL,
  peer_hash text NOT NULL,
  CONSTRAINT callback_wrong_key_pkey PRIMARY KEY (peer_hash)
);

CREATE TABLE contact (
  bad_reason text,
  bad_since timestamp(3) with time zone,
  first_sent_at timestamp(3) with time zone,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  key_id text NOT NULL,
  kind text NOT NULL,
  last_delivered_at timestamp(3) with time zone,
  lookup_hash text NOT NULL,
  mail_domain text,
  masked text NOT NULL,
  person_id uuid NOT NULL,
  sealed text NOT NULL,
  verified_at timestamp(3) with time zone,
  CONSTRAINT contact_kind_check CHECK (kind = ANY (ARRAY['email'::text, 'sms'::text, 'wecom'::text, 'wechat'::text])),
  CONSTRAINT contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT contact_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX contact_kind_lookup_hash_key ON contact USING btree (kind, lookup_hash);
CREATE INDEX contact_last_digits_idx ON contact USING btree ("right"(masked, 4)) WHERE kind = 'sms'::text;
CREATE UNIQUE INDEX contact_person_id_kind_key ON contact USING btree (person_id, kind);

CREATE TABLE copy (
  acknowledged_at timestamp(3) with time zone,
  acknowledged_via text,
  acting boolean NOT NULL DEFAULT false,
  code_hash text NOT NULL,
  code_nonce text,
  copy_number integer NOT NULL,
  delivered_at timestamp(3) with time zone,
  edition_id uuid NOT NULL,
  groups text[],
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  late_at timestamp(3) with time zone,
  late_reason text,
  liaison text,
  link_expires_at timestamp(3) with time zone NOT NULL,
  link_nonce text NOT NULL,
  link_revoked_at timestamp(3) with time zone,
  no_channel_left boolean NOT NULL DEFAULT true,
  on_behalf_by text,
  opened_at timestamp(3) with time zone,
  person_id uuid NOT NULL,
  person_name text NOT NULL,
  post_id uuid,
  post_title text NOT NULL,
  protocol_order integer NOT NULL,
  reading text NOT NULL DEFAULT 'unread'::text,
  subscription_id uuid,
  token_hash text NOT NULL,
  unit_kind text NOT NULL,
  unit_name text NOT NULL,
  unreachable text,
  CONSTRAINT copy_acknowledged_check CHECK ((reading = 'acknowledged'::text) = (acknowledged_at IS NOT NULL)),
  CONSTRAINT copy_addressee_check CHECK ((post_id IS NULL) <> (subscription_id IS NULL)),
  CONSTRAINT copy_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT copy_late_check CHECK ((late_at IS NULL) = (late_reason IS NULL)),
  CONSTRAINT copy_number_check CHECK (copy_number > 0),
  CONSTRAINT copy_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT copy_pkey PRIMARY KEY (id),
  CONSTRAINT copy_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT copy_reading_check CHECK (reading = ANY (ARRAY['unread'::text, 'opened'::text, 'acknowledged'::text])),
  CONSTRAINT copy_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT copy_via_check CHECK (acknowledged_via = ANY (ARRAY['page'::text, 'paper'::text, 'phone'::text, 'liaison'::text, 'card'::text, 'smsReply'::text]))
);
CREATE INDEX copy_acknowledged_idx ON copy USING btree (edition_id, copy_number) WHERE reading = 'acknowledged'::text;
CREATE UNIQUE INDEX copy_code_hash_key ON copy USING btree (code_hash);
CREATE UNIQUE INDEX copy_edition_id_copy_number_key ON copy USING btree (edition_id, copy_number);
CREATE UNIQUE INDEX copy_edition_id_person_id_key ON copy USING btree (edition_id, person_id);
CREATE INDEX copy_opened_idx ON copy USING btree (edition_id, copy_number) WHERE reading = 'opened'::text;
CREATE INDEX copy_person_id_idx ON copy USING btree (person_id);
CREATE UNIQUE INDEX copy_token_hash_key ON copy USING btree (token_hash);
CREATE INDEX copy_unacknowledged_idx ON copy USING btree (edition_id, copy_number) WHERE reading <> 'acknowledged'::text;
CREATE INDEX copy_unreached_idx ON copy USING btree (edition_id, copy_number) WHERE no_channel_left AND reading = 'unread'::text;
CREATE TRIGGER copy_count_added AFTER INSERT ON copy REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_copies();
CREATE TRIGGER copy_count_changed AFTER UPDATE ON copy REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_changed_copies();
CREATE TRIGGER copy_count_removed AFTER DELETE ON copy REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_removed_copies();

CREATE TABLE copy_count (
  acknowledged integer NOT NULL,
  at timestamp(3) with time zone NOT NULL DEFAULT clock_timestamp(),
  copies integer NOT NULL,
  delivered integer NOT NULL,
  edition_id uuid NOT NULL,
  first_order integer NOT NULL,
  folded boolean NOT NULL DEFAULT false,
  groups text[],
  id bigint NOT NULL DEFAULT nextval('copy_count_id_seq'::regclass),
  late integer NOT NULL,
  on_behalf integer NOT NULL,
  opened integer NOT NULL,
  opened_only integer NOT NULL,
  unit_kind text NOT NULL,
  unreached integer NOT NULL,
  CONSTRAINT copy_count_pkey PRIMARY KEY (id)
);
CREATE INDEX copy_count_edition_id_idx ON copy_count USING btree (edition_id);
CREATE INDEX copy_count_unfolded_idx ON copy_count USING btree (edition_id) WHERE NOT folded;

CREATE TABLE decoyed_page (
  at timestamp(3) with time zone NOT NULL,
  mark text NOT NULL,
  CONSTRAINT decoyed_page_pkey PRIMARY KEY (mark)
);
CREATE INDEX decoyed_page_at_idx ON decoyed_page USING btree (at);

CREATE TABLE delivery (
  address text NOT NULL,
  address_masked text NOT NULL,
  asked_by_id uuid,
  attempt_no integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  carried_by uuid,
  carry text NOT NULL,
  channel text NOT NULL,
  code text,
  contact_id uuid NOT NULL,
  copy_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deadline timestamp(3) with time zone NOT NULL,
  deferred text,
  delivered_at timestamp(3) with time zone,
  destination text,
  digest boolean NOT NULL DEFAULT false,
  doubt_since timestamp(3) with time zone,
  edition_id uuid NOT NULL,
  given_up boolean NOT NULL DEFAULT false,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  lease_owner text,
  lease_until timestamp(3) with time zone,
  mail_domain text,
  next_attempt_at timestamp(3) with time zone NOT NULL,
  pinned_account text,
  "position" integer NOT NULL,
  priority integer NOT NULL,
  purpose text NOT NULL,
  quiet_hours integer NOT NULL DEFAULT 0,
  reason text,
  reference text,
  repetitions integer NOT NULL DEFAULT 0,
  round integer NOT NULL DEFAULT 0,
  sent_at timestamp(3) with time zone,
  state text NOT NULL DEFAULT 'planned'::text,
  step integer NOT NULL DEFAULT 0,
  working_days_only boolean NOT NULL DEFAULT false,
  CONSTRAINT delivery_carry_check CHECK (carry = ANY (ARRAY['fullText'::text, 'digest'::text, 'notice'::text, 'neutralNotice'::text])),
  CONSTRAINT delivery_channel_check CHECK (channel = ANY (ARRAY['email'::text, 'sms'::text, 'wecom'::text, 'wechat'::text])),
  CONSTRAINT delivery_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT delivery_doubt_check CHECK (doubt_since IS NULL OR state = 'sending'::text),
  CONSTRAINT delivery_lease_check CHECK (state <> 'sending'::text OR lease_until IS NOT NULL),
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_purpose_check CHECK (purpose = ANY (ARRAY['initial'::text, 'reminder'::text, 'resend'::text, 'withdrawal'::text])),
  CONSTRAINT delivery_quiet_hours_check CHECK (quiet_hours >= 0 AND quiet_hours < 16777215),
  CONSTRAINT delivery_state_check CHECK (state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'held'::text, 'cancelled'::text]))
);
CREATE INDEX delivery_carried_by_idx ON delivery USING btree (carried_by) WHERE carried_by IS NOT NULL;
CREATE UNIQUE INDEX delivery_copy_id_channel_purpose_round_key ON delivery USING btree (copy_id, channel, purpose, round);
CREATE INDEX delivery_digest_idx ON delivery USING btree (contact_id) WHERE digest AND state = 'planned'::text;
CREATE INDEX delivery_follower_idx ON delivery USING btree (destination) WHERE channel = 'wechat'::text;
CREATE INDEX delivery_lane_idx ON delivery USING btree (channel, priority, edition_id, next_attempt_at, "position") WHERE state = 'planned'::text;
CREATE INDEX delivery_lease_idx ON delivery USING btree (lease_until) WHERE state = 'sending'::text;
CREATE INDEX delivery_number_idx ON delivery USING btree (destination) WHERE channel = 'sms'::text;
CREATE INDEX delivery_planned_idx ON delivery USING btree (edition_id) WHERE state = 'planned'::text;
CREATE INDEX delivery_trouble_idx ON delivery USING btree (edition_id, state) WHERE state = ANY (ARRAY['failed'::text, 'held'::text]);
CREATE TRIGGER delivery_count_added AFTER INSERT ON delivery REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_deliveries();
CREATE TRIGGER delivery_count_changed AFTER UPDATE ON delivery REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deliveries();
CREATE TRIGGER delivery_count_removed AFTER DELETE ON delivery REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_removed_deliveries();

CREATE TABLE delivery_count (
  at timestamp(3) with time zone NOT NULL DEFAULT clock_timestamp(),
  channel text NOT NULL,
  edition_id uuid NOT NULL,
  folded boolean NOT NULL DEFAULT false,
  id bigint NOT NULL DEFAULT nextval('delivery_count_id_seq'::regclass),
  n integer NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,
  CONSTRAINT delivery_count_pkey PRIMARY KEY (id)
);
CREATE INDEX delivery_count_edition_id_idx ON delivery_count USING btree (edition_id);
CREATE INDEX delivery_count_unfolded_idx ON delivery_count USING btree (edition_id) WHERE NOT folded;

CREATE TABLE delivery_report (
  address_dead boolean,
  applied_at timestamp(3) with time zone,
  code text NOT NULL,
  delivery_id uuid NOT NULL,
  given_at timestamp(3) with time zone,
  id bigint NOT NULL DEFAULT nextval('delivery_report_id_seq'::regclass),
  provider text NOT NULL,
  reason text NOT NULL,
  received_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  reported_at timestamp(3) with time zone NOT NULL,
  status text NOT NULL,
  CONSTRAINT delivery_report_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_report_status_check CHECK (status = ANY (ARRAY['delivered'::text, 'failed'::text, 'pending'::text]))
);
CREATE INDEX delivery_report_new_idx ON delivery_report USING btree (received_at) WHERE applied_at IS NULL;
CREATE UNIQUE INDEX delivery_report_provider_delivery_id_status_code_reported_a_key ON delivery_report USING btree (provider, delivery_id, status, code, reported_at);

CREATE TABLE delivery_rung (
  address text NOT NULL,
  address_masked text NOT NULL,
  after_channel text NOT NULL,
  after_minutes integer,
  carry text NOT NULL,
  channel text NOT NULL,
  contact_id uuid NOT NULL,
  copy_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  mail_domain text,
  "position" integer NOT NULL,
  quiet_hours integer NOT NULL DEFAULT 0,
  step integer NOT NULL,
  taken_at timestamp(3) with time zone,
  working_days_only boolean NOT NULL DEFAULT false,
  CONSTRAINT delivery_rung_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'wecom'::text, 'wechat'::text])) AND (after_channel = ANY (ARRAY['email'::text, 'sms'::text, 'wecom'::text, 'wechat'::text]))),
  CONSTRAINT delivery_rung_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT delivery_rung_pkey PRIMARY KEY (copy_id, step)
);
CREATE INDEX delivery_rung_open_idx ON delivery_rung USING btree (edition_id) WHERE taken_at IS NULL;

CREATE TABLE duty_notice (
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp(3) with time zone NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  may_have_arrived boolean NOT NULL DEFAULT false,
  next_attempt_at timestamp(3) with time zone NOT NULL,
  notice jsonb NOT NULL,
  reason text,
  state text NOT NULL DEFAULT 'planned'::text,
  subject text NOT NULL,
  CONSTRAINT duty_notice_pkey PRIMARY KEY (id),
  CONSTRAINT duty_notice_state_check CHECK (state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text, 'failed'::text]))
);
CREATE INDEX duty_notice_state_next_attempt_at_idx ON duty_notice USING btree (state, next_attempt_at);
CREATE UNIQUE INDEX duty_notice_subject_key ON duty_notice USING btree (subject);

CREATE TABLE edition (
  content jsonb NOT NULL,
  corrected_at timestamp(3) with time zone,
  hash text NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue_id uuid NOT NULL,
  level text NOT NULL,
  lowered_for text,
  lowered_from text,
  paused_at timestamp(3) with time zone,
  planned_at timestamp(3) with time zone,
  policy jsonb,
  scope jsonb NOT NULL,
  send_at timestamp(3) with time zone NOT NULL,
  signed_at timestamp(3) with time zone NOT NULL,
  signed_by_id uuid NOT NULL,
  urgency text NOT NULL,
  urgent_reason text,
  version integer NOT NULL,
  voided_at timestamp(3) with time zone,
  withdrawn_at timestamp(3) with time zone,
  withdrawn_by_id uuid,
  withdrawn_reason text,
  CONSTRAINT edition_corrected_check CHECK (corrected_at IS NULL OR withdrawn_at IS NOT NULL),
  CONSTRAINT edition_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT edition_level_check CHECK (level = ANY (ARRAY['public'::text, 'internal'::text, 'workSecret'::text])),
  CONSTRAINT edition_pkey PRIMARY KEY (id),
  CONSTRAINT edition_urgency_check CHECK (urgency = ANY (ARRAY['normal'::text, 'urgent'::text, 'extraUrgent'::text]))
);
CREATE UNIQUE INDEX edition_issue_id_version_key ON edition USING btree (issue_id, version);
CREATE UNIQUE INDEX edition_one_valid_key ON edition USING btree (issue_id) WHERE voided_at IS NULL AND corrected_at IS NULL;
CREATE INDEX edition_unplanned_idx ON edition USING btree (send_at) WHERE planned_at IS NULL AND voided_at IS NULL;

CREATE TABLE edition_entry (
  edition_id uuid NOT NULL,
  entry jsonb NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT edition_entry_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT edition_entry_pkey PRIMARY KEY (edition_id, "position")
);

CREATE TABLE edition_print (
  edition_id uuid NOT NULL,
  made_at timestamp(3) with time zone NOT NULL,
  pages integer NOT NULL,
  pdf bytea NOT NULL,
  sha256 text NOT NULL,
  template text NOT NULL,
  CONSTRAINT edition_print_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT edition_print_pkey PRIMARY KEY (edition_id)
);

CREATE TABLE export_count (
  hour timestamp(3) with time zone NOT NULL,
  key text NOT NULL,
  n integer NOT NULL,
  CONSTRAINT export_count_pkey PRIMARY KEY (key, hour)
);

CREATE TABLE form_draft (
  account_id uuid NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  form text NOT NULL,
  posted boolean NOT NULL,
  saved_at timestamp(3) with time zone NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT form_draft_pkey PRIMARY KEY (account_id, form, posted)
);
CREATE INDEX form_draft_expires_at_idx ON form_draft USING btree (expires_at);

CREATE TABLE former_name (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  post_id uuid,
  unit_id uuid,
  until_on date NOT NULL,
  CONSTRAINT former_name_of_check CHECK ((unit_id IS NULL) <> (post_id IS NULL)),
  CONSTRAINT former_name_pkey PRIMARY KEY (id),
  CONSTRAINT former_name_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT former_name_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX former_name_post_id_idx ON former_name USING btree (post_id);
CREATE INDEX former_name_unit_id_idx ON former_name USING btree (unit_id);

CREATE TABLE group_alias (
  alias text NOT NULL,
  group_id uuid,
  post_id uuid,
  text text NOT NULL,
  unit_id uuid,
  CONSTRAINT group_alias_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT group_alias_of_check CHECK (((group_id IS NOT NULL)::integer + (unit_id IS NOT NULL)::integer + (post_id IS NOT NULL)::integer) = 1),
  CONSTRAINT group_alias_pkey PRIMARY KEY (alias),
  CONSTRAINT group_alias_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT group_alias_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX group_alias_group_id_idx ON group_alias USING btree (group_id);
CREATE INDEX group_alias_post_id_idx ON group_alias USING btree (post_id);
CREATE INDEX group_alias_unit_id_idx ON group_alias USING btree (unit_id);

CREATE TABLE group_exclusion (
  group_id uuid NOT NULL,
  post_id uuid NOT NULL,
  CONSTRAINT group_exclusion_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT group_exclusion_pkey PRIMARY KEY (group_id, post_id),
  CONSTRAINT group_exclusion_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE group_member (
  ends_on date,
  group_id uuid NOT NULL,
  post_id uuid NOT NULL,
  starts_on date NOT NULL DEFAULT '1949-10-01'::date,
  CONSTRAINT group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT group_member_period_check CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT group_member_pkey PRIMARY KEY (group_id, post_id, starts_on),
  CONSTRAINT group_member_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE UNIQUE INDEX group_member_current_key ON group_member USING btree (group_id, post_id) WHERE ends_on IS NULL;
CREATE INDEX group_member_post_id_idx ON group_member USING btree (post_id);

CREATE TABLE group_part (
  excluded boolean NOT NULL DEFAULT false,
  group_id uuid NOT NULL,
  part_id uuid NOT NULL,
  CONSTRAINT group_part_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT group_part_part_id_fkey FOREIGN KEY (part_id) REFERENCES recipient_group(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT group_part_pkey PRIMARY KEY (group_id, part_id),
  CONSTRAINT group_part_self_check CHECK (group_id <> part_id)
);
CREATE INDEX group_part_part_id_idx ON group_part USING btree (part_id);

CREATE TABLE guess_count (
  at timestamp(3) with time zone NOT NULL,
  key text NOT NULL,
  level double precision NOT NULL,
  since timestamp(3) with time zone NOT NULL,
  tries integer NOT NULL,
  CONSTRAINT guess_count_pkey PRIMARY KEY (key)
);
CREATE INDEX guess_count_at_idx ON guess_count USING btree (at);

CREATE TABLE inbox_reply (
  copy_id uuid,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  lookup_hash text,
  masked text NOT NULL,
  meaning text NOT NULL,
  provider text NOT NULL,
  received_at timestamp(3) with time zone NOT NULL,
  sealed_number text,
  sealed_text text,
  sent_to text NOT NULL,
  sequence_id text NOT NULL,
  settled_at timestamp(3) with time zone,
  settled_by text,
  state text NOT NULL DEFAULT 'open'::text,
  written_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT inbox_reply_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT inbox_reply_meaning_check CHECK (meaning = ANY (ARRAY['acknowledges'::text, 'ends'::text, 'other'::text])),
  CONSTRAINT inbox_reply_pkey PRIMARY KEY (id),
  CONSTRAINT inbox_reply_settled_check CHECK ((state = 'open'::text) = (settled_at IS NULL) AND (state = 'acknowledged'::text) = (copy_id IS NOT NULL)),
  CONSTRAINT inbox_reply_state_check CHECK (state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'nothing'::text]))
);
CREATE UNIQUE INDEX inbox_reply_provider_sequence_id_key ON inbox_reply USING btree (provider, sequence_id);
CREATE INDEX inbox_reply_state_received_at_idx ON inbox_reply USING btree (state, received_at);
CREATE INDEX inbox_reply_waiting_idx ON inbox_reply USING btree (lookup_hash) WHERE state = 'open'::text;

CREATE TABLE issue (
  addressing text[] DEFAULT ARRAY[]::text[],
  approver_name text,
  correction integer NOT NULL DEFAULT 0,
  correction_note text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  editor_id uuid,
  editor_name text,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issued_on date,
  issuer text,
  kind text NOT NULL DEFAULT 'regular'::text,
  level text NOT NULL,
  level_reason text,
  lowered_to text,
  number integer,
  pins jsonb NOT NULL DEFAULT '[]'::jsonb,
  proposed_number integer,
  publication_id uuid NOT NULL,
  reading jsonb,
  reviewer_id uuid,
  reviewer_name text,
  revision integer NOT NULL DEFAULT 1,
  scope text[],
  scope_label text,
  serial_number integer,
  source_hash text NOT NULL,
  source_looks jsonb,
  source_name text NOT NULL,
  source_text text NOT NULL,
  state text NOT NULL DEFAULT 'drafting'::text,
  trial boolean NOT NULL DEFAULT false,
  updated_at timestamp(3) with time zone NOT NULL,
  urgency text NOT NULL DEFAULT 'normal'::text,
  warnings jsonb NOT NULL DEFAULT '[]'::jsonb,
  year integer NOT NULL,
  CONSTRAINT issue_correction_check CHECK ((correction = 0) = (correction_note IS NULL)),
  CONSTRAINT issue_kind_check CHECK (kind = ANY (ARRAY['regular'::text, 'supplement'::text])),
  CONSTRAINT issue_level_check CHECK (level = ANY (ARRAY['public'::text, 'internal'::text, 'workSecret'::text])),
  CONSTRAINT issue_number_check CHECK (number > 0 AND proposed_number > 0),
  CONSTRAINT issue_numbered_check CHECK (number IS NOT NULL OR (state <> ALL (ARRAY['signedOff'::text, 'dispatched'::text, 'archived'::text, 'withdrawn'::text]))),
  CONSTRAINT issue_pkey PRIMARY KEY (id),
  CONSTRAINT issue_publication_id_fkey FOREIGN KEY (publication_id) REFERENCES publication(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT issue_state_check CHECK (state = ANY (ARRAY['drafting'::text, 'reviewing'::text, 'awaitingSignOff'::text, 'signedOff'::text, 'dispatched'::text, 'archived'::text, 'withdrawn'::text])),
  CONSTRAINT issue_urgency_check CHECK (urgency = ANY (ARRAY['normal'::text, 'urgent'::text, 'extraUrgent'::text]))
);
CREATE UNIQUE INDEX issue_number_key ON issue USING btree (publication_id, year, kind, number) WHERE NOT trial;
CREATE INDEX issue_publication_id_created_at_idx ON issue USING btree (publication_id, created_at);
CREATE INDEX issue_publication_id_year_kind_number_idx ON issue USING btree (publication_id, year, kind, number);
CREATE INDEX issue_scope_idx ON issue USING gin (scope);

CREATE TABLE item (
  author text,
  body text NOT NULL,
  headline text,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  "position" integer NOT NULL,
  section_id uuid NOT NULL,
  unit_name text,
  CONSTRAINT item_pkey PRIMARY KEY (id),
  CONSTRAINT item_section_id_fkey FOREIGN KEY (section_id) REFERENCES section(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE UNIQUE INDEX item_section_id_position_key ON item USING btree (section_id, "position");

CREATE TABLE kept_page (
  expires_at timestamp(3) with time zone NOT NULL,
  id_hash text NOT NULL,
  keeper text NOT NULL,
  kept_at timestamp(3) with time zone NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT kept_page_pkey PRIMARY KEY (id_hash)
);
CREATE INDEX kept_page_expires_at_idx ON kept_page USING btree (expires_at);
CREATE INDEX kept_page_keeper_kept_at_idx ON kept_page USING btree (keeper, kept_at);

CREATE TABLE liaison (
  ends_on date,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL,
  post_id uuid,
  starts_on date NOT NULL,
  unit_id uuid,
  CONSTRAINT liaison_period_check CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT liaison_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT liaison_pkey PRIMARY KEY (id),
  CONSTRAINT liaison_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE SET NULL,
  CONSTRAINT liaison_serves_check CHECK ((unit_id IS NULL) <> (post_id IS NULL)),
  CONSTRAINT liaison_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id) ON UPDATE CASCADE ON DELETE SET NULL
);
CREATE INDEX liaison_person_id_idx ON liaison USING btree (person_id);
CREATE INDEX liaison_post_id_idx ON liaison USING btree (post_id);
CREATE INDEX liaison_unit_id_idx ON liaison USING btree (unit_id);

CREATE TABLE list_change (
  act text NOT NULL,
  actor text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  back_to text NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  rows jsonb NOT NULL,
  subject text NOT NULL,
  summary text NOT NULL,
  undone_at timestamp(3) with time zone,
  CONSTRAINT list_change_pkey PRIMARY KEY (id)
);
CREATE INDEX list_change_subject_at_idx ON list_change USING btree (subject, at);

CREATE TABLE list_columns (
  columns jsonb NOT NULL,
  key text NOT NULL,
  used_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT list_columns_pkey PRIMARY KEY (key)
);

CREATE TABLE list_due (
  applied_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  due_on date NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  import_id uuid NOT NULL,
  pieces integer NOT NULL,
  sealed bytea,
  skipped integer NOT NULL DEFAULT 0,
  CONSTRAINT list_due_pkey PRIMARY KEY (id)
);
CREATE INDEX list_due_applied_at_due_on_idx ON list_due USING btree (applied_at, due_on);
CREATE INDEX list_due_import_id_idx ON list_due USING btree (import_id);

CREATE TABLE list_import (
  alive_at timestamp(3) with time zone,
  confirmed_at timestamp(3) with time zone,
  counts jsonb,
  created_at timestamp(3) with time zone NOT NULL,
  done integer NOT NULL DEFAULT 0,
  expires_at timestamp(3) with time zone NOT NULL,
  failure text,
  file_hash text NOT NULL,
  file_name text NOT NULL,
  fingerprint text,
  finished_at timestamp(3) with time zone,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  options jsonb NOT NULL,
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  sealed_file bytea,
  sealed_result bytea,
  state text NOT NULL DEFAULT 'open'::text,
  total integer NOT NULL DEFAULT 0,
  undone_at timestamp(3) with time zone,
  undone_by text,
  CONSTRAINT list_import_pkey PRIMARY KEY (id),
  CONSTRAINT list_import_state_check CHECK (state = ANY (ARRAY['open'::text, 'checking'::text, 'queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'undone'::text]))
);
CREATE INDEX list_import_finished_at_idx ON list_import USING btree (finished_at);
CREATE INDEX list_import_state_idx ON list_import USING btree (state);

CREATE TABLE list_import_change (
  after_hash text,
  before jsonb,
  import_id uuid NOT NULL,
  key text NOT NULL,
  relation text NOT NULL,
  CONSTRAINT list_import_change_pkey PRIMARY KEY (import_id, relation, key)
);

CREATE TABLE member_lookup (
  at timestamp(3) with time zone NOT NULL,
  mobile_hash text NOT NULL,
  CONSTRAINT member_lookup_pkey PRIMARY KEY (mobile_hash)
);

CREATE TABLE message_handle (
  account text NOT NULL,
  delivery_id uuid NOT NULL,
  handle text NOT NULL,
  sent_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT message_handle_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT message_handle_pkey PRIMARY KEY (delivery_id)
);
CREATE INDEX message_handle_sent_at_idx ON message_handle USING btree (sent_at);

CREATE TABLE message_part (
  attempt_no integer,
  code text,
  delivery_id uuid,
  joined_at timestamp(3) with time zone,
  noted_at timestamp(3) with time zone NOT NULL,
  provider text NOT NULL,
  reason text,
  reference text NOT NULL,
  reported_at timestamp(3) with time zone,
  status text,
  CONSTRAINT message_part_pkey PRIMARY KEY (provider, reference),
  CONSTRAINT message_part_status_check CHECK (status = ANY (ARRAY['delivered'::text, 'failed'::text]))
);
CREATE INDEX message_part_delivery_id_idx ON message_part USING btree (delivery_id);
CREATE INDEX message_part_news_idx ON message_part USING btree (provider) WHERE joined_at IS NULL AND delivery_id IS NOT NULL AND status IS NOT NULL;
CREATE INDEX message_part_noted_at_idx ON message_part USING btree (noted_at);

CREATE TABLE message_recall (
  answered_at timestamp(3) with time zone,
  asked_at timestamp(3) with time zone NOT NULL,
  code text,
  delivery_id uuid NOT NULL,
  reason text,
  CONSTRAINT message_recall_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT message_recall_pkey PRIMARY KEY (delivery_id)
);

CREATE TABLE notice_day (
  day date NOT NULL,
  edition_id uuid NOT NULL,
  purpose text NOT NULL,
  round integer NOT NULL,
  CONSTRAINT notice_day_pkey PRIMARY KEY (day, edition_id, purpose, round)
);

CREATE TABLE one_time_link (
  account_id uuid NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  purpose text NOT NULL,
  token_hash text NOT NULL,
  used_at timestamp(3) with time zone,
  CONSTRAINT one_time_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT one_time_link_pkey PRIMARY KEY (token_hash),
  CONSTRAINT one_time_link_purpose_check CHECK (purpose = ANY (ARRAY['setup'::text, 'signIn'::text]))
);
CREATE INDEX one_time_link_account_id_idx ON one_time_link USING btree (account_id);

CREATE TABLE paper_scan (
  added_at timestamp(3) with time zone NOT NULL,
  added_by text NOT NULL,
  hash text NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL,
  name text NOT NULL,
  sealed bytea NOT NULL,
  sheet_id uuid NOT NULL,
  size integer NOT NULL,
  CONSTRAINT paper_scan_kind_check CHECK (kind = ANY (ARRAY['pdf'::text, 'jpeg'::text, 'png'::text])),
  CONSTRAINT paper_scan_pkey PRIMARY KEY (id),
  CONSTRAINT paper_scan_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES paper_sheet(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE UNIQUE INDEX paper_scan_sheet_id_hash_key ON paper_scan USING btree (sheet_id, hash);

CREATE TABLE paper_sheet (
  edition_id uuid NOT NULL,
  entered_at timestamp(3) with time zone NOT NULL,
  entered_by text NOT NULL,
  entered_by_id text NOT NULL,
  entry_hash text NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  note text NOT NULL,
  signed_on date NOT NULL,
  CONSTRAINT paper_sheet_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT paper_sheet_pkey PRIMARY KEY (id)
);
CREATE INDEX paper_sheet_edition_id_entered_at_idx ON paper_sheet USING btree (edition_id, entered_at);
CREATE UNIQUE INDEX paper_sheet_entry_hash_key ON paper_sheet USING btree (entry_hash);

CREATE TABLE paper_signature (
  copy_id uuid NOT NULL,
  counted boolean NOT NULL,
  sheet_id uuid NOT NULL,
  CONSTRAINT paper_signature_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT paper_signature_pkey PRIMARY KEY (sheet_id, copy_id),
  CONSTRAINT paper_signature_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES paper_sheet(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX paper_signature_copy_id_idx ON paper_signature USING btree (copy_id);

CREATE TABLE person (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  initials text NOT NULL DEFAULT ''::text,
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  wiped_at timestamp(3) with time zone,
  CONSTRAINT person_pkey PRIMARY KEY (id)
);
CREATE INDEX person_initials_name_id_idx ON person USING btree (initials, name, id);

CREATE TABLE post (
  closed_on date,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL,
  level text NOT NULL DEFAULT 'principal'::text,
  opened_on date,
  protocol_order integer NOT NULL,
  seat integer NOT NULL DEFAULT 1,
  tags text[] DEFAULT ARRAY[]::text[],
  title text NOT NULL,
  unit_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT post_kind_check CHECK (kind = ANY (ARRAY['leader'::text, 'unit'::text, 'township'::text])),
  CONSTRAINT post_level_check CHECK (level = ANY (ARRAY['principal'::text, 'deputy'::text, 'staff'::text])),
  CONSTRAINT post_pkey PRIMARY KEY (id),
  CONSTRAINT post_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id) ON UPDATE CASCADE ON DELETE RESTRICT
);
CREATE INDEX post_protocol_order_idx ON post USING btree (protocol_order);
CREATE UNIQUE INDEX post_unit_id_title_seat_key ON post USING btree (unit_id, title, seat);

CREATE TABLE preference (
  channel_order text[] DEFAULT ARRAY[]::text[],
  daily_digest boolean NOT NULL DEFAULT false,
  large_type boolean NOT NULL DEFAULT false,
  on_paper boolean NOT NULL DEFAULT false,
  person_id uuid NOT NULL,
  quiet_from integer,
  quiet_until integer,
  updated_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT preference_channel_check CHECK (channel_order <@ ARRAY['email'::text, 'sms'::text, 'wecom'::text, 'wechat'::text]),
  CONSTRAINT preference_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT preference_pkey PRIMARY KEY (person_id),
  CONSTRAINT preference_quiet_check CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from >= 0 AND quiet_from <= 23 AND quiet_until >= 0 AND quiet_until <= 23)
);

CREATE TABLE press (
  at timestamp(3) with time zone NOT NULL,
  key text NOT NULL,
  leads_to text,
  CONSTRAINT press_pkey PRIMARY KEY (key)
);
CREATE INDEX press_at_idx ON press USING btree (at);

CREATE TABLE publication (
  asks_acknowledgement boolean NOT NULL DEFAULT true,
  default_level text NOT NULL DEFAULT 'internal'::text,
  default_scope text,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issuer text NOT NULL,
  layout jsonb,
  layout_before jsonb,
  layout_issue_id uuid,
  max_reminders integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  policy jsonb NOT NULL DEFAULT '{}'::jsonb,
  subscribable boolean NOT NULL DEFAULT false,
  CONSTRAINT publication_level_check CHECK (default_level = ANY (ARRAY['public'::text, 'internal'::text, 'workSecret'::text])),
  CONSTRAINT publication_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX publication_name_key ON publication USING btree (name);

CREATE TABLE rate_bucket (
  full_at timestamp(3) with time zone[],
  idle_at timestamp(3) with time zone NOT NULL,
  key text NOT NULL,
  CONSTRAINT rate_bucket_pkey PRIMARY KEY (key)
);

CREATE TABLE reader_device (
  expires_at timestamp(3) with time zone NOT NULL,
  id uuid NOT NULL,
  lookup_hash text NOT NULL,
  person_id uuid NOT NULL,
  proven_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT reader_device_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT reader_device_pkey PRIMARY KEY (id)
);
CREATE INDEX reader_device_expires_at_idx ON reader_device USING btree (expires_at);
CREATE INDEX reader_device_person_id_idx ON reader_device USING btree (person_id);

CREATE TABLE reading_evidence (
  at timestamp(3) with time zone NOT NULL,
  by text,
  copy_id uuid NOT NULL,
  id bigint NOT NULL DEFAULT nextval('reading_evidence_id_seq'::regclass),
  kind text NOT NULL,
  note text,
  proof jsonb,
  via text NOT NULL,
  CONSTRAINT reading_evidence_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT reading_evidence_kind_check CHECK (kind = ANY (ARRAY['fetched'::text, 'opened'::text, 'acknowledged'::text, 'machine'::text, 'otherMember'::text])),
  CONSTRAINT reading_evidence_pkey PRIMARY KEY (id)
);
CREATE INDEX reading_evidence_copy_id_at_idx ON reading_evidence USING btree (copy_id, at);
CREATE TRIGGER reading_evidence_append_only BEFORE DELETE OR UPDATE ON reading_evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE recall_address (
  delivery_id uuid NOT NULL,
  kept_until timestamp(3) with time zone NOT NULL,
  mail_domain text,
  sealed text NOT NULL,
  CONSTRAINT recall_address_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT recall_address_pkey PRIMARY KEY (delivery_id)
);
CREATE INDEX recall_address_kept_until_idx ON recall_address USING btree (kept_until);

CREATE TABLE recipient_group (
  closed_on date,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  rule jsonb,
  sort_order integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT recipient_group_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX recipient_group_name_key ON recipient_group USING btree (name);

CREATE TABLE rendition (
  content jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  edition_id uuid NOT NULL,
  format text NOT NULL,
  template text NOT NULL,
  CONSTRAINT rendition_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT rendition_pkey PRIMARY KEY (edition_id, format)
);

CREATE TABLE scheduled_turn (
  name text NOT NULL,
  next_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT scheduled_turn_pkey PRIMARY KEY (name)
);

CREATE TABLE section (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue_id uuid NOT NULL,
  name text,
  "position" integer NOT NULL,
  CONSTRAINT section_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT section_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX section_issue_id_position_key ON section USING btree (issue_id, "position");

CREATE TABLE send_back (
  answered_at timestamp(3) with time zone,
  at timestamp(3) with time zone NOT NULL,
  by_name text NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue_id uuid NOT NULL,
  note text NOT NULL,
  CONSTRAINT send_back_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT send_back_pkey PRIMARY KEY (id)
);
CREATE INDEX send_back_issue_id_at_idx ON send_back USING btree (issue_id, at);

CREATE TABLE session (
  account_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamp(3) with time zone NOT NULL,
  last_seen_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  token_hash text NOT NULL,
  CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT session_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX session_account_id_idx ON session USING btree (account_id);

CREATE TABLE sms_reply (
  ended integer NOT NULL DEFAULT 0,
  keyword text NOT NULL,
  lookup_hash text NOT NULL,
  provider text NOT NULL,
  received_at timestamp(3) with time zone NOT NULL,
  sequence_id text NOT NULL,
  CONSTRAINT sms_reply_pkey PRIMARY KEY (provider, sequence_id)
);

CREATE TABLE subscription (
  affiliation text NOT NULL,
  channel text NOT NULL,
  confirmed_at timestamp(3) with time zone,
  decided_at timestamp(3) with time zone,
  decided_by text,
  end_token_hash text NOT NULL,
  ended_at timestamp(3) with time zone,
  ended_via text,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  lookup_hash text,
  masked text NOT NULL,
  name text NOT NULL,
  publication_id uuid NOT NULL,
  reason text,
  ref_hash text NOT NULL,
  requested_at timestamp(3) with time zone NOT NULL,
  sealed text,
  sections text[] DEFAULT ARRAY[]::text[],
  state text NOT NULL DEFAULT 'requested'::text,
  CONSTRAINT subscription_address_check CHECK ((sealed IS NULL) = (lookup_hash IS NULL) AND (sealed IS NOT NULL OR (state <> ALL (ARRAY['requested'::text, 'confirmed'::text, 'active'::text])))),
  CONSTRAINT subscription_channel_check CHECK (channel = ANY (ARRAY['email'::text, 'sms'::text])),
  CONSTRAINT subscription_confirmed_check CHECK (confirmed_at IS NOT NULL OR (state = ANY (ARRAY['requested'::text, 'expired'::text]))),
  CONSTRAINT subscription_ended_check CHECK ((state = 'ended'::text) = (ended_at IS NOT NULL)),
  CONSTRAINT subscription_ended_via_check CHECK (ended_via = ANY (ARRAY['page'::text, 'oneClick'::text, 'smsReply'::text, 'office'::text, 'replaced'::text])),
  CONSTRAINT subscription_pkey PRIMARY KEY (id),
  CONSTRAINT subscription_publication_id_fkey FOREIGN KEY (publication_id) REFERENCES publication(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT subscription_state_check CHECK (state = ANY (ARRAY['requested'::text, 'confirmed'::text, 'active'::text, 'rejected'::text, 'ended'::text, 'expired'::text]))
);
CREATE UNIQUE INDEX subscription_active_key ON subscription USING btree (publication_id, channel, lookup_hash) WHERE state = 'active'::text;
CREATE UNIQUE INDEX subscription_end_token_hash_key ON subscription USING btree (end_token_hash);
CREATE INDEX subscription_lookup_hash_idx ON subscription USING btree (lookup_hash);
CREATE UNIQUE INDEX subscription_ref_hash_key ON subscription USING btree (ref_hash);
CREATE INDEX subscription_state_requested_at_idx ON subscription USING btree (state, requested_at);

CREATE TABLE tenure (
  acting boolean NOT NULL DEFAULT false,
  acting_kind text,
  ends_on date,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL,
  post_id uuid NOT NULL,
  starts_on date NOT NULL,
  CONSTRAINT tenure_acting_kind_check CHECK (acting_kind IS NULL OR acting AND (acting_kind = ANY (ARRAY['acting'::text, 'presiding'::text]))),
  CONSTRAINT tenure_period_check CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT tenure_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT tenure_pkey PRIMARY KEY (id),
  CONSTRAINT tenure_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON UPDATE CASCADE ON DELETE RESTRICT
);
CREATE UNIQUE INDEX tenure_one_holder_key ON tenure USING btree (post_id) WHERE ends_on IS NULL AND NOT acting;
CREATE INDEX tenure_person_id_idx ON tenure USING btree (person_id);
CREATE INDEX tenure_post_id_starts_on_idx ON tenure USING btree (post_id, starts_on);

CREATE TABLE trial (
  active boolean NOT NULL,
  changed_at timestamp(3) with time zone NOT NULL,
  changed_by text NOT NULL,
  changed_by_id text NOT NULL,
  id integer NOT NULL,
  reason text NOT NULL,
  CONSTRAINT trial_id_check CHECK (id = 1),
  CONSTRAINT trial_pkey PRIMARY KEY (id)
);

CREATE TABLE trial_person (
  added_at timestamp(3) with time zone NOT NULL,
  added_by text NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT trial_person_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT trial_person_pkey PRIMARY KEY (person_id)
);

CREATE TABLE unit (
  closed_on date,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL DEFAULT 'other'::text,
  name text NOT NULL,
  opened_on date,
  sort_order integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT unit_kind_check CHECK (kind = ANY (ARRAY['party'::text, 'congress'::text, 'government'::text, 'consultative'::text, 'judicial'::text, 'military'::text, 'township'::text, 'mass'::text, 'vertical'::text, 'enterprise'::text, 'other'::text])),
  CONSTRAINT unit_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX unit_name_key ON unit USING btree (name);

CREATE SEQUENCE audit_entry_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY audit_entry.id;

CREATE SEQUENCE callback_odd_row_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY callback_odd_row.id;

CREATE SEQUENCE copy_count_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY copy_count.id;

CREATE SEQUENCE delivery_count_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY delivery_count.id;

CREATE SEQUENCE delivery_report_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY delivery_report.id;

CREATE SEQUENCE reading_evidence_id_seq AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY reading_evidence.id;

CREATE VIEW copy_recount AS
 SELECT c.edition_id,
    c.unit_kind,
    c.groups,
    min(c.protocol_order) AS first_order,
    count(*)::integer AS copies,
    count(d.delivered_at)::integer AS delivered,
    count(c.opened_at)::integer AS opened,
    count(*) FILTER (WHERE c.reading = 'opened'::text)::integer AS opened_only,
    count(*) FILTER (WHERE c.reading = 'acknowledged'::text)::integer AS acknowledged,
    count(*) FILTER (WHERE c.reading = 'acknowledged'::text AND c.on_behalf_by IS NOT NULL)::integer AS on_behalf,
    count(*) FILTER (WHERE c.reading = 'unread'::text AND d.gone)::integer AS unreached,
    count(c.late_at)::integer AS late
   FROM copy c
     CROSS JOIN LATERAL ( SELECT min(COALESCE(x.delivered_at, x.sent_at, x.created_at)) FILTER (WHERE x.state = 'delivered'::text) AS delivered_at,
            COALESCE(bool_and(x.state = ANY (ARRAY['failed'::text, 'cancelled'::text])), true) AS gone
           FROM delivery x
          WHERE x.copy_id = c.id AND x.purpose <> 'withdrawal'::text) d
  GROUP BY c.edition_id, c.unit_kind, c.groups;

CREATE VIEW delivery_recount AS
 SELECT edition_id,
    channel,
    purpose,
    state,
    count(*)::integer AS n
   FROM delivery
  GROUP BY edition_id, channel, purpose, state;

-- FUNCTION count_added_copies() RETURNS trigger: see functions/count_added_copies.sql

-- FUNCTION count_added_deliveries() RETURNS trigger: see functions/count_added_deliveries.sql

-- FUNCTION count_changed_copies() RETURNS trigger: see functions/count_changed_copies.sql

-- FUNCTION count_changed_deliveries() RETURNS trigger: see functions/count_changed_deliveries.sql

-- FUNCTION count_removed_copies() RETURNS trigger: see functions/count_removed_copies.sql

-- FUNCTION count_removed_deliveries() RETURNS trigger: see functions/count_removed_deliveries.sql

-- FUNCTION delivery_standing(text) RETURNS text: see functions/delivery_standing.sql

-- FUNCTION refuse_change() RETURNS trigger: see functions/refuse_change.sql

-- FUNCTION settle_copies(uuid[]) RETURNS void: see functions/settle_copies.sql

-- PRIVILEGES OF schema public: {pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}

-- ROWS OF calendar_day
-- {"day": "2025-01-01", "kind": "holiday", "name": "元旦", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-01-26", "kind": "workday", "name": "春节调休", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-01-28", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-01-29", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-01-30", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-01-31", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-02-01", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-02-02", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-02-03", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-02-04", "kind": "holiday", "name": "春节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-02-08", "kind": "workday", "name": "春节调休", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-04-04", "kind": "holiday", "name": "清明节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-04-05", "kind": "holiday", "name": "清明节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-04-06", "kind": "holiday", "name": "清明节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-04-27", "kind": "workday", "name": "劳动节调休", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-05-01", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-05-02", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-05-03", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-05-04", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-05-05", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-05-31", "kind": "holiday", "name": "端午节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-06-01", "kind": "holiday", "name": "端午节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-06-02", "kind": "holiday", "name": "端午节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-09-28", "kind": "workday", "name": "国庆节、中秋节调休", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-01", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-02", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-03", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-04", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-05", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-06", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-07", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-08", "kind": "holiday", "name": "国庆节、中秋节", "source": "国办发明电〔2024〕12号"}
-- {"day": "2025-10-11", "kind": "workday", "name": "国庆节、中秋节调休", "source": "国办发明电〔2024〕12号"}
-- {"day": "2026-01-01", "kind": "holiday", "name": "元旦", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-01-02", "kind": "holiday", "name": "元旦", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-01-03", "kind": "holiday", "name": "元旦", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-01-04", "kind": "workday", "name": "元旦调休", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-14", "kind": "workday", "name": "春节调休", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-15", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-16", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-17", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-18", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-19", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-20", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-21", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-22", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-23", "kind": "holiday", "name": "春节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-02-28", "kind": "workday", "name": "春节调休", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-04-04", "kind": "holiday", "name": "清明节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-04-05", "kind": "holiday", "name": "清明节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-04-06", "kind": "holiday", "name": "清明节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-05-01", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-05-02", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-05-03", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-05-04", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-05-05", "kind": "holiday", "name": "劳动节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-05-09", "kind": "workday", "name": "劳动节调休", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-06-19", "kind": "holiday", "name": "端午节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-06-20", "kind": "holiday", "name": "端午节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-06-21", "kind": "holiday", "name": "端午节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-09-20", "kind": "workday", "name": "国庆节调休", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-09-25", "kind": "holiday", "name": "中秋节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-09-26", "kind": "holiday", "name": "中秋节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-09-27", "kind": "holiday", "name": "中秋节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-01", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-02", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-03", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-04", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-05", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-06", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-07", "kind": "holiday", "name": "国庆节", "source": "国办发明电〔2025〕7号"}
-- {"day": "2026-10-10", "kind": "workday", "name": "国庆节调休", "source": "国办发明电〔2025〕7号"}
