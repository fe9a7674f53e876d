-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $function$;

CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reading_evidence_append_only BEFORE DELETE OR UPDATE ON reading_evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();
