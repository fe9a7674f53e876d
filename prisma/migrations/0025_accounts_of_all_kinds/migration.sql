-- Mail servers, the mailbox of bounces and WeCom are entered at the console too, and a vendor may have several accounts: a row belongs to
-- an account, of which the first has its vendor's name. What is sealed names the account as it named the vendor, so old rows stay readable.
ALTER TABLE vendor_setting RENAME TO account_setting;
ALTER TABLE account_setting RENAME COLUMN vendor TO account;
ALTER TABLE account_setting RENAME CONSTRAINT vendor_setting_pkey TO account_setting_pkey;
