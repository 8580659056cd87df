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
