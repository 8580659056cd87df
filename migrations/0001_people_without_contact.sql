-- Deleting a contact takes the people with it whom no other contact has. Deleting a contact_people row alone leaves
-- its person: a sync moves people that way.
CREATE TRIGGER `contacts_take_their_people` BEFORE DELETE ON `contacts`
BEGIN
	DELETE FROM `people` WHERE `id` IN (
		SELECT `person_id` FROM `contact_people` AS `own` WHERE `own`.`contact_id` = OLD.`id`
		AND NOT EXISTS (
			SELECT 1 FROM `contact_people` AS `other`
			WHERE `other`.`person_id` = `own`.`person_id` AND `other`.`contact_id` <> OLD.`id`
		)
	);
END;
