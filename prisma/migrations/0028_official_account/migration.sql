-- The WeChat official account as a fourth channel. Codes are not sent over it: its templates have no field for one.
ALTER TABLE contact
  DROP CONSTRAINT contact_kind_check,
  ADD CONSTRAINT contact_kind_check CHECK (kind IN ('email', 'sms', 'wecom', 'wechat'));
ALTER TABLE preference
  DROP CONSTRAINT preference_channel_check,
  ADD CONSTRAINT preference_channel_check CHECK (channel_order <@ ARRAY['email', 'sms', 'wecom', 'wechat']);
ALTER TABLE delivery
  DROP CONSTRAINT delivery_channel_check,
  ADD CONSTRAINT delivery_channel_check CHECK (channel IN ('email', 'sms', 'wecom', 'wechat'));
ALTER TABLE delivery_rung
  DROP CONSTRAINT delivery_rung_channel_check,
  ADD CONSTRAINT delivery_rung_channel_check CHECK (
    channel IN ('email', 'sms', 'wecom', 'wechat') AND after_channel IN ('email', 'sms', 'wecom', 'wechat')
  );
-- Some of its reports name only whom a message went to.
CREATE INDEX delivery_follower_idx ON delivery (destination) WHERE channel = 'wechat';
