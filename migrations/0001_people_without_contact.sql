-- Deleting a contact takes the people with it whom no other contact has. It shows in a contact_people row that goes when
-- its contact is gone already: so REPLACE, which fires no trigger of the row that it replaces, is seen as well. Deleting
-- a contact_people row alone leaves its person: a sync moves people that way.
CREATE TRIGGER `people_go_with_their_last_contact` AFTER DELETE ON `contact_people`
WHEN NOT EXISTS (SELECT 1 FROM `contacts` WHERE `id` = OLD.`contact_id`)
BEGIN
	DELETE FROM `people` WHERE `id` = OLD.`person_id`
	AND NOT EXISTS (SELECT 1 FROM `contact_people` WHERE `person_id` = OLD.`person_id`);
END;
