CREATE TABLE `account_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`home_country` text,
	`default_currency` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	CONSTRAINT "created_at_is_a_time" CHECK("account_lists"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "account_lists"."created_at", '+0 days') and "account_lists"."created_at" >= '0'),
	CONSTRAINT "updated_at_is_a_time" CHECK("account_lists"."updated_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "account_lists"."updated_at", '+0 days') and "account_lists"."updated_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `account_list_users` (
	`account_list_id` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`account_list_id`, `user_id`),
	FOREIGN KEY (`account_list_id`) REFERENCES `account_lists`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_list_users_by_user` ON `account_list_users` (`user_id`,`account_list_id`);
--> statement-breakpoint
CREATE TABLE `designation_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`designation_number` text,
	`name` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `account_list_designation_accounts` (
	`account_list_id` text NOT NULL,
	`designation_account_id` text NOT NULL,
	PRIMARY KEY(`account_list_id`, `designation_account_id`),
	FOREIGN KEY (`account_list_id`) REFERENCES `account_lists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`designation_account_id`) REFERENCES `designation_accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_lists_of_designation_account` ON `account_list_designation_accounts` (`designation_account_id`);
--> statement-breakpoint
CREATE TABLE `donor_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_number` text,
	`name` text,
	`master_company_id` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `donor_accounts_of_companies` ON `donor_accounts` (`id`) WHERE "donor_accounts"."master_company_id" <> '';
--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_list_id` text NOT NULL,
	`name` text NOT NULL,
	`status` text,
	`greeting` text,
	`envelope_greeting` text,
	`is_organization` integer DEFAULT false NOT NULL,
	`church_name` text,
	`likely_to_give` text,
	`locale` text,
	`timezone` text,
	`notes` text,
	`send_newsletter` text,
	`pledge_amount` real,
	`pledge_currency` text,
	`pledge_frequency` real,
	`pledge_received` integer DEFAULT false NOT NULL,
	`pledge_start_date` text,
	`late_at` text,
	`no_appeals` integer DEFAULT false NOT NULL,
	`status_valid` integer DEFAULT true NOT NULL,
	`total_donations` real,
	`first_donation_date` text,
	`last_donation_date` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	FOREIGN KEY (`account_list_id`) REFERENCES `account_lists`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "is_organization_is_a_flag" CHECK("contacts"."is_organization" in (0, 1)),
	CONSTRAINT "pledge_received_is_a_flag" CHECK("contacts"."pledge_received" in (0, 1)),
	CONSTRAINT "no_appeals_is_a_flag" CHECK("contacts"."no_appeals" in (0, 1)),
	CONSTRAINT "status_valid_is_a_flag" CHECK("contacts"."status_valid" in (0, 1)),
	CONSTRAINT "pledge_start_date_is_a_date" CHECK("contacts"."pledge_start_date" is date("contacts"."pledge_start_date", '+0 days') and "contacts"."pledge_start_date" >= '0'),
	CONSTRAINT "late_at_is_a_date" CHECK("contacts"."late_at" is date("contacts"."late_at", '+0 days') and "contacts"."late_at" >= '0'),
	CONSTRAINT "first_donation_date_is_a_date" CHECK("contacts"."first_donation_date" is date("contacts"."first_donation_date", '+0 days') and "contacts"."first_donation_date" >= '0'),
	CONSTRAINT "last_donation_date_is_a_date" CHECK("contacts"."last_donation_date" is date("contacts"."last_donation_date", '+0 days') and "contacts"."last_donation_date" >= '0'),
	CONSTRAINT "created_at_is_a_time" CHECK("contacts"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "contacts"."created_at", '+0 days') and "contacts"."created_at" >= '0'),
	CONSTRAINT "updated_at_is_a_time" CHECK("contacts"."updated_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "contacts"."updated_at", '+0 days') and "contacts"."updated_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contacts_in_file_order` ON `contacts` (`account_list_id`,`name`,`id`,`status`);
