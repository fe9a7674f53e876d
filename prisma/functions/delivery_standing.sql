-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.delivery_standing(state text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE WHEN state IN ('failed', 'cancelled') THEN 'gone' WHEN state = 'delivered' THEN 'delivered' ELSE 'open' END
$function$;