--> statement-breakpoint
CREATE INDEX `contacts_in_order_of_ids` ON `contacts` (`account_list_id`,`id`,`status`,`name`,`pledge_amount`,`pledge_frequency`,`last_donation_date`);
--> statement-breakpoint
CREATE TABLE `contact_tags` (
	`contact_id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`contact_id`, `name`),
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_referrals` (
	`id` text PRIMARY KEY NOT NULL,
	`referred_by_id` text NOT NULL,
	`referred_to_id` text NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	FOREIGN KEY (`referred_by_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`referred_to_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "created_at_is_a_time" CHECK("contact_referrals"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "contact_referrals"."created_at", '+0 days') and "contact_referrals"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contact_referrals_by_referrer` ON `contact_referrals` (`referred_by_id`);
--> statement-breakpoint
CREATE INDEX `contact_referrals_of_contact` ON `contact_referrals` (`referred_to_id`,`referred_by_id`);
--> statement-breakpoint
CREATE TABLE `partner_status_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`contact_id` text NOT NULL,
	`recorded_on` text,
	`status` text,
	`pledge_amount` real,
	`pledge_currency` text,
	`pledge_frequency` real,
	`pledge_received` integer,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "recorded_on_is_a_date" CHECK("partner_status_logs"."recorded_on" is date("partner_status_logs"."recorded_on", '+0 days') and "partner_status_logs"."recorded_on" >= '0'),
	CONSTRAINT "pledge_received_is_a_flag" CHECK("partner_status_logs"."pledge_received" in (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `partner_status_logs_of_contact` ON `partner_status_logs` (`contact_id`,`recorded_on`,`pledge_amount`,`pledge_frequency`);
--> statement-breakpoint
CREATE TABLE `addresses` (
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`street` text,
	`city` text,
	`state` text,
	`country` text,
	`postal_code` text,
	`region` text,
	`metro_area` text,
	`location` text,
	`primary_mailing_address` integer DEFAULT false NOT NULL,
	`historic` integer DEFAULT false NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`valid_values` integer DEFAULT true NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	PRIMARY KEY(`contact_id`, `id`),
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "primary_mailing_address_is_a_flag" CHECK("addresses"."primary_mailing_address" in (0, 1)),
	CONSTRAINT "historic_is_a_flag" CHECK("addresses"."historic" in (0, 1)),
	CONSTRAINT "deleted_is_a_flag" CHECK("addresses"."deleted" in (0, 1)),
	CONSTRAINT "valid_values_is_a_flag" CHECK("addresses"."valid_values" in (0, 1)),
	CONSTRAINT "created_at_is_a_time" CHECK("addresses"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "addresses"."created_at", '+0 days') and "addresses"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_by_id` ON `addresses` (`id`);
--> statement-breakpoint
CREATE TABLE `contact_donor_accounts` (
	`contact_id` text NOT NULL,
	`donor_account_id` text NOT NULL,
	PRIMARY KEY(`contact_id`, `donor_account_id`),
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`donor_account_id`) REFERENCES `donor_accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contacts_of_donor_account` ON `contact_donor_accounts` (`donor_account_id`);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`first_name` text,
	`last_name` text,
	`gender` text,
	`deceased` integer DEFAULT false NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	CONSTRAINT "deceased_is_a_flag" CHECK("people"."deceased" in (0, 1)),
	CONSTRAINT "created_at_is_a_time" CHECK("people"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "people"."created_at", '+0 days') and "people"."created_at" >= '0'),
	CONSTRAINT "updated_at_is_a_time" CHECK("people"."updated_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "people"."updated_at", '+0 days') and "people"."updated_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_people` (
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`person_id` text NOT NULL,
	`is_primary` integer DEFAULT false NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	PRIMARY KEY(`contact_id`, `person_id`),
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "is_primary_is_a_flag" CHECK("contact_people"."is_primary" in (0, 1)),
	CONSTRAINT "created_at_is_a_time" CHECK("contact_people"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "contact_people"."created_at", '+0 days') and "contact_people"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_people_by_id` ON `contact_people` (`id`);
--> statement-breakpoint
CREATE INDEX `contact_people_of_person` ON `contact_people` (`person_id`);
--> statement-breakpoint
CREATE TABLE `email_addresses` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`email` text,
	`location` text,
	`is_primary` integer DEFAULT false NOT NULL,
	`historic` integer DEFAULT false NOT NULL,
	`valid_values` integer DEFAULT true NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	PRIMARY KEY(`person_id`, `id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "is_primary_is_a_flag" CHECK("email_addresses"."is_primary" in (0, 1)),
	CONSTRAINT "historic_is_a_flag" CHECK("email_addresses"."historic" in (0, 1)),
	CONSTRAINT "valid_values_is_a_flag" CHECK("email_addresses"."valid_values" in (0, 1)),
	CONSTRAINT "created_at_is_a_time" CHECK("email_addresses"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "email_addresses"."created_at", '+0 days') and "email_addresses"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `email_addresses_by_id` ON `email_addresses` (`id`);
--> statement-breakpoint
CREATE TABLE `phone_numbers` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`number` text,
	`location` text,
	`is_primary` integer DEFAULT false NOT NULL,
	`historic` integer DEFAULT false NOT NULL,
	`valid_values` integer DEFAULT true NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	PRIMARY KEY(`person_id`, `id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "is_primary_is_a_flag" CHECK("phone_numbers"."is_primary" in (0, 1)),
	CONSTRAINT "historic_is_a_flag" CHECK("phone_numbers"."historic" in (0, 1)),
	CONSTRAINT "valid_values_is_a_flag" CHECK("phone_numbers"."valid_values" in (0, 1)),
	CONSTRAINT "created_at_is_a_time" CHECK("phone_numbers"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "phone_numbers"."created_at", '+0 days') and "phone_numbers"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `phone_numbers_by_id` ON `phone_numbers` (`id`);
--> statement-breakpoint
CREATE TABLE `person_facebook_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`username` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `person_facebook_accounts_of_person` ON `person_facebook_accounts` (`person_id`,`username`);
--> statement-breakpoint
CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`account_list_id` text NOT NULL,
	`name` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	FOREIGN KEY (`account_list_id`) REFERENCES `account_lists`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "created_at_is_a_time" CHECK("appeals"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "appeals"."created_at", '+0 days') and "appeals"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `appeals_of_account_list` ON `appeals` (`account_list_id`);
--> statement-breakpoint
CREATE TABLE `appeal_contacts` (
	`appeal_id` text NOT NULL,
	`contact_id` text NOT NULL,
	PRIMARY KEY(`appeal_id`, `contact_id`),
	FOREIGN KEY (`appeal_id`) REFERENCES `appeals`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `appeals_of_contact` ON `appeal_contacts` (`contact_id`,`appeal_id`);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`account_list_id` text NOT NULL,
	`subject` text,
	`activity_type` text,
	`start_at` text,
	`completed` integer DEFAULT false NOT NULL,
	`completed_at` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	FOREIGN KEY (`account_list_id`) REFERENCES `account_lists`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "completed_is_a_flag" CHECK("tasks"."completed" in (0, 1)),
	CONSTRAINT "start_at_is_a_time" CHECK("tasks"."start_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "tasks"."start_at", '+0 days') and "tasks"."start_at" >= '0'),
	CONSTRAINT "completed_at_is_a_time" CHECK("tasks"."completed_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "tasks"."completed_at", '+0 days') and "tasks"."completed_at" >= '0'),
	CONSTRAINT "created_at_is_a_time" CHECK("tasks"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "tasks"."created_at", '+0 days') and "tasks"."created_at" >= '0'),
	CONSTRAINT "updated_at_is_a_time" CHECK("tasks"."updated_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "tasks"."updated_at", '+0 days') and "tasks"."updated_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tasks_of_account_list` ON `tasks` (`account_list_id`);
--> statement-breakpoint
CREATE INDEX `tasks_in_filters` ON `tasks` (`id`,`completed`,`activity_type`,`start_at`,`account_list_id`);
--> statement-breakpoint
CREATE TABLE `task_contacts` (
	`task_id` text NOT NULL,
	`contact_id` text NOT NULL,
	PRIMARY KEY(`task_id`, `contact_id`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tasks_of_contact` ON `task_contacts` (`contact_id`,`task_id`);
--> statement-breakpoint
CREATE TABLE `donations` (
	`id` text PRIMARY KEY NOT NULL,
	`donor_account_id` text NOT NULL,
	`designation_account_id` text,
	`appeal_id` text,
	`amount` real,
	`currency` text,
	`donation_date` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	FOREIGN KEY (`donor_account_id`) REFERENCES `donor_accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`designation_account_id`) REFERENCES `designation_accounts`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`appeal_id`) REFERENCES `appeals`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "donation_date_is_a_date" CHECK("donations"."donation_date" is date("donations"."donation_date", '+0 days') and "donations"."donation_date" >= '0'),
	CONSTRAINT "created_at_is_a_time" CHECK("donations"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "donations"."created_at", '+0 days') and "donations"."created_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `donations_of_donor_account` ON `donations` (`donor_account_id`,`donation_date`,`designation_account_id`,`amount`);
--> statement-breakpoint
CREATE INDEX `donations_of_designation_account` ON `donations` (`designation_account_id`);
--> statement-breakpoint
CREATE INDEX `donations_of_appeal` ON `donations` (`appeal_id`);
--> statement-breakpoint
CREATE TABLE `donation_amount_recommendations` (
	`id` text PRIMARY KEY NOT NULL,
	`donor_account_id` text NOT NULL,
	`designation_account_id` text,
	`suggested_pledge_amount` real,
	`suggested_special_amount` real,
	`started_at` text,
	`ask_at` text,
	FOREIGN KEY (`donor_account_id`) REFERENCES `donor_accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`designation_account_id`) REFERENCES `designation_accounts`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "started_at_is_a_time" CHECK("donation_amount_recommendations"."started_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "donation_amount_recommendations"."started_at", '+0 days') and "donation_amount_recommendations"."started_at" >= '0'),
	CONSTRAINT "ask_at_is_a_time" CHECK("donation_amount_recommendations"."ask_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "donation_amount_recommendations"."ask_at", '+0 days') and "donation_amount_recommendations"."ask_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `recommendations_of_donor_account` ON `donation_amount_recommendations` (`donor_account_id`,`designation_account_id`,`suggested_pledge_amount`);
--> statement-breakpoint
CREATE INDEX `recommendations_of_designation_account` ON `donation_amount_recommendations` (`designation_account_id`);
--> statement-breakpoint
-- This table has rowids because `params` can be a mebibyte. A lookup in a table without rowids compares keys by loading
-- whole rows, so that the logs of one user would be read to find a log of another.
CREATE TABLE `export_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text,
	`user_id` text NOT NULL,
	`export_at` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_in_db_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`params` text,
	CONSTRAINT "export_at_is_a_time" CHECK("export_logs"."export_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_logs"."export_at", '+0 days') and "export_logs"."export_at" >= '0'),
	CONSTRAINT "created_at_is_a_time" CHECK("export_logs"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_logs"."created_at", '+0 days') and "export_logs"."created_at" >= '0'),
	CONSTRAINT "updated_at_is_a_time" CHECK("export_logs"."updated_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_logs"."updated_at", '+0 days') and "export_logs"."updated_at" >= '0'),
	CONSTRAINT "updated_in_db_at_is_a_time" CHECK("export_logs"."updated_in_db_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_logs"."updated_in_db_at", '+0 days') and "export_logs"."updated_in_db_at" >= '0')
) STRICT;
--> statement-breakpoint
CREATE INDEX `export_logs_of_user` ON `export_logs` (`user_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `export_logs_by_age` ON `export_logs` (coalesce("export_at", "created_at"));
--> statement-breakpoint
CREATE TABLE `export_log_usage` (
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`logs` integer NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`user_id`, `type`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- One row at most, used by the triggers on export_logs alone.
CREATE TABLE `replaced_export_log` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `deleted_export_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`deleted_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	CONSTRAINT "deleted_at_is_a_time" CHECK("deleted_export_logs"."deleted_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "deleted_export_logs"."deleted_at", '+0 days') and "deleted_export_logs"."deleted_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `deleted_export_logs_by_time` ON `deleted_export_logs` (`deleted_at`);
--> statement-breakpoint
CREATE TABLE `export_files` (
	`export_log_id` text NOT NULL,
	`variant` text NOT NULL,
	`claim` text,
	`claimed_at` text,
	`discarded` integer DEFAULT false NOT NULL,
	`version` text,
	`rows` integer,
	`bytes` integer,
	`sha256` text,
	`produced_at` text,
	`account_list_ids` text,
	`labels` integer,
	`left_out` integer,
	`shrunk` integer,
	`cut` integer,
	PRIMARY KEY(`export_log_id`, `variant`),
	CONSTRAINT "claimed_at_is_a_time" CHECK("export_files"."claimed_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_files"."claimed_at", '+0 days') and "export_files"."claimed_at" >= '0'),
	CONSTRAINT "produced_at_is_a_time" CHECK("export_files"."produced_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_files"."produced_at", '+0 days') and "export_files"."produced_at" >= '0'),
	CONSTRAINT "discarded_is_a_flag" CHECK("export_files"."discarded" in (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `export_files_by_age` ON `export_files` (`produced_at`) WHERE "export_files"."discarded" = 0;
--> statement-breakpoint
CREATE INDEX `export_files_discarded` ON `export_files` (`discarded`) WHERE "export_files"."discarded" = 1;
--> statement-breakpoint
CREATE INDEX `export_files_claimed` ON `export_files` (`claim`) WHERE "export_files"."claim" is not null;
--> statement-breakpoint
CREATE TABLE `export_productions` (
	`user_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`renewed_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	PRIMARY KEY(`user_id`, `id`),
	CONSTRAINT "renewed_at_is_a_time" CHECK("export_productions"."renewed_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_productions"."renewed_at", '+0 days') and "export_productions"."renewed_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `export_uploads` (
	`upload_id` text PRIMARY KEY NOT NULL,
	`export_log_id` text NOT NULL,
	`variant` text NOT NULL,
	`noted_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	CONSTRAINT "noted_at_is_a_time" CHECK("export_uploads"."noted_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "export_uploads"."noted_at", '+0 days') and "export_uploads"."noted_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sweep_progress` (
	`id` integer PRIMARY KEY NOT NULL,
	`after_key` text NOT NULL,
	`completed_on` text
) STRICT;
--> statement-breakpoint
-- Deleting a contact takes the people with it whom no other contact has. It shows in a contact_people row that goes when
-- its contact is gone already: so REPLACE, which fires no trigger of the row that it replaces, is seen as well. Deleting
-- a contact_people row alone leaves its person: a sync moves people that way.
CREATE TRIGGER `people_go_with_their_last_contact` AFTER DELETE ON `contact_people`
WHEN NOT EXISTS (SELECT 1 FROM `contacts` WHERE `id` = OLD.`contact_id`)
BEGIN
	-- The contact's triggers put its account list in the place of its id.
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT 'people', OLD.`person_id`, OLD.`contact_id` WHERE EXISTS (SELECT 1 FROM `people` WHERE `id` = OLD.`person_id`)
	AND NOT EXISTS (SELECT 1 FROM `contact_people` WHERE `person_id` = OLD.`person_id`)
	AND NOT EXISTS (SELECT 1 FROM `deleted_records` WHERE `type` = 'people' AND `id` = OLD.`person_id`);
	DELETE FROM `people` WHERE `id` = OLD.`person_id`
	AND NOT EXISTS (SELECT 1 FROM `contact_people` WHERE `person_id` = OLD.`person_id`);
END;
--> statement-breakpoint
-- A log that is gone, whoever deleted it, takes its files: they are given out no more, and are removed from R2 in time.
CREATE TRIGGER `export_logs_discard_their_files` AFTER DELETE ON `export_logs`
BEGIN
	UPDATE `export_files` SET `discarded` = 1 WHERE `export_log_id` = OLD.`id`;
END;
--> statement-breakpoint
-- REPLACE fires no trigger of the row that it deletes: so the log in its place begins without files.
CREATE TRIGGER `export_logs_begin_without_files` AFTER INSERT ON `export_logs`
BEGIN
	UPDATE `export_files` SET `discarded` = 1 WHERE `export_log_id` = NEW.`id`;
END;
--> statement-breakpoint
-- What a user's logs take is counted here, whoever writes them. The statement of another program may be an INSERT OR
-- REPLACE, whose policy then holds in these triggers, too: so none of their statements relies on a conflict.
-- REPLACE fires no trigger of the row that it deletes: this notes the row that may be about to go.
CREATE TRIGGER `export_logs_note_what_is_replaced` BEFORE INSERT ON `export_logs`
BEGIN
	DELETE FROM `replaced_export_log`;
	INSERT INTO `replaced_export_log` (`id`, `user_id`, `type`, `bytes`)
	SELECT `id`, `user_id`, coalesce(`type`, ''), coalesce(length(CAST(`params` AS BLOB)), 0)
	FROM `export_logs` WHERE `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `export_logs_count_inserts` AFTER INSERT ON `export_logs`
BEGIN
	UPDATE `export_log_usage` SET `logs` = `logs` - 1, `bytes` = `bytes` - (SELECT `bytes` FROM `replaced_export_log`)
	WHERE (`user_id`, `type`) = (SELECT `user_id`, `type` FROM `replaced_export_log` WHERE `id` = NEW.`id`);
	DELETE FROM `export_log_usage` WHERE `logs` <= 0
	AND (`user_id`, `type`) = (SELECT `user_id`, `type` FROM `replaced_export_log` WHERE `id` = NEW.`id`);
	DELETE FROM `replaced_export_log`;
	INSERT INTO `export_log_usage` (`user_id`, `type`, `logs`, `bytes`)
	SELECT NEW.`user_id`, coalesce(NEW.`type`, ''), 0, 0 WHERE NOT EXISTS (
		SELECT 1 FROM `export_log_usage` WHERE `user_id` = NEW.`user_id` AND `type` = coalesce(NEW.`type`, ''));
	UPDATE `export_log_usage`
	SET `logs` = `logs` + 1, `bytes` = `bytes` + coalesce(length(CAST(NEW.`params` AS BLOB)), 0)
	WHERE `user_id` = NEW.`user_id` AND `type` = coalesce(NEW.`type`, '');
END;
--> statement-breakpoint
CREATE TRIGGER `export_logs_count_updates` AFTER UPDATE OF `user_id`, `type`, `params` ON `export_logs`
BEGIN
	UPDATE `export_log_usage`
	SET `logs` = `logs` - 1, `bytes` = `bytes` - coalesce(length(CAST(OLD.`params` AS BLOB)), 0)
	WHERE `user_id` = OLD.`user_id` AND `type` = coalesce(OLD.`type`, '');
	DELETE FROM `export_log_usage`
	WHERE `user_id` = OLD.`user_id` AND `type` = coalesce(OLD.`type`, '') AND `logs` <= 0;
	INSERT INTO `export_log_usage` (`user_id`, `type`, `logs`, `bytes`)
	SELECT NEW.`user_id`, coalesce(NEW.`type`, ''), 0, 0 WHERE NOT EXISTS (
		SELECT 1 FROM `export_log_usage` WHERE `user_id` = NEW.`user_id` AND `type` = coalesce(NEW.`type`, ''));
	UPDATE `export_log_usage`
	SET `logs` = `logs` + 1, `bytes` = `bytes` + coalesce(length(CAST(NEW.`params` AS BLOB)), 0)
	WHERE `user_id` = NEW.`user_id` AND `type` = coalesce(NEW.`type`, '');
END;
--> statement-breakpoint
CREATE TRIGGER `export_logs_count_deletes` AFTER DELETE ON `export_logs`
BEGIN
	DELETE FROM `replaced_export_log` WHERE `id` = OLD.`id`;
	UPDATE `export_log_usage`
	SET `logs` = `logs` - 1, `bytes` = `bytes` - coalesce(length(CAST(OLD.`params` AS BLOB)), 0)
	WHERE `user_id` = OLD.`user_id` AND `type` = coalesce(OLD.`type`, '');
	DELETE FROM `export_log_usage`
	WHERE `user_id` = OLD.`user_id` AND `type` = coalesce(OLD.`type`, '') AND `logs` <= 0;
END;
--> statement-breakpoint
CREATE TABLE `sync_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`position` text NOT NULL,
	`account_list_ids` text,
	`state` text NOT NULL,
	`dry_run` integer DEFAULT false NOT NULL,
	`started_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`renewed_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`ended_at` text,
	`lines` integer DEFAULT 0 NOT NULL,
	`lines_done` integer DEFAULT 0 NOT NULL,
	`created` integer DEFAULT 0 NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	`unchanged` integer DEFAULT 0 NOT NULL,
	`outdated` integer DEFAULT 0 NOT NULL,
	`removed` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "dry_run_is_a_flag" CHECK("sync_runs"."dry_run" in (0, 1)),
	CONSTRAINT "started_at_is_a_time" CHECK("sync_runs"."started_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "sync_runs"."started_at", '+0 days') and "sync_runs"."started_at" >= '0'),
	CONSTRAINT "renewed_at_is_a_time" CHECK("sync_runs"."renewed_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "sync_runs"."renewed_at", '+0 days') and "sync_runs"."renewed_at" >= '0'),
	CONSTRAINT "ended_at_is_a_time" CHECK("sync_runs"."ended_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "sync_runs"."ended_at", '+0 days') and "sync_runs"."ended_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_runs_of_user` ON `sync_runs` (`user_id`,`position`);
--> statement-breakpoint
CREATE INDEX `sync_runs_by_age` ON `sync_runs` (`started_at`);
--> statement-breakpoint
CREATE TABLE `sync_leases` (
	`account_list_id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_leases_of_run` ON `sync_leases` (`run_id`);
--> statement-breakpoint
CREATE TABLE `deleted_records` (
	`type` text NOT NULL,
	`id` text NOT NULL,
	`account_list_id` text NOT NULL,
	`deleted_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	PRIMARY KEY(`type`, `id`, `account_list_id`),
	CONSTRAINT "deleted_at_is_a_time" CHECK("deleted_records"."deleted_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "deleted_records"."deleted_at", '+0 days') and "deleted_records"."deleted_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `deleted_records_of_account_list` ON `deleted_records` (`account_list_id`,`type`,`deleted_at`,`id`);
--> statement-breakpoint
CREATE INDEX `deleted_records_by_time` ON `deleted_records` (`type`,`deleted_at`,`id`);
--> statement-breakpoint
-- Every deletion leaves a tombstone, whoever deletes and whatever cascades. A row that comes again ends its tombstones.
-- REPLACE fires no trigger of the row that it deletes: that row is there again. What it owned is seen as it goes.
-- No statement relies on a conflict, because the policy of a statement of another program holds in its triggers, too.
-- A person that goes with a contact waits under the contact's id until the contact's trigger knows the account list
-- (people_go_with_their_last_contact).
CREATE TRIGGER `contacts_leave_a_tombstone` AFTER DELETE ON `contacts`
BEGIN
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT 'contacts', OLD.`id`, OLD.`account_list_id` WHERE NOT EXISTS (SELECT 1 FROM `deleted_records`
		WHERE `type` = 'contacts' AND `id` = OLD.`id` AND `account_list_id` = OLD.`account_list_id`);
	UPDATE `deleted_records` SET `account_list_id` = OLD.`account_list_id`
	WHERE `account_list_id` = OLD.`id` AND `type` = 'people';
END;
--> statement-breakpoint
CREATE TRIGGER `contacts_end_their_tombstone` AFTER INSERT ON `contacts`
BEGIN
	DELETE FROM `deleted_records` WHERE `type` = 'contacts' AND `id` = NEW.`id`;
	UPDATE `deleted_records` SET `account_list_id` = NEW.`account_list_id`
	WHERE `account_list_id` = NEW.`id` AND `type` = 'people';
END;
--> statement-breakpoint
-- A person is of the account lists of its contacts. One that goes with a contact has none any more, and its tombstone
-- is there already.
CREATE TRIGGER `people_leave_tombstones` BEFORE DELETE ON `people`
BEGIN
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT DISTINCT 'people', OLD.`id`, `contacts`.`account_list_id` FROM `contact_people`
	JOIN `contacts` ON `contacts`.`id` = `contact_people`.`contact_id`
	WHERE `contact_people`.`person_id` = OLD.`id` AND NOT EXISTS (SELECT 1 FROM `deleted_records`
		WHERE `type` = 'people' AND `id` = OLD.`id` AND `account_list_id` = `contacts`.`account_list_id`);
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT 'people', OLD.`id`, '' WHERE NOT EXISTS (
		SELECT 1 FROM `deleted_records` WHERE `type` = 'people' AND `id` = OLD.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `people_end_their_tombstones` AFTER INSERT ON `people`
BEGIN
	DELETE FROM `deleted_records` WHERE `type` = 'people' AND `id` = NEW.`id`;
END;
--> statement-breakpoint
-- A donation is of the account lists whose contacts have its donor account.
CREATE TRIGGER `donations_leave_tombstones` BEFORE DELETE ON `donations`
BEGIN
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT DISTINCT 'donations', OLD.`id`, `contacts`.`account_list_id` FROM `contact_donor_accounts`
	JOIN `contacts` ON `contacts`.`id` = `contact_donor_accounts`.`contact_id`
	WHERE `contact_donor_accounts`.`donor_account_id` = OLD.`donor_account_id` AND NOT EXISTS (
		SELECT 1 FROM `deleted_records` WHERE `type` = 'donations' AND `id` = OLD.`id`
		AND `account_list_id` = `contacts`.`account_list_id`);
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT 'donations', OLD.`id`, '' WHERE NOT EXISTS (
		SELECT 1 FROM `deleted_records` WHERE `type` = 'donations' AND `id` = OLD.`id`);
END;
--> statement-breakpoint
-- Which of its rows go first with a donor account is not defined: without this, its contacts may be gone before its
-- donations.
CREATE TRIGGER `donor_accounts_leave_tombstones_of_donations` BEFORE DELETE ON `donor_accounts`
BEGIN
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT DISTINCT 'donations', `donations`.`id`, `contacts`.`account_list_id` FROM `donations`
	JOIN `contact_donor_accounts` ON `contact_donor_accounts`.`donor_account_id` = `donations`.`donor_account_id`
	JOIN `contacts` ON `contacts`.`id` = `contact_donor_accounts`.`contact_id`
	WHERE `donations`.`donor_account_id` = OLD.`id` AND NOT EXISTS (
		SELECT 1 FROM `deleted_records` WHERE `type` = 'donations' AND `id` = `donations`.`id`
		AND `account_list_id` = `contacts`.`account_list_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `donations_end_their_tombstones` AFTER INSERT ON `donations`
BEGIN
	DELETE FROM `deleted_records` WHERE `type` = 'donations' AND `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_leave_a_tombstone` AFTER DELETE ON `tasks`
BEGIN
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT 'tasks', OLD.`id`, OLD.`account_list_id` WHERE NOT EXISTS (SELECT 1 FROM `deleted_records`
		WHERE `type` = 'tasks' AND `id` = OLD.`id` AND `account_list_id` = OLD.`account_list_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_end_their_tombstone` AFTER INSERT ON `tasks`
BEGIN
	DELETE FROM `deleted_records` WHERE `type` = 'tasks' AND `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `appeals_leave_a_tombstone` AFTER DELETE ON `appeals`
BEGIN
	INSERT INTO `deleted_records` (`type`, `id`, `account_list_id`)
	SELECT 'appeals', OLD.`id`, OLD.`account_list_id` WHERE NOT EXISTS (SELECT 1 FROM `deleted_records`
		WHERE `type` = 'appeals' AND `id` = OLD.`id` AND `account_list_id` = OLD.`account_list_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `appeals_end_their_tombstone` AFTER INSERT ON `appeals`
BEGIN
	DELETE FROM `deleted_records` WHERE `type` = 'appeals' AND `id` = NEW.`id`;
END;
--> statement-breakpoint
-- A table without rows: a statement that inserts one fails the transaction of a batch from within.
CREATE TABLE `sync_guard` (
	`foreign_rows` integer PRIMARY KEY NOT NULL,
	CONSTRAINT "sync_writes_no_foreign_rows" CHECK("sync_guard"."foreign_rows" = 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_cards` (
	`account_list_id` text NOT NULL,
	`name` text NOT NULL,
	`contact_id` text NOT NULL,
	`version` integer NOT NULL,
	`row` text NOT NULL,
	PRIMARY KEY(`account_list_id`, `name`, `contact_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- A card goes when something that it contains is written. The following triggers are written by
-- npm run migrations:triggers from the list in scripts/migrations/card-triggers.ts.
CREATE TRIGGER `card_before_insert_of_contacts` BEFORE INSERT ON `contacts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`id`
		AND (`account_list_id`, `name`) <> (NEW.`account_list_id`, NEW.`name`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_contacts` AFTER INSERT ON `contacts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (NEW.`account_list_id`, NEW.`name`, NEW.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_update_of_contacts` BEFORE UPDATE OF `id` ON `contacts`
WHEN (OLD.`id` IS NOT NEW.`id`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`id`
		AND (`account_list_id`, `name`) <> (NEW.`account_list_id`, NEW.`name`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_contacts` AFTER UPDATE OF `id`, `account_list_id`, `name`, `status`, `greeting`, `envelope_greeting`, `is_organization`, `send_newsletter`, `pledge_amount`, `pledge_currency`, `pledge_frequency`, `pledge_received` ON `contacts`
WHEN (OLD.`id` IS NOT NEW.`id` OR OLD.`account_list_id` IS NOT NEW.`account_list_id` OR OLD.`name` IS NOT NEW.`name` OR OLD.`status` IS NOT NEW.`status` OR OLD.`greeting` IS NOT NEW.`greeting` OR OLD.`envelope_greeting` IS NOT NEW.`envelope_greeting` OR OLD.`is_organization` IS NOT NEW.`is_organization` OR OLD.`send_newsletter` IS NOT NEW.`send_newsletter` OR OLD.`pledge_amount` IS NOT NEW.`pledge_amount` OR OLD.`pledge_currency` IS NOT NEW.`pledge_currency` OR OLD.`pledge_frequency` IS NOT NEW.`pledge_frequency` OR OLD.`pledge_received` IS NOT NEW.`pledge_received`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (OLD.`account_list_id`, OLD.`name`, OLD.`id`);
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (NEW.`account_list_id`, NEW.`name`, NEW.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_contacts` AFTER DELETE ON `contacts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (OLD.`account_list_id`, OLD.`name`, OLD.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_contact_tags` AFTER INSERT ON `contact_tags`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_contact_tags` AFTER UPDATE OF `contact_id`, `name` ON `contact_tags`
WHEN (OLD.`contact_id` IS NOT NEW.`contact_id` OR OLD.`name` IS NOT NEW.`name`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_contact_tags` AFTER DELETE ON `contact_tags`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_insert_of_addresses` BEFORE INSERT ON `addresses`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = (SELECT `contact_id` FROM `addresses`
			WHERE `id` = NEW.`id` AND `contact_id` <> NEW.`contact_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_update_of_addresses` BEFORE UPDATE OF `id` ON `addresses`
WHEN (OLD.`id` IS NOT NEW.`id`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = (SELECT `contact_id` FROM `addresses`
			WHERE `id` = NEW.`id` AND `contact_id` <> NEW.`contact_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_addresses` AFTER INSERT ON `addresses`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_addresses` AFTER UPDATE OF `contact_id`, `id`, `street`, `city`, `state`, `country`, `postal_code`, `primary_mailing_address`, `historic`, `deleted`, `created_at` ON `addresses`
WHEN (OLD.`contact_id` IS NOT NEW.`contact_id` OR OLD.`id` IS NOT NEW.`id` OR OLD.`street` IS NOT NEW.`street` OR OLD.`city` IS NOT NEW.`city` OR OLD.`state` IS NOT NEW.`state` OR OLD.`country` IS NOT NEW.`country` OR OLD.`postal_code` IS NOT NEW.`postal_code` OR OLD.`primary_mailing_address` IS NOT NEW.`primary_mailing_address` OR OLD.`historic` IS NOT NEW.`historic` OR OLD.`deleted` IS NOT NEW.`deleted` OR OLD.`created_at` IS NOT NEW.`created_at`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_addresses` AFTER DELETE ON `addresses`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_contact_donor_accounts` AFTER INSERT ON `contact_donor_accounts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_contact_donor_accounts` AFTER UPDATE OF `contact_id`, `donor_account_id` ON `contact_donor_accounts`
WHEN (OLD.`contact_id` IS NOT NEW.`contact_id` OR OLD.`donor_account_id` IS NOT NEW.`donor_account_id`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_contact_donor_accounts` AFTER DELETE ON `contact_donor_accounts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_donor_accounts` AFTER INSERT ON `donor_accounts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_donor_accounts` WHERE `donor_account_id` = NEW.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_donor_accounts` AFTER UPDATE OF `id`, `name` ON `donor_accounts`
WHEN (OLD.`id` IS NOT NEW.`id` OR OLD.`name` IS NOT NEW.`name`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_donor_accounts` WHERE `donor_account_id` = OLD.`id`));
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_donor_accounts` WHERE `donor_account_id` = NEW.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_donor_accounts` AFTER DELETE ON `donor_accounts`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_donor_accounts` WHERE `donor_account_id` = OLD.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_insert_of_contact_people` BEFORE INSERT ON `contact_people`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = (SELECT `contact_id` FROM `contact_people`
			WHERE `id` = NEW.`id` AND `contact_id` <> NEW.`contact_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_update_of_contact_people` BEFORE UPDATE OF `id` ON `contact_people`
WHEN (OLD.`id` IS NOT NEW.`id`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = (SELECT `contact_id` FROM `contact_people`
			WHERE `id` = NEW.`id` AND `contact_id` <> NEW.`contact_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_contact_people` AFTER INSERT ON `contact_people`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_contact_people` AFTER UPDATE OF `contact_id`, `id`, `person_id`, `is_primary`, `created_at` ON `contact_people`
WHEN (OLD.`contact_id` IS NOT NEW.`contact_id` OR OLD.`id` IS NOT NEW.`id` OR OLD.`person_id` IS NOT NEW.`person_id` OR OLD.`is_primary` IS NOT NEW.`is_primary` OR OLD.`created_at` IS NOT NEW.`created_at`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = NEW.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_contact_people` AFTER DELETE ON `contact_people`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) = (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` = OLD.`contact_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_people` AFTER INSERT ON `people`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = NEW.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_people` AFTER UPDATE OF `id`, `first_name`, `last_name`, `gender`, `deceased`, `created_at` ON `people`
WHEN (OLD.`id` IS NOT NEW.`id` OR OLD.`first_name` IS NOT NEW.`first_name` OR OLD.`last_name` IS NOT NEW.`last_name` OR OLD.`gender` IS NOT NEW.`gender` OR OLD.`deceased` IS NOT NEW.`deceased` OR OLD.`created_at` IS NOT NEW.`created_at`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = OLD.`id`));
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = NEW.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_people` AFTER DELETE ON `people`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = OLD.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_insert_of_email_addresses` BEFORE INSERT ON `email_addresses`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = (SELECT `person_id` FROM `email_addresses`
			WHERE `id` = NEW.`id` AND `person_id` <> NEW.`person_id`)));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_update_of_email_addresses` BEFORE UPDATE OF `id` ON `email_addresses`
WHEN (OLD.`id` IS NOT NEW.`id`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = (SELECT `person_id` FROM `email_addresses`
			WHERE `id` = NEW.`id` AND `person_id` <> NEW.`person_id`)));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_email_addresses` AFTER INSERT ON `email_addresses`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = NEW.`person_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_email_addresses` AFTER UPDATE OF `person_id`, `id`, `email`, `is_primary`, `historic`, `created_at` ON `email_addresses`
WHEN (OLD.`person_id` IS NOT NEW.`person_id` OR OLD.`id` IS NOT NEW.`id` OR OLD.`email` IS NOT NEW.`email` OR OLD.`is_primary` IS NOT NEW.`is_primary` OR OLD.`historic` IS NOT NEW.`historic` OR OLD.`created_at` IS NOT NEW.`created_at`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = OLD.`person_id`));
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = NEW.`person_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_email_addresses` AFTER DELETE ON `email_addresses`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = OLD.`person_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_insert_of_phone_numbers` BEFORE INSERT ON `phone_numbers`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = (SELECT `person_id` FROM `phone_numbers`
			WHERE `id` = NEW.`id` AND `person_id` <> NEW.`person_id`)));
END;
--> statement-breakpoint
CREATE TRIGGER `card_before_update_of_phone_numbers` BEFORE UPDATE OF `id` ON `phone_numbers`
WHEN (OLD.`id` IS NOT NEW.`id`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = (SELECT `person_id` FROM `phone_numbers`
			WHERE `id` = NEW.`id` AND `person_id` <> NEW.`person_id`)));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_insert_of_phone_numbers` AFTER INSERT ON `phone_numbers`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = NEW.`person_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_update_of_phone_numbers` AFTER UPDATE OF `person_id`, `id`, `number`, `is_primary`, `historic`, `created_at` ON `phone_numbers`
WHEN (OLD.`person_id` IS NOT NEW.`person_id` OR OLD.`id` IS NOT NEW.`id` OR OLD.`number` IS NOT NEW.`number` OR OLD.`is_primary` IS NOT NEW.`is_primary` OR OLD.`historic` IS NOT NEW.`historic` OR OLD.`created_at` IS NOT NEW.`created_at`)
AND EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = OLD.`person_id`));
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = NEW.`person_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `card_after_delete_of_phone_numbers` AFTER DELETE ON `phone_numbers`
WHEN EXISTS (SELECT 1 FROM `contact_cards`)
BEGIN
	DELETE FROM `contact_cards`
	WHERE (`account_list_id`, `name`, `contact_id`) IN (
		SELECT `account_list_id`, `name`, `id` FROM `contacts` WHERE `id` IN (
			SELECT `contact_id` FROM `contact_people` WHERE `person_id` = OLD.`person_id`));
END;
--> statement-breakpoint
CREATE TABLE `saved_filters` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`columns` text,
	`sort` text,
	`format` text,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	`updated_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) NOT NULL,
	CONSTRAINT "created_at_is_a_time" CHECK("saved_filters"."created_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "saved_filters"."created_at", '+0 days') and "saved_filters"."created_at" >= '0'),
	CONSTRAINT "updated_at_is_a_time" CHECK("saved_filters"."updated_at" is strftime('%Y-%m-%dT%H:%M:%SZ', "saved_filters"."updated_at", '+0 days') and "saved_filters"."updated_at" >= '0')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_filters_of_user` ON `saved_filters` (`user_id`,`name`);
